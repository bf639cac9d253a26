// Live on this device: what is recorded, and what counts as quick.
import assert from "node:assert/strict";
import test from "node:test";
import { editPiece } from "../../pages/components/live/device_edit.js";
import { gifRecorderOf, joined, smallSides } from "../../pages/components/live/device_gif.js";
import { isQuick, paceWords } from "../../pages/components/live/device_pace.js";
import { whyNoCamera } from "../../pages/components/live/device_page.js";
import { formOf } from "../../pages/components/live/device_recorder.js";
import { videoOn } from "../../pages/components/live/device_video.js";

test("a film is an MP4 where the browser writes any, else a WebM, else none", () => {
  assert.deepEqual(formOf(() => true)[1], "mp4");
  assert.deepEqual(
    formOf((form) => form.startsWith("video/webm")),
    ["video/webm;codecs=vp9", "webm"],
  );
  assert.equal(
    formOf(() => false),
    undefined,
  );
});

test("why there is no camera is known before it is asked for", () => {
  const answers = { insecure: "by https", missing: "none" };
  assert.equal(whyNoCamera({ isSecureContext: false, navigator: { mediaDevices: {} } }, answers), "by https");
  assert.equal(whyNoCamera({ isSecureContext: true, navigator: {} }, answers), "none");
  assert.equal(whyNoCamera({ isSecureContext: true, navigator: { mediaDevices: {} } }, answers), "");
});

test("the quickest of a few pictures counts: the first compiles", (context) => {
  let now = 0;
  context.mock.method(performance, "now", () => now);
  globalThis.ImageData = class {};
  const screen = (...takes) => ({
    draw: () => {
      now += takes.shift();
      return true;
    },
    finish: () => {},
  });
  assert.equal(isQuick(screen(900, 300, 90)), true);
  assert.equal(isQuick(screen(101, 101, 101)), false);
  assert.equal(isQuick({ draw: () => false, finish: () => {} }), false);
});

test("where it stays below ten a second one is told what helps, and nothing that cannot be done", () => {
  const cases = [
    [{ is_smallest: false, isPlain: false }, "slow"],
    [{ is_smallest: false, isPlain: true }, "slow_size"],
    [{ is_smallest: true, isPlain: false }, "slow_effects"],
    [{ is_smallest: true, isPlain: true }, "slow_plain"],
  ];
  for (const [set, word] of cases) {
    const wordOf = paceWords();
    const told = [2, 9, 9.9, 9.9, 10, 9, 9].map((rate) => wordOf(rate, set));
    assert.deepEqual(told, ["figures", "figures", word, word, "figures", "figures", "figures"]);
  }
});

test("the frames of a GIF are as the canvas, small, and one file with their times", () => {
  assert.deepEqual(smallSides({ width: 640, height: 480 }, 400), [400, 300]);
  assert.deepEqual(smallSides({ width: 30, height: 2 }, 400), [30, 2]);
  const frames = [
    { when: 0, pixels: new Uint8ClampedArray([1, 2, 3, 255, 4, 5, 6, 255]) },
    { when: 300.4, pixels: new Uint8ClampedArray([7, 8, 9, 255, 10, 11, 12, 255]) },
  ];
  const told = [0, 2, 0, 1, 0, 0, 0, 0, 1, 2, 3, 4, 5, 6, 0, 0, 1, 44, 7, 8, 9, 10, 11, 12];
  assert.deepEqual([...joined([2, 1], frames)], told);
});

// The uploader that nobody sees: what went into it, and the chips that tell what became of it.
const uploaderPage = (context) => {
  context.mock.timers.enable({ apis: ["setInterval", "setTimeout"] });
  const page = { sent: [], chips: [], isThere: true };
  const input = { dispatchEvent: () => page.sent.push(input.files[0].name) };
  const pen = { drawImage: () => {}, getImageData: () => ({ data: new Uint8ClampedArray(4) }) };
  globalThis.document = {
    createElement: () => ({ getContext: () => pen }),
    querySelector: () => (page.isThere ? input : null),
    querySelectorAll: () => page.chips,
  };
  globalThis.DataTransfer = class {
    files = [];
    items = { add: (file) => this.files.push(file) };
  };
  context.after(() => {
    for (const name of ["document", "DataTransfer"]) delete globalThis[name];
  });
  const remove = (chip) => {
    page.chips = page.chips.filter((other) => other !== chip);
  };
  // What becomes of a file: "Spinner" on its way, "Error", or "" as it has arrived.
  page.tellOf = (name, sign) => {
    const chip = {
      querySelector: (part) => {
        if (part === "button") return { click: () => remove(chip) };
        if (part.includes("ChipName")) return { title: name };
        return sign && part.includes(`Icon${sign}`) ? {} : null;
      },
    };
    page.chips = [chip];
  };
  page.wait = (seconds) => {
    for (let tenth = 0; tenth < 10 * seconds; tenth += 1) context.mock.timers.tick(100);
  };
  return page;
};

