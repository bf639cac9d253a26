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

test("what ends a call is the last call's alone, in each place by itself", async () => {
  const run = await loaded(COUNTING);
  const ended = [];
  const [here, there] = [{}, {}];
  const first = run({ parentElement: here, data: "first", ended });
  const second = run({ parentElement: here, data: "second", ended });
  const other = run({ parentElement: there, data: "other", ended });
  first();
  assert.deepEqual(ended, []);
  second();
  other();
  assert.deepEqual(ended, ["second", "other"]);
});

test("a script with nothing to end is ended", async () => {
  const run = await loaded("export default () => {};");
  run({ parentElement: {} })();
});
