// A picture that does not come is asked for again: a few times, at growing intervals.
import assert from "node:assert/strict";
import test from "node:test";
import { nextTry } from "../../pages/components/picture_retry.js";

const tries = (address, last = undefined) => {
  const found = [];
  for (let next = nextTry(last, address); next; next = nextTry(next, address)) found.push(next);
  return found;
};

test("each wait is twice the one before, and within some seconds it ends", () => {
  const waits = tries("/a.jpg").map(({ wait }) => wait);
  assert.deepEqual(waits, [150, 300, 600, 1200]);
  assert.equal(nextTry(tries("/a.jpg").at(-1), "/a.jpg"), null);
});

test("another address begins anew, also after one that never came", () => {
  assert.deepEqual(tries("/b.jpg", tries("/a.jpg").at(-1)), tries("/b.jpg"));
});
