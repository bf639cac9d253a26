// What the stage draws by itself: what widgets hold, which variables that sets, and when two pictures are one.
import assert from "node:assert/strict";
import test from "node:test";
import * as dials from "../../pages/components/drawing/dial_values.js";
import { areAlike, partMeans } from "../../pages/components/drawing/proof.js";
import instant from "../../pages/components/stage/instant.js";
import { beginPicture } from "../../pages/components/stage/instant_picture.js";
import { beginWishes, sendWishes, wish } from "../../pages/components/stage/wishes.js";

const STOPPED = ["3.radius", [0.5, 1, 2, 4]];
const PLAIN = ["0.amount", []];

test("a slider holds its number, one with stops the stop that it is at", () => {
  assert.equal(dials.sliderHolds(PLAIN, { value: "0.35", max: "1" }), 0.35);
  assert.equal(dials.sliderHolds(STOPPED, { value: "2", max: "3" }), 2);
  assert.equal(dials.sliderHolds(STOPPED, { value: "2", max: "4" }), null, "its stops are others than we know");
});

test("a number that is typed counts while it may be", () => {
  assert.equal(dials.fieldHolds({ value: "1080", min: "16", max: "8000" }), 1080);
  for (const value of ["", "-", "15", "8001"]) assert.equal(dials.fieldHolds({ value, min: "16", max: "8000" }), null);
  assert.equal(dials.fieldHolds({ value: "-3", min: "", max: "" }), -3);
});

test("a colour is three variables, as the server writes it", () => {
  assert.equal(dials.colourHeld("rgb(255, 136, 0)"), "#ff8800");
  assert.equal(dials.colourHeld("rgba(255, 136, 0, 0.5)"), null);
  assert.deepEqual(dials.variablesOf(["2.color", []], "#ff8800"), {
    "2.color.0": 1,
    "2.color.1": 136 / 255,
    "2.color.2": 0,
  });
  assert.deepEqual(dials.variablesOf(PLAIN, 0.25), { "0.amount": 0.25 });
  const held = { one: 0.25, other: "#000000" };
  assert.deepEqual(dials.variablesSet({ one: PLAIN, other: ["2.color", []], third: STOPPED }, held), {
    "0.amount": 0.25,
    ...dials.variablesOf(["2.color", []], "#000000"),
  });
});

test("numbers that went through text are the same", () => {
  assert.ok(dials.isSame(0.1 + 0.2, 0.3) && dials.isSame(4096.0001, 4096) && dials.isSame("#ff8800", "#ff8800"));
  assert.ok(!dials.isSame(0.3, 0.31) && !dials.isSame("#ff8800", "#ff8801") && !dials.isSame(0.3, null));
});

const ramp = (width, height, shift = 0) => {
  const pixels = new Uint8ClampedArray(4 * width * height);
  for (let at = 0; at < width * height; at += 1)
    pixels.set([(200 * (at % width)) / width + shift, 90, 20, 255], 4 * at);
  return pixels;
};

test("two pictures are one where the means of all their parts are, within two levels", () => {
  const meant = partMeans(ramp(130, 70), 130, 70);
  assert.equal(meant.length, 3 * 64 * 64);
  assert.ok(areAlike(partMeans(ramp(130, 70, 2), 130, 70), meant));
  assert.ok(!areAlike(partMeans(ramp(130, 70, 3), 130, 70), meant));
  const spot = ramp(130, 70);
  for (let y = 0; y < 20; y += 1) spot.fill(0, 4 * 130 * y, 4 * (130 * y + 20));
  assert.ok(!areAlike(partMeans(spot, 130, 70), meant), "a corner is another");
  assert.ok(!areAlike(partMeans(ramp(5, 3), 5, 3), meant), "a picture of five pixels has fewer parts");
});

test("what is transparent lies on white, as in the server's picture", () => {
  const clear = new Uint8ClampedArray([0, 0, 0, 0, 0, 0, 0, 255]);
  assert.deepEqual([...partMeans(clear, 2, 1)], [255, 255, 255, 0, 0, 0]);
});

test("what is asked for by hand waits until the hand lets go, and is never lost", () => {
  let isWaiting = true;
  const told = [];
  const stage = { wishes: beginWishes(), waitsForHand: () => isWaiting, tell: (...news) => told.push(news) };
  for (const x of [0.1, 0.2, 0.3]) wish(stage, "c1", { x }, "1");
  assert.deepEqual(told, []);
  isWaiting = false;
  sendWishes(stage);
  clearTimeout(stage.wishTimer);
  assert.deepEqual(told[0][1].values, { x: 0.3 });
});

test("a stage that comes later hears of the program; on another page, which wants its own, nobody does", () => {
  globalThis.window = new EventTarget();
  const told = [];
  window.addEventListener("emulsion-program", ({ detail }) => told.push(detail));
  const want = () => window.dispatchEvent(new CustomEvent("emulsion-program-wanted"));
  const [first, second] = [{}, {}];
  const leaveFirst = instant({ parentElement: first, data: "one" });
  want();
  const leaveSecond = instant({ parentElement: second, data: "two" });
  leaveFirst();
  want();
  assert.deepEqual(told, ["one", "one", "two", "two"]);
  leaveSecond();
  want();
  assert.equal(told.length, 4);
  delete globalThis.window;
});

test("half of a picture is drawn while a hand moves and a whole one takes long; the whole as soon as it rests", (context) => {
  let now = 1000;
  context.mock.method(performance, "now", () => now);
  const begun = [];
  const easel = {
    begin: ({ "0.amount": amount }, { isHalf }) => begun.push([amount, isHalf]),
    drawer: { canBeHalf: () => true },
  };
  const state = {
    ready: { program: "p", source: "s", values: {} },
    dials: { one: PLAIN },
    word: "",
    moved: "",
    movedAt: 0,
  };
  const stage = { instant: { ...state, wholeTook: 50 } };
  const look = (one, ms) => {
    now += ms;
    beginPicture(stage, easel, { one });
  };
  look(0.1, 0);
  look(0.1, 50); // the same: nothing is drawn again
  look(0.2, 16);
  look(0.2, 120); // the hand rests
  look(0.3, 16);
  assert.deepEqual(begun, [
    [0.1, true],
    [0.2, true],
    [0.2, false],
    [0.3, true],
  ]);
  stage.instant.wholeTook = 12;
  look(0.4, 16);
  Object.assign(stage.instant, { wholeTook: 50 });
  easel.drawer.canBeHalf = () => false;
  look(0.5, 16);
  assert.deepEqual(begun.slice(4), [
    [0.4, false],
    [0.5, false],
  ]);
});
