// The booth: which Space takes a photo, which shot flies and from where, and who can hand it on.
import assert from "node:assert/strict";
import test from "node:test";
import { hasCome, way } from "../../pages/components/live/flight.js";
import { meaning, onSpace } from "../../pages/components/live/space.js";
import { canShare } from "../../pages/components/web_share.js";

// What has the focus, by the selectors that it or anything around it answers to.
const within = (...names) => ({
  closest: (selectors) => selectors.split(", ").some((each) => names.includes(each)) || null,
});
const SPACE = { key: " ", repeat: false };

test("Space takes a photo, and held down it takes no more", () => {
  assert.equal(meaning(SPACE, within("body")), "shoot");
  assert.equal(meaning({ ...SPACE, repeat: true }, within("body")), "hold");
});

test("whatever takes Space itself keeps it", () => {
  for (const name of ["button", "input", "textarea", "select", "summary", "video", "dialog", "[contenteditable]"])
    assert.equal(meaning(SPACE, within(name)), "", name);
  for (const role of ["slider", "switch", "radio", "combobox", "option", "tab", "dialog"])
    assert.equal(meaning(SPACE, within(`[role=${role}]`)), "", role);
});

test("other keys, and Space with others, are left to the browser", () => {
  for (const key of ["a", "Enter", "Escape"]) assert.equal(meaning({ ...SPACE, key }, within("body")), "", key);
  for (const held of ["ctrlKey", "metaKey", "altKey", "shiftKey", "isComposing"])
    assert.equal(meaning({ ...SPACE, [held]: true }, within("body")), "", held);
});

test("the real shutter is pressed, once, and nothing scrolls", () => {
  let [presses, stops] = [0, 0];
  const page = { querySelector: (wanted) => (wanted.includes("take_photo") ? { click: () => presses++ } : null) };
  const event = { ...SPACE, composedPath: () => [within("body")], preventDefault: () => stops++ };
  onSpace(event, page);
  onSpace({ ...event, repeat: true }, page);
  assert.deepEqual([presses, stops], [1, 2]);
  onSpace(event, { querySelector: () => null }); // a shutter that cannot be pressed
  assert.equal(presses, 1);
});

test("a piece flies once: not those of before, nor what is left when the newest is gone", () => {
  assert.deepEqual([3, 3, 4, 4, 3, 4, 9].map(hasCome), [false, false, true, false, false, false, true]);
});

test("a shot begins its flight over the middle of the video, within it", () => {
  const video = { left: 100, top: 50, width: 640, height: 480 };
  const tile = { left: 10, top: 600, width: 64, height: 64 };
  assert.equal(way(video, tile), "translate(378px, -342px) scale(7.5)");
  assert.equal(way(video, { left: 0, top: 0, width: 0, height: 0 }), "none"); // another piece has taken its place
});

test("only who can hand files on is offered to", () => {
  const asked = [];
  const able = { share: () => {}, canShare: ({ files: [file] }) => asked.push([file.name, file.type]) };
  assert.equal(canShare(able, "me.jpg", "image/jpeg"), true);
  assert.deepEqual(asked, [["me.jpg", "image/jpeg"]]);
  assert.equal(canShare({ ...able, canShare: () => false }, "me.mp4", "video/mp4"), false);
  assert.equal(canShare({ share: () => {} }, "me.jpg", "image/jpeg"), false);
  assert.equal(canShare({}, "me.jpg", "image/jpeg"), false);
});
