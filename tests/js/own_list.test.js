// Looks of one's own in the browser: what is kept, what a wish makes of it, what the server is told.
import assert from "node:assert/strict";
import test from "node:test";
import { after, change, isKept, looks, PLACE, report } from "../../pages/components/own/own_list.js";
import ownStore from "../../pages/components/own/own_store.js";

const [NOIR, DUSK] = [
  { id: "a1", name: "Noir", recipe: "{1}" },
  { id: "b2", name: "Dusk", recipe: "{2}" },
];
const FAR = { known: [], wishes: [], most: { looks: 3, head: 9, recipe: 5 } };
const AT = { followed: 0, kept: true };

const browser = (text) => {
  const kept = new Map(text === undefined ? [] : [[PLACE, text]]);
  globalThis.localStorage = {
    getItem: (name) => kept.get(name) ?? null,
    setItem: (name, value) => kept.set(name, value),
  };
  return kept;
};

test("the newest look comes first, a name is changed in its place, a deleted one is gone", () => {
  let list = after([NOIR], { act: "add", look: DUSK });
  assert.deepEqual(list, [DUSK, NOIR]);
  list = after(list, { act: "rename", id: "a1", name: "Night" });
  assert.deepEqual(list, [DUSK, { ...NOIR, name: "Night" }]);
  assert.deepEqual(after(list, { act: "delete", id: "b2" }), [{ ...NOIR, name: "Night" }]);
});

test("a wish done twice, and one of a look that has gone, change nothing", () => {
  for (const wish of [
    { act: "add", look: NOIR },
    { act: "rename", id: "gone", name: "x" },
    { act: "delete", id: "gone" },
    { act: "burn" },
  ])
    assert.deepEqual(after([NOIR, null, 7], wish), [NOIR, null, 7]);
});

test("what the browser keeps is read again, by another tab too", () => {
  const kept = browser();
  change({ act: "add", look: NOIR });
  assert.deepEqual(JSON.parse(kept.get(PLACE)), [NOIR]);
  kept.set(PLACE, JSON.stringify([DUSK, NOIR]));
  assert.deepEqual(looks(), [DUSK, NOIR]);
});

test("what is no list is taken for an empty one", () => {
  for (const text of ["{}", "[", "7", '"looks"', "null"]) {
    browser(text);
    assert.deepEqual(looks(), [], text);
  }
});

test("where nothing can be written down, looks last as long as the page, until there is room again", () => {
  const kept = browser();
  localStorage.setItem = () => {
    throw new Error("no room");
  };
  change({ act: "add", look: NOIR });
  assert.deepEqual([looks(), isKept()], [[NOIR], false]);
  localStorage.setItem = (name, value) => kept.set(name, value);
  change({ act: "add", look: DUSK });
  assert.deepEqual([looks(), isKept(), JSON.parse(kept.get(PLACE))], [[DUSK, NOIR], true, [DUSK, NOIR]]);
});

test("a server that knows all is told nothing, one that lacks a look is sent that look's recipe alone", () => {
  assert.equal(report([NOIR], { ...FAR, known: [["a1", "Noir"]] }, AT), null);
  assert.deepEqual(report([DUSK, NOIR], { ...FAR, known: [["a1", "Noir"]] }, AT), {
    ...AT,
    looks: [DUSK, { ...NOIR, recipe: "" }],
  });
  const renamed = report([{ ...NOIR, name: "Night" }], { ...FAR, known: [["a1", "Noir"]] }, AT);
  assert.deepEqual(renamed.looks, [{ id: "a1", name: "Night", recipe: "" }]);
});

test("a wish is answered even where it has changed nothing", () => {
  const wish = { number: 4, act: "delete", id: "gone" };
  assert.deepEqual(report([], { ...FAR, wishes: [wish] }, { followed: 4, kept: true }), {
    followed: 4,
    kept: true,
    looks: [],
  });
});

test("no more is sent than the server takes, and whatever is no look as an empty one", () => {
  const strange = [null, 7, { id: 1, name: ["x"], recipe: {} }, NOIR];
  assert.deepEqual(report(strange, FAR, AT).looks, Array(3).fill({ id: "", name: "", recipe: "" }));
  const [long] = report([{ id: "i".repeat(99), name: "🌄".repeat(99), recipe: "r".repeat(99) }], FAR, AT).looks;
  assert.deepEqual(long, { id: "i".repeat(9), name: "🌄".repeat(9), recipe: "r".repeat(6) });
});

test("an answer is told until it is heard, what another tab did at once, and what is heard no more", () => {
  const kept = browser();
  globalThis.window = new EventTarget();
  const [told, parentElement] = [[], {}];
  const show = (more) =>
    ownStore({
      parentElement,
      data: { ...FAR, session: "s", ...more },
      setTriggerValue: (_name, news) => told.push(news.looks.map(({ id }) => id)),
    });
  const end = show({});
  assert.deepEqual(told, []);
  const wishes = [{ number: 1, act: "add", look: NOIR }];
  show({ wishes });
  show({ wishes });
  assert.deepEqual(told, [["a1"], ["a1"]]);
  show({ known: [["a1", "Noir"]] });
  kept.set(PLACE, JSON.stringify([DUSK, NOIR]));
  window.dispatchEvent(Object.assign(new Event("storage"), { key: PLACE }));
  window.dispatchEvent(Object.assign(new Event("storage"), { key: "another" }));
  assert.deepEqual(told.slice(2), [["b2", "a1"]]);
  end();
  kept.set(PLACE, "[]");
  window.dispatchEvent(Object.assign(new Event("storage"), { key: PLACE }));
  assert.equal(told.length, 3);
});
