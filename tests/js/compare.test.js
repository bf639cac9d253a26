// The bar between before and after, moved by keys.
import assert from "node:assert/strict";
import test from "node:test";
import { moved } from "../../pages/components/compare.js";

test("each way has two keys, and one leads back what the other led on", () => {
  for (const [on, back] of [
    ["ArrowRight", "ArrowLeft"],
    ["ArrowUp", "ArrowDown"],
  ]) {
    assert.ok(moved("50", on) > 50, on);
    assert.equal(moved(String(moved("50", on)), back), 50);
  }
});

test("fifty moves lead from one end to the other", () => {
  let at = 0;
  for (let move = 0; move < 50; move++) at = moved(String(at), "ArrowRight");
  assert.equal(at, 100);
});

test("other keys are left to the browser", () => {
  for (const key of ["Tab", "Home", "End", "a", "Escape"]) assert.equal(moved("50", key), null, key);
});
