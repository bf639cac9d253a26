// What ends a component's calls: what is on the page goes on, and nothing else does.
import assert from "node:assert/strict";
import test from "node:test";
import { endedOnce } from "../../pages/components/script_ends.js";

// Components that stand on the page, and one by itself; `ended` has what was ended.
const placed = () => {
  const run = endedOnce(
    ({ data, ended }) =>
      () =>
        ended.push(data),
  );
  const ended = [];
  const [here, there] = [{ isConnected: true }, { isConnected: true }];
  return { here, there, ended, call: (parentElement, data) => run({ parentElement, data, ended }) };
};

test("what ends a call ends nothing while the component stands on the page: another call follows", () => {
  const { here, ended, call } = placed();
  const first = call(here, "first");
  first(); // the second call is on its way
  assert.deepEqual(ended, []);
  const second = call(here, "second");
  second();
  assert.deepEqual(ended, []);
});

test("where a component has gone its last call is ended, once, by whichever call is told, in each place by itself", () => {
  const { here, there, ended, call } = placed();
  const [first, second, other] = [call(here, "first"), call(here, "second"), call(there, "other")];
  here.isConnected = false;
  first();
  second();
  assert.deepEqual(ended, ["second"]);
  const late = call(here, "late"); // its script came when the component had gone
  late();
  other();
  assert.deepEqual(ended, ["second", "late"]);
  there.isConnected = false;
  other();
  assert.deepEqual(ended, ["second", "late", "other"]);
});

test("a script with nothing to end is ended", () => {
  const run = endedOnce(() => {});
  run({ parentElement: {} })();
});
