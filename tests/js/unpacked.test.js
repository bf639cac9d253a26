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

test("what cannot be fetched is tried again, and anew when it is asked for again", async (context) => {
  const answers = [404, 404, 404, 503].map((status) => new Response("", { status }));
  context.mock.method(globalThis, "fetch", async () => answers.shift() ?? new Response(file));
  await assert.rejects(unpacked("/media/other", [1, 1]), /404/);
  assert.equal(answers.length, 1);
  assert.deepEqual(await unpacked("/media/other", [1]), words);
});
