// Of several files that were dropped, those that are not open are named.
import assert from "node:assert/strict";
import test from "node:test";
import { leftOut } from "../../pages/components/upload_watch.js";

const FILES = ["notes.txt", "one.jpg", "one.jpg"].map((name) => ({ name }));

test("all but the one that is open are named, in their order, also one of the same name", () => {
  assert.deepEqual(leftOut(FILES, FILES[1]), ["notes.txt", "one.jpg"]);
});

test("where none is open all are named", () =>
  assert.deepEqual(leftOut(FILES, null), ["notes.txt", "one.jpg", "one.jpg"]));