test("frames of GIFs are kept, said and tried again until they have arrived", async (context) => {
  const page = uploaderPage(context);
  const said = [];
  const recorder = () =>
    gifRecorderOf(
      { width: 1, height: 1 },
      { side: 400, gap: 0.1, seconds: 5 },
      () => {},
      (isUnsent) => said.push(isUnsent),
    );
  const film = async () => {
    const gif = recorder();
    gif.begin();
    await gif.finish();
  };
  page.isThere = false;
  await film(); // as one leaves Live
  page.wait(11);
  assert.deepEqual([page.sent, said], [[], [true]]);
  page.isThere = true; // one comes back
  recorder();
  assert.deepEqual(page.sent, ["frames-1.bin"]);
  page.tellOf("frames-1.bin", "Error"); // the network has gone
  page.wait(0.2);
  assert.deepEqual([page.chips, said], [[], [true, true]]);
  await film();
  page.wait(2);
  assert.deepEqual(page.sent, ["frames-1.bin", "frames-1.bin"], "the older one first");
  page.tellOf("frames-1.bin", "Spinner");
  page.wait(60); // however slow the network is
  recorder();
  assert.equal(page.sent.length, 2, "what is on its way is not sent again");
  page.tellOf("frames-1.bin", "");
  page.wait(0.2);
  assert.deepEqual([page.sent.slice(2), said.at(-1)], [["frames-2.bin"], false]);
  page.wait(14); // a page without its server takes nothing, and shows nothing of it
  assert.equal(said.at(-1), true);
  page.wait(2);
  page.tellOf("frames-2.bin", "");
  page.wait(0.2);
  assert.deepEqual([page.sent.slice(2), said.at(-1)], [["frames-2.bin", "frames-2.bin"], false]);
  page.wait(200);
  assert.equal(page.sent.length, 4);
});

test("a photo that does not go up is told of", (context) => {
  const page = uploaderPage(context);
  let failures = 0;
  const edit = () =>
    editPiece({ raw: new Blob(["1"]), name: "emulsion-photo-1.png" }, () => {
      failures += 1;
    });
  edit();
  page.tellOf("emulsion-photo-1.png", "Error");
  page.wait(30);
  assert.deepEqual([page.sent.length, page.chips.length, failures], [1, 0, 1]);
  edit();
  page.tellOf("emulsion-photo-1.png", "");
  page.wait(30);
  assert.deepEqual([page.sent.length, failures], [2, 1]);
});

// A camera that gives pictures as `picture` is called, and what has been said of its state.
const filmed = async (context) => {
  context.mock.timers.enable({ apis: ["setInterval"] });
  const track = { stop: () => {}, getSettings: () => ({ deviceId: "one" }) };
  const stream = { getTracks: () => [track], getVideoTracks: () => [track] };
  const mediaDevices = { getUserMedia: async () => stream, enumerateDevices: async () => [] };
  Object.defineProperty(globalThis, "navigator", { value: { mediaDevices }, configurable: true });
  globalThis.document = { hidden: false };
  let wanted = null;
  const video = { videoWidth: 640, play: async () => {}, requestVideoFrameCallback: (look) => (wanted = look) };
  const said = [];
  const become = ({ state, why }) => state && said.push(why || state);
  const { turnOn, turnOff } = videoOn(video, become, () => {});
  await turnOn({ video: {} });
  context.after(turnOff);
  return { said, picture: () => wanted(performance.now()), second: () => context.mock.timers.tick(1000) };
};

test("a camera is not silent because the browser stood still", async (context) => {
  let now = 0;
  context.mock.method(performance, "now", () => now);
  const { said, picture, second } = await filmed(context);
  for (let times = 0; times < 3; times += 1) {
    now += 20_000; // the first picture of a stack has its shaders compiled: no picture, and of all looks one
    second();
    picture();
  }
  assert.deepEqual(said, ["off", "asking", "opening"]);
});

test("a camera that gives no picture for five seconds is let go", async (context) => {
  let now = 0;
  context.mock.method(performance, "now", () => now);
  const { said, picture, second } = await filmed(context);
  const wait = (times) => {
    for (let time = 0; time < times; time += 1) {
      now += 1001;
      second();
    }
  };
  wait(4);
  picture();
  wait(4);
  assert.equal(said.at(-1), "opening");
  globalThis.document.hidden = true;
  wait(9);
  globalThis.document.hidden = false;
  wait(4);
  assert.equal(said.at(-1), "opening");
  wait(1);
  assert.equal(said.at(-1), "silent");
});
