// What is kept of frames before: as many as are asked for, and which one is looked at.
import assert from "node:assert/strict";
import test from "node:test";
import { frameAt, mostFrames, remember } from "../../pages/components/drawing/past_frames.js";

const video = (times, span, most = 160) => {
  const shelf = { frames: [], spare: [] };
  for (const time of times) remember(shelf, { time }, span, most);
  return shelf;
};
const times = ({ frames }) => frames.map(({ time }) => time);

test("the frame that was to be seen then is looked at, else the oldest", () => {
  const { frames } = video([0, 0.1, 0.2, 0.3], 1);
  assert.equal(frameAt(frames, 0).time, 0.3);
  assert.equal(frameAt(frames, 0.1).time, 0.2);
  assert.equal(frameAt(frames, 0.15).time, 0.1);
  assert.equal(frameAt(frames, 5).time, 0);
});

test("frames are kept as long as one may be asked for, and drawn into again then", () => {
  const shelf = video([0, 1, 2, 3, 4], 2);
  assert.deepEqual(times(shelf), [2, 3, 4]);
  assert.deepEqual(
    shelf.spare.map(({ time }) => time),
    [0, 1],
  );
});

test("however quickly frames come, no more than so many are kept, and they reach as far back", () => {
  const many = Array.from({ length: 1001 }, (_, number) => number / 1000);
  const kept = times(video(many, 1, 12));
  assert.ok(kept.length <= 12, `${kept.length}`);
  assert.ok(kept[0] <= 0.1 && kept.at(-1) === 1);
});

test("of large frames fewer are kept", () => {
  assert.equal(mostFrames([640, 480]), 160);
  assert.ok(mostFrames([3840, 2160]) * 4 * 3840 * 2160 <= 2 ** 28);
  assert.equal(mostFrames([30000, 30000]), 4);
});
