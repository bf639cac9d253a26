import assert from "node:assert/strict";
import test from "node:test";
import { deflateSync } from "node:zlib";
import { unpacked } from "../../pages/components/unpacked.js";

test("what was packed comes back, whatever signs are in it, and is unpacked once", async () => {
  const words = [{ title: "Noir", summary: "Grey, “hard” & 70 %…" }, []];
  const text = deflateSync(JSON.stringify(words)).toString("base64");
  assert.deepEqual(await unpacked(text), words);
  assert.equal(unpacked(text), unpacked(text));
});
