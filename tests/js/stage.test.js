// The stage: how a picture lies in its place, what hands and keys mean on it, where the bar stands.
import assert from "node:assert/strict";
import test from "node:test";
import { barAt, barLine, barMoved, takesBar } from "../../pages/components/stage/bar.js";
import { tilesOf } from "../../pages/components/stage/closeup.js";
import { markSides } from "../../pages/components/stage/face_marks.js";
import { isTwice, pinchOf } from "../../pages/components/stage/gestures.js";
import { panKey, takesLetters, zoomKey } from "../../pages/components/stage/keys.js";
import * as zoom from "../../pages/components/stage/zoom.js";

const LARGE = { width: 800, height: 600, across: 4000, down: 3000, pixel: 1 };
const WIDE = { ...LARGE, down: 1000 };
const SMALL = { ...LARGE, across: 80, down: 60 };
const FINE = { ...LARGE, pixel: 1 / 3 }; // a phone with three pixels of its own in one of CSS

const near = (got, wanted, what) =>
  wanted.forEach((value, place) => {
    assert.ok(Math.abs(got[place] - value) < 1e-9, `${what}: ${got} is not ${wanted}`);
  });
const sides = ({ left, top, width, height }) => [left, top, width, height];

test("a whole picture fits in its place and lies in its middle", () => {
  near(sides(zoom.rectangle(zoom.FIT, LARGE)), [0, 0, 800, 600]);
  near(sides(zoom.rectangle(zoom.FIT, WIDE)), [0, 200, 800, 200]);
  near(sides(zoom.rectangle(zoom.FIT, SMALL)), [0, 0, 800, 600], "a small one is enlarged");
  near(zoom.sight(zoom.FIT, WIDE), [0, 0, 1, 1]);
});

test("a face's outline lies over it wherever the picture does, and is never smaller than a finger", () => {
  const there = { left: -100, top: 50, width: 1000, height: 500 };
  near(sides(markSides([0.5, 0.2, 0.1, 0.3], there)), [400, 150, 100, 150], "a large one");
  near(sides(markSides([0.5, 0.2, 0.01, 0.01], there)), [405 - 22, 152.5 - 22, 44, 44], "a small one");
});

test("at 100 % a pixel of the file is a pixel of the screen", () => {
  for (const room of [LARGE, WIDE, SMALL, FINE]) {
    const { width } = zoom.rectangle(zoom.zoomed(zoom.FIT, room, 1), room);
    assert.equal(width, room.across * room.pixel);
  }
});

test("what is under the pointer stays under it, as far as there is picture", () => {
  const at = { x: 200, y: 450 };
  const view = zoom.zoomed(zoom.FIT, LARGE, 1, at);
  const { left, top, width, height } = zoom.rectangle(view, LARGE);
  near([(at.x - left) / width, (at.y - top) / height], [200 / 800, 450 / 600]);
  near(sides(zoom.rectangle(zoom.zoomed(zoom.FIT, LARGE, 1, { x: 0, y: 0 }), LARGE)).slice(0, 2), [0, 0]);
});

test("no pan leaves the picture's edge behind", () => {
  const view = zoom.zoomed(zoom.FIT, LARGE, 1);
  near(zoom.sight(zoom.panned(view, LARGE, 9999, 9999), LARGE), [0, 0, 0.2, 0.2]);
  near(zoom.sight(zoom.panned(view, LARGE, -9999, -9999), LARGE), [0.8, 0.8, 1, 1]);
  near(zoom.sight(zoom.panned(view, LARGE, 400, 0), LARGE), [0.3, 0.4, 0.5, 0.6]);
  const wide = zoom.panned(zoom.zoomed(zoom.FIT, WIDE, 0.5), WIDE, 0, 300);
  assert.equal(wide.y, 0.5, "there is nothing above and below to see");
});

test("wheel and pinch go from the whole picture to 200 % and back to it", () => {
  let view = zoom.FIT;
  for (let turn = 0; turn < 30; turn++) view = zoom.scaled(view, LARGE, 1.2);
  assert.equal(zoom.zoomWord(view), "200");
  for (let turn = 0; turn < 30; turn++) view = zoom.scaled(view, LARGE, 1 / 1.2);
  assert.deepEqual(view, zoom.FIT);
});

