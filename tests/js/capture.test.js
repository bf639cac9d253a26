// The camera: which one is asked for, and that none stays on that nobody waits for.
import assert from "node:assert/strict";
import test from "node:test";
import { isMirror, nameOf, otherCamera, wishFor } from "../../pages/components/camera/camera_choice.js";
import { cameraOf } from "../../pages/components/camera/camera_stream.js";
import { isShown } from "../../pages/components/camera/capture_face.js";

const [FRONT, REAR, WIDE] = ["front", "rear", "wide"].map((deviceId) => ({ deviceId, kind: "videoinput" }));

test("of two cameras the other one is meant, whatever it says of itself", () => {
  for (const facingMode of ["user", undefined]) {
    assert.deepEqual(otherCamera([FRONT, REAR], { facingMode, deviceId: "front" }), { deviceId: { exact: "rear" } });
    assert.deepEqual(otherCamera([FRONT, REAR], { facingMode, deviceId: "rear" }), { deviceId: { exact: "front" } });
  }
});

test("of a phone's many cameras those of the other side are meant", () => {
  const all = [FRONT, REAR, WIDE];
  assert.deepEqual(otherCamera(all, { facingMode: "user" }), { facingMode: { ideal: "environment" } });
  assert.deepEqual(otherCamera(all, { facingMode: "environment" }), { facingMode: { ideal: "user" } });
  assert.deepEqual(otherCamera(all, { deviceId: "wide" }), { deviceId: { exact: "front" } });
});

test("a camera is asked for at its own size, and no sound with it", () => {
  const wish = wishFor({ facingMode: "user" });
  assert.deepEqual(Object.keys(wish), ["video"]);
  assert.equal(wish.video.facingMode, "user");
  assert.equal(Math.min(wish.video.width.ideal, wish.video.height.ideal) >= 3840, true);
});

test("only a camera behind the screen is no mirror, unless one has chosen", () => {
  assert.deepEqual(
    ["user", undefined, "environment"].map((facing) => isMirror(facing, undefined)),
    [true, true, false],
  );
  for (const chosen of [true, false]) assert.equal(isMirror("environment", chosen), chosen);
});

test("photos are numbered from the second on", () =>
  assert.deepEqual([1, 2].map(nameOf), ["photo.jpg", "photo-2.jpg"]));

test("cameras are changed only where there are two, and a countdown can be stopped", () => {
  assert.deepEqual([isShown("other", "on", 1), isShown("other", "on", 2)], [false, true]);
  assert.equal(isShown("cancel", "counting", 1), true);
  assert.equal(isShown("shoot", "counting", 1), false); // no second photo by a second press
});

// Cameras that are given when the test says so, as a browser does after the person's answer.
const browser = () => {
  const asked = [];
  const getUserMedia = (wish) =>
    new Promise((resolve, reject) => {
      const track = { isLive: true, stop: () => Object.assign(track, { isLive: false }) };
      const stream = { getTracks: () => [track], getVideoTracks: () => [track] };
      asked.push({ wish, track, give: () => resolve(stream), refuse: () => reject(new Error("no")) });
    });
  return { asked, getUserMedia, enumerateDevices: async () => [FRONT, { kind: "audioinput" }, REAR] };
};

test("nothing is asked for before it is wanted", () => {
  const devices = browser();
  cameraOf(devices, () => {});
  assert.deepEqual(devices.asked, []);
});

test("a camera that is let go is off, and one that comes after that is ended at once", async () => {
  const devices = browser();
  const camera = cameraOf(devices, () => {});
  const first = camera.ask("one");
  devices.asked[0].give();
  assert.equal(await first, true);
  assert.equal(camera.track().isLive, true);
  camera.letGo();
  assert.deepEqual([devices.asked[0].track.isLive, camera.stream()], [false, null]);

  const late = camera.ask("two");
  camera.letGo();
  devices.asked[1].give();
  assert.equal(await late, null);
  assert.deepEqual([devices.asked[1].track.isLive, camera.stream()], [false, null]);
});

test("of two that were asked for, the last alone is on, in whatever order they come", async () => {
  const devices = browser();
  const camera = cameraOf(devices, () => {});
  const answers = [camera.ask("one"), camera.ask("two")];
  for (const one of [...devices.asked].reverse()) one.give();
  assert.deepEqual(await Promise.all(answers), [null, true]);
  assert.deepEqual(
    devices.asked.map(({ track }) => track.isLive),
    [false, true],
  );
});

test("a refused camera is none, and one that goes by itself is told of", async () => {
  const devices = browser();
  const lost = [];
  const camera = cameraOf(devices, () => lost.push("lost"));
  const refused = camera.ask("one");
  devices.asked[0].refuse();
  assert.equal(await refused, false);
  const given = camera.ask("two");
  devices.asked[1].give();
  await given;
  devices.asked[1].track.onended();
  assert.deepEqual(lost, ["lost"]);
});

test("only cameras are counted as cameras", async () =>
  assert.deepEqual(await cameraOf(browser(), () => {}).others(), [FRONT, REAR]));
