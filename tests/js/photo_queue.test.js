// Photos that go up one after another: what is done where one of them does not, and what is told.
import assert from "node:assert/strict";
import test from "node:test";
import { INPUT } from "../../pages/components/photo/hidden_uploader.js";
import { closeFor, follow, lookForFailure, openFor, page, take } from "../../pages/components/photo/photo_queue.js";

const FILES = ["one.jpg", "two.jpg", "three.jpg"].map((name) => ({ name, size: 1 }));
const WORDS = { sending: "{name} ...", too_large: "{name} is too large", not_sent: "{name} was not sent" };

globalThis.DataTransfer = class {
  files = [];
  items = { add: (file) => this.files.push(file) };
};

// A page that has an uploader or none; what goes up through it, and what is told.
const opened = (hasUploader) => {
  const uploader = { sent: [], told: [], left: [], isFailed: false };
  const input = hasUploader && { dispatchEvent: () => uploader.sent.push(input.files[0].name) };
  const remove = () => {
    uploader.isFailed = false;
  };
  const failed = { querySelector: () => ({ click: remove }) };
  globalThis.document = {
    querySelector: (selector) => (selector === INPUT ? input : uploader.isFailed && failed) || null,
  };
  openFor({
    root: uploader,
    data: { answers: 0, is_open: false, most: 10, words: WORDS },
    tell: (words) => uploader.told.push(words),
    trigger: (name, value) => uploader.left.push([name, value]),
    end: () => {},
  });
  uploader.fail = () => {
    uploader.isFailed = true;
    lookForFailure();
  };
  uploader.answer = (isOpen) => {
    Object.assign(page.data, { answers: page.data.answers + 1, is_open: isOpen });
    follow();
  };
  return uploader;
};

test("where one does not go up the next does, and the first that opens is the last to go", (context) => {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  const uploader = opened(true);
  take(FILES);
  uploader.fail();
  lookForFailure(); // the next has not failed
  context.mock.timers.tick(1);
  assert.deepEqual(uploader.sent, ["one.jpg", "two.jpg"]);
  uploader.answer(true);
  assert.deepEqual(uploader.left, [["left", ["one.jpg", "three.jpg"]]]);
  closeFor(uploader);
});

test("where the last does not go up that is told, and that none is open", (context) => {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  const uploader = opened(true);
  take(FILES.slice(0, 2));
  uploader.answer(false);
  uploader.fail();
  context.mock.timers.tick(1);
  assert.deepEqual(uploader.sent, ["one.jpg", "two.jpg"]);
  assert.equal(uploader.told.at(-1), "two.jpg was not sent");
  assert.deepEqual(uploader.left, [["left", ["one.jpg", "two.jpg"]]]);
  closeFor(uploader);
});

test("what is handed over meanwhile goes up in place of the rest", (context) => {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  const uploader = opened(true);
  take(FILES.slice(0, 2));
  uploader.fail();
  take(FILES.slice(2));
  context.mock.timers.tick(1);
  assert.deepEqual(uploader.sent, ["one.jpg", "three.jpg"]);
  closeFor(uploader);
});

test("where no uploader comes within ten seconds that is told, once", (context) => {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  const uploader = opened(false);
  take(FILES.slice(0, 1));
  for (let tenth = 0; tenth < 99; tenth += 1) context.mock.timers.tick(100);
  assert.deepEqual(uploader.told, ["one.jpg ..."]);
  for (let tenth = 0; tenth < 10; tenth += 1) context.mock.timers.tick(100);
  assert.deepEqual(uploader.told, ["one.jpg ...", "one.jpg was not sent"]);
  assert.deepEqual(uploader.left, []);
  closeFor(uploader);
});
