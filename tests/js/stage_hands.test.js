// What a hand does on the picture, on a stage that is only as much of one as that needs.
import assert from "node:assert/strict";
import test from "node:test";
import { showChips } from "../../pages/components/stage/chips.js";
import { handActs } from "../../pages/components/stage/hand_acts.js";
import { FIT } from "../../pages/components/stage/zoom.js";

globalThis.window = { devicePixelRatio: 1 };

const part = (more) => ({
  style: {},
  dataset: {},
  classList: { toggle: () => {} },
  append: () => {},
  remove: () => {},
  replaceChildren: () => {},
  querySelector: () => part(),
  querySelectorAll: () => [],
  ...more,
});

const stageOf = (data) => ({
  root: part(),
  place: part({ clientWidth: 800, clientHeight: 600 }),
  sheet: part(),
  range: part({ value: 50 }),
  bar: part({ hidden: false }),
  line: part({ hidden: true, from: null }),
  words: [part(), part()],
  handles: part({ children: [] }),
  faces: part({ children: [] }),
  shade: part({ children: [part(), part(), part(), part()] }),
  chips: part(),
  write: part(),
  former: part(),
  veil: part(),
  stroke: null,
  strokes: [],
  shown: part(),
  view: FIT,
  data: { width: 800, height: 600, comparing: true, grips: null, faces: [], ...data },
});

test("after the bar was moved, a line can be drawn, and leaves the bar where it is", () => {
  const stage = stageOf();
  const hands = handActs(stage);
  assert.equal(hands.press({ x: 300, y: 100 }), false, "the bar is taken wherever the whole picture is touched");
  const at = stage.range.value;
  assert.notEqual(at, 50);

  stage.data = { ...stage.data, comparing: false, grips: { turned: "angle", box: [], turns: [] } };
  hands.press({ x: 100, y: 100 });
  hands.drag({ at: { x: 500, y: 140 }, across: 400, down: 40 });
  assert.deepEqual(stage.line.to, { x: 500, y: 140 });
  assert.equal(stage.range.value, at);
});

test("nothing is zoomed before there is a picture", () => {
  const stage = { ...stageOf(), shown: null, data: undefined };
  handActs(stage).twice({ x: 1, y: 1 });
  assert.equal(stage.view, FIT);
});

test("another card's chips begin with their first, wherever one was among those before", (context) => {
  globalThis.document = { createElement: () => part() };
  context.after(() => delete globalThis.document);
  const grips = (card) => ({ card, box: ["x"], shapes: [{ title: "1:1", value: "1:1" }], turns: [], values: {} });
  const data = { grips: grips("c1"), says: { ready: "Ready", shapes: "Shapes" } };
  const stage = { chips: part({ scrollLeft: 0 }), wishes: {}, data };
  showChips(stage);
  stage.chips.scrollLeft = 120;
  showChips(stage);
  assert.equal(stage.chips.scrollLeft, 120, "they stay where a hand has moved them");
  stage.data = { ...data, grips: grips("c2") };
  showChips(stage);
  assert.equal(stage.chips.scrollLeft, 0);
});
