// Pixels of the file: when they are asked for, and what is not called off.
import assert from "node:assert/strict";
import test from "node:test";

const heard = new EventTarget();
globalThis.window = heard;
const { default: closeup } = await import("../../pages/components/stage/closeup.js");

const GRID = [0.125, 0.125];
const parentElement = {};

// What is told to the server from now on, and the server's answer: `see` is a new sight, `answer` what comes back.
const opened = () => {
  const told = [];
  const setStateValue = (_, wish) => told.push(wish);
  const see = (detail) => heard.dispatchEvent(Object.assign(new Event("emulsion-sight"), { detail }));
  const answer = (waited_for = null) =>
    closeup({ parentElement, data: { of: 1, grid: GRID, tiles: [], waited_for }, setStateValue });
  see(null);
  answer();
  told.length = 0;
  return { told, see, answer };
};

test("the first pixels are asked for at once, those beside them when the hand rests", (context) => {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  const { told, see, answer } = opened();
  see([0.3, 0.3, 0.4, 0.4]);
  assert.deepEqual(told, [[2, 2, 4, 4, 0]]);
  answer();
  for (const left of [0.5, 0.6, 0.7]) see([left, 0.3, left + 0.1, 0.4]);
  assert.equal(told.length, 1);
  context.mock.timers.tick(1000);
  assert.deepEqual(told.slice(1), [[5, 2, 7, 4, 0]], "where the hand stayed, and nowhere on its way");
});

test("what is on its way is not called off for a part of it, which is asked for once it is there", (context) => {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  const { told, see, answer } = opened();
  see([0.3, 0.3, 0.6, 0.6]);
  see([0.3, 0.3, 0.4, 0.4]);
  context.mock.timers.tick(1000);
  assert.equal(told.length, 1, "a wheel that turns on sees less of the same");
  see([0.3, 0.3, 1, 0.4]);
  context.mock.timers.tick(1000);
  assert.equal(told.length, 2, "there is more to be seen");
  answer();
  see([0.3, 0.3, 0.4, 0.4]);
  context.mock.timers.tick(1000);
  assert.deepEqual(told.at(-1), [2, 2, 4, 4, 0], "what is not in sight any more need not follow a slider");
});

test("what something else kept from being made is asked for once more", (context) => {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  const { told, see, answer } = opened();
  see([0.3, 0.3, 0.4, 0.4]);
  answer(told[0]);
  context.mock.timers.tick(1000);
  assert.deepEqual(told[1], [2, 2, 4, 4, 1]);
});
