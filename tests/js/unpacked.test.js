import assert from "node:assert/strict";
import test from "node:test";
import { deflateSync } from "node:zlib";
import { unpacked } from "../../pages/components/unpacked.js";

const words = [{ title: "Noir", summary: "Grey, “hard” & 70 %…" }, []];
const file = deflateSync(JSON.stringify(words));

test("what was packed comes back, whatever signs are in it, and is fetched once", async (context) => {
  const asked = context.mock.method(globalThis, "fetch", async () => new Response(file));
  assert.deepEqual(await unpacked("/media/words"), words);
  assert.equal(unpacked("/media/words"), unpacked("/media/words"));
  assert.equal(asked.mock.callCount(), 1);
});

test("what could not be fetched is fetched anew when it is asked for again", async (context) => {
  const answers = [new Response("", { status: 404 }), new Response(file)];
  context.mock.method(globalThis, "fetch", async () => answers.shift());
  await assert.rejects(unpacked("/media/other"), /404/);
  assert.deepEqual(await unpacked("/media/other"), words);
});
