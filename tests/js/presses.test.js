// Keys and presses: what they mean, how they are counted, what is told of the hand.
import assert from "node:assert/strict";
import test from "node:test";
import { hold } from "../../pages/components/hand.js";
import { isTyping, letter, wayOf } from "../../pages/components/press_keys.js";
import { withoutFollowed, withPress } from "../../pages/components/press_list.js";

const NONE = { count: 0, last: [] };

test("presses are counted, and told in their order", () => {
  assert.deepEqual(["undo", "look hudson", "redo"].reduce(withPress, NONE), {
    count: 3,
    last: ["undo", "look hudson", "redo"],
  });
});

test("of very many the last two hundred are told, and all are counted", () => {
  const ways = Array.from({ length: 1000 }, (_, number) => `look ${number}`);
  assert.deepEqual(ways.reduce(withPress, NONE), { count: 1000, last: ways.slice(800) });
});

test("what the server has followed is told no more", () => {
  const told = { count: 5, last: ["c", "d", "e"] };
  assert.deepEqual(withoutFollowed(told, 3), { count: 5, last: ["d", "e"] });
  assert.deepEqual(withoutFollowed(told, 5), { count: 5, last: [] });
  assert.deepEqual(withoutFollowed(told, 0), told);
  assert.deepEqual(withoutFollowed(NONE, 7), NONE);
});

test("what has been told is not changed by a later press", () => {
  const told = withPress(NONE, "undo");
  withPress(told, "redo");
  assert.deepEqual(told, { count: 1, last: ["undo"] });
});

const key = (key, code, more = {}) => ({
  key,
  code,
  ctrlKey: true,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...more,
});

test("Ctrl or Cmd with Z takes back, with Shift or with Y brings back", () => {
  assert.equal(wayOf(key("z", "KeyZ")), "undo");
  assert.equal(wayOf(key("z", "KeyZ", { ctrlKey: false, metaKey: true })), "undo");
  assert.equal(wayOf(key("Z", "KeyZ", { shiftKey: true })), "redo");
  assert.equal(wayOf(key("y", "KeyY")), "redo");
});

test("without Ctrl, with Alt, or on another key they mean nothing", () => {
  assert.equal(wayOf(key("z", "KeyZ", { ctrlKey: false })), "");
  assert.equal(wayOf(key("z", "KeyZ", { altKey: true })), "");
  for (const other of ["a", "Control", "Enter", "1"]) assert.equal(wayOf(key(other, other)), "", other);
});

test("the letter on the key counts, where it is a Latin one: on a German keyboard Z and Y have changed places", () => {
  assert.equal(wayOf(key("z", "KeyY")), "undo");
  assert.equal(wayOf(key("y", "KeyZ")), "redo");
});

test("on a keyboard of another script the place of the key counts", () => {
  assert.equal(letter({ key: "я", code: "KeyZ" }), "z");
  assert.equal(wayOf(key("я", "KeyZ")), "undo");
  assert.equal(wayOf(key("ζ", "KeyZ", { shiftKey: true })), "redo");
});

test("one types in fields for text, and in a list to choose from once one searches in it", () => {
  for (const type of ["text", "search", "number", "textarea"]) assert.equal(isTyping({ type }), true, type);
  for (const type of ["range", "checkbox", "submit", undefined]) assert.equal(isTyping({ type }), false, String(type));
  assert.equal(isTyping({ isContentEditable: true }), true);
  assert.equal(isTyping({ type: "text", role: "combobox", value: "" }), false);
  assert.equal(isTyping({ type: "text", role: "combobox", value: "bl" }), true);
});

const CARD = "c3-blur-radius";
const POINTER = { type: "pointerup" };
const SOON = 1000; // ms after a press
const LATE = 25_001;

test("a slider in hand is told of whenever it moves", () => {
  const focused = { key: CARD, isHandle: true };
  for (const event of [POINTER, { type: "keydown", key: "ArrowUp" }, { type: "keydown", key: "5" }]) {
    assert.equal(hold(event, CARD, focused, LATE), "slides");
  }
});

test("what is chosen is told of where a press may just have replaced what one sees", () => {
  const focused = { key: CARD, isHandle: false };
  assert.equal(hold(POINTER, CARD, focused, SOON), "chosen");
  assert.equal(hold({ type: "keydown", key: "Enter" }, CARD, focused, SOON), "chosen");
  assert.equal(hold({ type: "keydown", key: "a" }, CARD, focused, SOON), "");
  assert.equal(hold(POINTER, CARD, focused, LATE), "");
  assert.equal(hold(POINTER, CARD, focused, Number.POSITIVE_INFINITY), "");
});

test("a new effect is told of at any time", () => {
  assert.equal(hold(POINTER, "add_effect", { key: "", isHandle: false }, LATE), "chosen");
});

test("a click on another card's widget is no move of the slider that has the focus", () => {
  assert.equal(hold(POINTER, "c4-sepia-on", { key: CARD, isHandle: true }, LATE), "");
});

test("what belongs to no card is not told of", () => {
  for (const widget of ["", "upload", "undo", "card-3", "no_add_effect", "abc3-blur"]) {
    assert.equal(hold(POINTER, widget, { key: widget, isHandle: true }, SOON), "", widget);
  }
});
