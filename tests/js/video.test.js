// Where a video goes, and which are only told of.
import assert from "node:assert/strict";
import { test } from "node:test";
import { placeOf } from "../../pages/components/video/video_sending.js";

test("a video goes to its reel with name and size, and one too large or empty is only told of", () => {
  const data = { address: "reel/x", most: 100 };
  assert.deepEqual(placeOf({ name: "a&b=ü.mp4", size: 100 }, data), ["reel/x?name=a%26b%3D%C3%BC.mp4&size=100", true]);
  assert.equal(placeOf({ name: "a", size: 101 }, data)[1], false);
  assert.equal(placeOf({ name: "a", size: 0 }, data)[1], false);
});
