// What is said of a camera, and the room for its picture.
import assert from "node:assert/strict";
import test from "node:test";
import { hear, listeners } from "../../pages/components/camera/camera_answers.js";
import { room } from "../../pages/components/live/player_frame.js";

const live = () => import("../../pages/components/live/camera_watch.js");

const WORDS = { NotAllowedError: "Refused.", NotReadableError: "Busy.", other: "Not started." };

for (const [name, said] of [
  ["NotAllowedError", WORDS.NotAllowedError],
  ["NotReadableError", WORDS.NotReadableError],
  ["OverconstrainedError", WORDS.other],
]) {
  test(`a browser's ${name} is put in words, and passed on untouched`, async () => {
    const heard = [];
    const answer = new DOMException("in a browser's words", name);
    const devices = { getUserMedia: () => Promise.reject(answer) };
    hear(devices, WORDS);
    listeners.add((sentence) => heard.push(sentence));
    await assert.rejects(devices.getUserMedia({ video: true }), (error) => error === answer);
    listeners.clear();
    assert.deepEqual(heard, [said]);
  });
}

test("a camera that comes takes the words away, is asked as it was wished, and is heard once however often one listens", async () => {
  const [heard, wishes] = [[], []];
  const devices = {
    stream: "a stream",
    async getUserMedia(wish) {
      wishes.push(wish);
      return this.stream;
    },
  };
  for (let time = 0; time < 3; time++) hear(devices, WORDS);
  listeners.add((sentence) => heard.push(sentence));
  assert.equal(await devices.getUserMedia("this"), "a stream");
  listeners.clear();
  assert.deepEqual([heard, wishes], [[""], ["this"]]);
});

test("each script of a page hears the answer, whichever listened first", async () => {
  const other = await import("../../pages/components/camera/camera_answers.js?of-another-script");
  const [heard, devices] = [[], { getUserMedia: () => Promise.reject(new DOMException("", "NotAllowedError")) }];
  for (const script of [other, { hear, listeners }]) {
    script.hear(devices, WORDS);
    script.listeners.add((sentence) => heard.push(sentence));
  }
  await assert.rejects(devices.getUserMedia({ video: true }));
  listeners.clear();
  assert.deepEqual(heard, [WORDS.NotAllowedError, WORDS.NotAllowedError]);
});

test("a browser without cameras is not listened to", () => assert.equal(hear(undefined, WORDS), undefined));

test("the first thing that stands in the way of live video is named", async () => {
  const { reason } = await live();
  const able = { isSecureContext: true, navigator: { mediaDevices: {} }, RTCPeerConnection: class {} };
  assert.equal(reason(able), "");
  assert.equal(reason({ ...able, RTCPeerConnection: undefined }), "unable");
  assert.equal(reason({ ...able, navigator: {}, RTCPeerConnection: undefined }), "missing");
  assert.equal(reason({ isSecureContext: false, navigator: {} }), "insecure");
});

test("scripts that go together are one script, with one way in", async () => {
  assert.equal(typeof (await live()).default, "function");
  assert.equal(typeof (await import("../../pages/components/camera/camera_words.js")).default, "function");
});

const DESK = { innerWidth: 1280, innerHeight: 800 };
const PHONE = { innerWidth: 390, innerHeight: 844 };

test("a video has the height that its width gives it", () => {
  assert.equal(room(480, 4 / 3, DESK), 360);
  assert.equal(room(640, 16 / 9, DESK), 360);
});

test("a video that would be too high leaves room for what stands around it", () => {
  assert.equal(room(640, 9 / 16, DESK), 800 - 400);
  assert.equal(room(390, 9 / 16, PHONE), Math.round(0.4 * 844));
});

test("over the whole screen it leaves room for what stands below it alone", () => {
  const document = { documentElement: { dataset: { booth: "full" } } };
  assert.equal(room(1280, 4 / 3, { ...DESK, document }), 800 - 290);
  assert.equal(room(358, 9 / 16, { ...PHONE, document }), 844 - 290);
});

test("on the lowest screen there is still something to see, and no more than the video has", () => {
  assert.equal(room(640, 4 / 3, { innerWidth: 1280, innerHeight: 300 }), 180);
  assert.equal(room(160, 4 / 3, { innerWidth: 1280, innerHeight: 300 }), 120);
});

test("before the shape is known there is all the room that there may be", () => assert.equal(room(640, 0, DESK), 400));