test("plus and minus go by stops, minus to the whole picture at last", () => {
  const seen = [];
  let view = zoom.FIT;
  for (const way of [1, 1, 1, 1, 1, -1, -1, -1, -1, -1]) {
    view = zoom.stepped(view, LARGE, way);
    seen.push(zoom.zoomWord(view));
  }
  assert.deepEqual(seen, ["25", "50", "100", "200", "200", "100", "50", "25", "fit", "fit"]);
  assert.deepEqual(zoom.stepped(zoom.FIT, SMALL, 1), zoom.FIT, "a small picture is larger than that");
});

test("two fingers move apart by a factor, about their middle", () => {
  const before = [
    { x: 0, y: 0 },
    { x: 10, y: 0 },
  ];
  const after = [
    { x: 0, y: 4 },
    { x: 30, y: 4 },
  ];
  assert.deepEqual(pinchOf(before, after), { at: { x: 15, y: 4 }, across: 10, down: 4, factor: 3 });
  assert.ok(isTwice({ when: 0, x: 5, y: 5 }, { when: 200, x: 9, y: 5 }));
  assert.ok(!isTwice({ when: 0, x: 5, y: 5 }, { when: 200, x: 90, y: 5 }));
  assert.ok(!isTwice({ when: 0, x: 5, y: 5 }, { when: 900, x: 5, y: 5 }));
});

test("fifty presses of a key lead the bar from one end to the other, and its opposite leads back", () => {
  for (const [on, back] of [
    ["ArrowRight", "ArrowLeft"],
    ["ArrowUp", "ArrowDown"],
  ]) {
    let at = "0";
    for (let press = 0; press < 50; press++) at = String(barMoved(at, on));
    assert.equal(at, "100");
    assert.equal(barMoved(at, back), 98);
  }
  for (const key of ["Tab", "Home", "End", "a", "Escape"]) assert.equal(barMoved("50", key), null, key);
});

test("the bar is where the hand is, and within what is seen of the picture", () => {
  const [whole, close] = [
    { left: 100, width: 600 },
    { left: -500, width: 1600 },
  ];
  for (const there of [whole, close])
    for (const x of [100, 333, 700]) near([barLine(barAt(x, there, LARGE), there, LARGE)], [x]);
  assert.equal(barAt(5, whole, LARGE), 0);
  assert.equal(barLine(100, close, LARGE), 800);
  assert.ok(takesBar(10, 400, true));
  assert.ok(takesBar(390, 400, false));
  assert.ok(!takesBar(10, 400, false));
});

test("keys mean something on the picture, unless they are typed or are the browser's", () => {
  const plain = { code: "", ctrlKey: false, metaKey: false, altKey: false };
  for (const [key, act] of Object.entries({
    b: "before",
    B: "before",
    "+": "in",
    "-": "out",
    0: "fit",
    1: "100",
    2: "200",
  })) {
    assert.equal(zoomKey({ ...plain, key }), act, key);
    for (const held of ["ctrlKey", "metaKey", "altKey"]) assert.equal(zoomKey({ ...plain, key, [held]: true }), "");
  }
  assert.equal(zoomKey({ ...plain, key: "и", code: "KeyB" }), "before", "wherever B stands on the keyboard");
  assert.equal(zoomKey({ ...plain, key: "n", code: "KeyB" }), "", "on another Latin keyboard it is another letter");
  assert.deepEqual(panKey({ ...plain, key: "ArrowLeft" }).map(Math.sign), [1, 0]);
  assert.equal(panKey({ ...plain, key: "ArrowLeft", altKey: true }), null, "that is the browser's way back");
  const field = (isField, isNoLetter) => ({
    matches: (rule) => (rule.startsWith("[type=range]") ? isNoLetter : isField),
  });
  assert.ok(takesLetters(field(true, false)));
  assert.ok(!takesLetters(field(true, true)), "a slider");
  assert.ok(!takesLetters(field(false, false)));
  assert.ok(!takesLetters({}), "the window");
});

test("tiles are asked for that show what is in sight and a little more, and none beyond the picture", () => {
  const grid = [1024 / 4000, 1024 / 3000];
  assert.deepEqual(tilesOf([0, 0, 1, 1], grid), [0, 0, 4, 3]);
  assert.deepEqual(tilesOf([0.3, 0.4, 0.45, 0.6], grid), [1, 1, 2, 2]);
  assert.deepEqual(
    tilesOf([0.27, 0.4, 0.5, 0.6], grid),
    [0, 1, 3, 2],
    "what is next to an edge is there before one pans",
  );
  assert.deepEqual(tilesOf([0.9, 0.9, 1, 1], [1024 / 600, 1024 / 400]), [0, 0, 1, 1], "a small picture is one tile");
});
