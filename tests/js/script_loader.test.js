// What messages hold in a script's place: it loads the script, however often it has to ask for it.
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

test("what is loaded is the component", async () => {
  const run = await loaded("export default (given) => given + 1;");
  assert.equal(run(2), 3);
});

test("what cannot be fetched at first is asked for again by another address", async () => {
  const script = "if (!import.meta.url.endsWith('?2')) throw new Error('no network'); export default () => 'there';";
  const run = await loaded(script);
  assert.equal(run(), "there");
});
