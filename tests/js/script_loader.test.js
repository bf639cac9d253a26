// What messages hold in a script's place: it loads the script, and ends what is on the page and nothing else.
import assert from "node:assert/strict";
import { mkdir, mkdtemp, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test from "node:test";
import { pathToFileURL } from "node:url";

const LOADER = new URL("../../pages/components/script_loader.js", import.meta.url);

// The component that a loader gives for a script of this text.
const loaded = async (text) => {
  const folder = await mkdtemp(join(tmpdir(), "loader-"));
  await mkdir(join(folder, "static", "shell"), { recursive: true });
  await writeFile(join(folder, "static", "shell", "one.mjs"), text);
  const loader = await readFile(LOADER, "utf8");
  await writeFile(join(folder, "loader.mjs"), loader.replace("{name}", "one.mjs"));
  globalThis.document = { baseURI: `${pathToFileURL(folder).href}/` };
  const { default: run } = await import(pathToFileURL(join(folder, "loader.mjs")).href);
  return run;
};

const COUNTING = "export default ({ data, ended }) => () => ended.push(data);";

// Components that stand on the page, and one by itself; `ended` has what was ended.
const placed = async () => {
  const run = await loaded(COUNTING);
  const ended = [];
  const [here, there] = [{ isConnected: true }, { isConnected: true }];
  return { here, there, ended, call: (parentElement, data) => run({ parentElement, data, ended }) };
};

test("what ends a call ends nothing while the component stands on the page: another call follows", async () => {
  const { here, ended, call } = await placed();
  const first = call(here, "first");
  first(); // the second call is on its way
  assert.deepEqual(ended, []);
  const second = call(here, "second");
  second();
  assert.deepEqual(ended, []);
});

test("where a component has gone its last call is ended, once, by whichever call is told, in each place by itself", async () => {
  const { here, there, ended, call } = await placed();
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

test("a script with nothing to end is ended", async () => {
  const run = await loaded("export default () => {};");
  run({ parentElement: {} })();
});
