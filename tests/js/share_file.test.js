// Sharing a file: what stands on the button, and that the file goes on with the press that asked for it, or the next.
import assert from "node:assert/strict";
import test from "node:test";
import shareButton, { face } from "../../pages/components/save/share_file.js";

const WORDS = { share: "Share", making: "Making", ready: "Now" };
const data = (more) => ({ name: "a.jpg", mime: "image/jpeg", answered: 0, file: null, words: WORDS, ...more });

test("the button says whether the file is at hand, on its way, or not asked for", () => {
  const idle = { asked: 0, file: null };
  assert.equal(face(idle, data()), "share");
  assert.equal(face({ ...idle, asked: 1 }, data()), "making");
  assert.equal(face(idle, data({ file: { number: 4 } })), "making");
  assert.equal(face({ asked: 1, file: { number: 4 } }, data({ answered: 1, file: { number: 4 } })), "ready");
  assert.equal(face({ asked: 1, file: { number: 4 } }, data({ answered: 1 })), "share"); // of another stack
  assert.equal(face({ asked: 1, file: null }, data({ answered: 1 })), "share"); // it could not be made
});

// A place on the page and a browser that can share, or remembers no press.
const opened = ({ able = true, active = true } = {}) => {
  const [button, status, shared, asked] = [{}, {}, [], []];
  const navigator = {
    canShare: () => able,
    share: async ({ files }) => shared.push(files[0].name),
    userActivation: { isActive: active },
  };
  Object.defineProperty(globalThis, "navigator", { value: navigator, configurable: true });
  globalThis.fetch = async () => ({ blob: async () => new Blob(["bytes"]) });
  const parentElement = { querySelector: (one) => (one === "button" ? button : status), getRootNode: () => ({}) };
  const show = (more) =>
    shareButton({ parentElement, data: data(more), setTriggerValue: (_name, number) => asked.push(number) });
  return { button, show, shared, asked };
};
const later = () => new Promise((resolve) => setTimeout(resolve, 5));

test("the press that asked for the file hands it on when it comes", async () => {
  const { button, show, shared, asked } = opened();
  show();
  button.onclick();
  button.onclick(); // it is on its way already
  assert.deepEqual([asked, button.textContent], [[1], "Making"]);
  show({ answered: 1, file: { number: 7, url: "/media/a" } });
  await later();
  assert.deepEqual([shared, button.textContent], [["a.jpg"], "Now"]);
  button.onclick();
  assert.deepEqual([shared.length, asked.length], [2, 1]);
});

test("a file that came too late waits for another press, and goes when the stack does", async () => {
  const { button, show, shared, asked } = opened({ active: false });
  show();
  button.onclick();
  show({ answered: 1, file: { number: 8, url: "/media/a" } });
  await later();
  assert.deepEqual([shared, button.textContent], [[], "Now"]);
  button.onclick();
  assert.deepEqual(shared, ["a.jpg"]);
  show({ answered: 1 });
  button.onclick();
  assert.deepEqual(asked, [1, 2]);
});

test("where a browser cannot hand files on there is no button", () => {
  const { button, show } = opened({ able: false });
  show();
  assert.equal(button.hidden, true);
});
