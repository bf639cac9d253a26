// What is said of a lost connection, by the names of the sentences, and when.
import assert from "node:assert/strict";
import test from "node:test";
import start, { CALM, look, trouble } from "../../pages/components/connection_watch.js";

const PATIENCE = 1500; // ms

test("a connection that is lost, gone for good, or kept from a device without a network is told apart", () => {
  assert.equal(trouble("CONNECTED", true, "a.example"), "");
  assert.equal(trouble("PINGING_SERVER", true, "a.example"), "lost");
  assert.equal(trouble("PINGING_SERVER", false, "a.example"), "offline");
  assert.equal(trouble("CONNECTED", false, "a.example"), "offline");
  assert.equal(trouble("DISCONNECTED_FOREVER", false, "a.example"), "gone");
});

test("a page that has just begun has lost nothing", () => {
  assert.equal(trouble(undefined, true, "a.example"), "");
  assert.equal(trouble("", true, "a.example"), "");
});

test("a server on this very machine needs no network", () => {
  for (const host of ["localhost", "127.0.0.1", "[::1]"]) {
    assert.equal(trouble("CONNECTED", false, host), "");
    assert.equal(trouble("CONNECTING", false, host), "lost");
  }
});

// All looks in turn: each a time (ms) and what is seen then.
const watched = (...looks) => {
  let known = CALM;
  return looks.map(([now, seen]) => {
    const next = look(known, { wrong: "", now, players: 0, playing: 0, isToldByPage: false, ...seen });
    known = next.known;
    return next;
  });
};
const LOST = { wrong: "lost" };
const PLAYING = { players: 1, playing: 1 };
const STOPPED = { players: 1, playing: 0 };

test("a gap that closes within a moment is not spoken of", () => {
  const [first, later, back] = watched([0, LOST], [PATIENCE, LOST], [PATIENCE + 300, {}]);
  assert.equal(first.told, undefined);
  assert.equal(later.told, undefined);
  assert.deepEqual(back.told, []);
});

test("a longer one is told once its time is up, with a way on, until it is over", () => {
  const [, told, , back] = watched([0, LOST], [PATIENCE + 1, LOST], [9000, LOST], [9300, {}]);
  assert.deepEqual([told.told, told.canReload], [["lost"], true]);
  assert.deepEqual([back.told, back.canReload], [[], false]);
});

test("two short gaps are not one long one", () => {
  const looks = watched([0, LOST], [1000, {}], [1300, LOST], [2500, LOST]);
  assert.deepEqual(
    looks.map(({ told }) => told),
    [undefined, [], undefined, undefined],
  );
});

test("a page that is reloaded without a network would be gone: none is offered", () => {
  const [, told] = watched([0, { wrong: "offline" }], [2000, { wrong: "offline" }]);
  assert.deepEqual([told.told, told.canReload], [["offline"], false]);
});

test("what is wrong may change, and its time is counted on", () => {
  const [, told] = watched([0, { wrong: "offline" }], [2000, { wrong: "gone" }]);
  assert.deepEqual(told.told, ["gone"]);
});

test("a live video that ran when the connection went is spoken of, also after it has stopped", () => {
  const [, running, stopped] = watched(
    [0, { ...LOST, ...PLAYING }],
    [2000, { ...LOST, ...PLAYING }],
    [2300, { ...LOST, ...STOPPED }],
  );
  assert.deepEqual(running.told, ["lost", "live"]);
  assert.deepEqual(stopped.told, running.told);
});

test("a live video that has not come back says how it does, until it plays", () => {
  const looks = watched([0, { ...LOST, ...PLAYING }], [300, STOPPED], [600, STOPPED], [900, PLAYING], [1200, STOPPED]);
  const [, stopped, still, playing, stoppedByHand] = looks.map(({ told }) => told);
  assert.deepEqual(stopped, ["back"]);
  assert.deepEqual(still, stopped);
  assert.deepEqual(playing, []);
  assert.deepEqual(stoppedByHand, []);
});

test("of a video that went on nothing is said, nor of one whose page is no longer there", () => {
  assert.deepEqual(watched([0, { ...LOST, ...PLAYING }], [300, PLAYING])[1].told, []);
  assert.deepEqual(watched([0, { ...LOST, ...PLAYING }], [300, {}])[1].told, []);
});

test("what the page itself tells is not told twice", () => {
  const [, back] = watched([0, { ...LOST, ...PLAYING }], [300, { ...STOPPED, isToldByPage: true }]);
  assert.deepEqual(back.told, []);
});

test("a page is watched once, however often its words change, and until it has gone", (context) => {
  context.mock.timers.enable({ apis: ["setInterval", "Date"] });
  let looks = 0;
  const counted = () => {
    looks += 1;
    return [];
  };
  const app = { dataset: { testConnectionState: "CONNECTED" } };
  globalThis.document = { querySelectorAll: counted, querySelector: (one) => (one.includes("stApp") ? app : null) };
  globalThis.location = { hostname: "a.example" };
  Object.defineProperty(globalThis, "navigator", { value: { onLine: true }, configurable: true });
  const [words, button] = [{ textContent: "" }, {}];
  const box = { querySelector: (one) => (one === "p" ? words : button) };
  const parentElement = { isConnected: true, querySelector: () => box };
  const call = (reload) => start({ parentElement, data: { words: { reload } } });
  const [first, second] = [call("Reload"), call("Neu laden")];
  first(); // late: the second call has begun
  context.mock.timers.tick(300);
  assert.deepEqual([looks, button.textContent], [1, "Neu laden"]);
  parentElement.isConnected = false;
  second();
  context.mock.timers.tick(900);
  assert.equal(looks, 1);
});
