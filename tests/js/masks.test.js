// Masks in the picture: the handles of an ellipse and a gradient, and what a brush paints.
import assert from "node:assert/strict";
import test from "node:test";
import { settleStrokes } from "../../pages/components/stage/mask_paint.js";
import { hexOf } from "../../pages/components/stage/mask_pick.js";
import { layersOf, linesOf, lineText } from "../../pages/components/stage/mask_strokes.js";
import { movementsIn, pressureOf } from "../../pages/components/stage/pen.js";
import { handlePoints, valuesAt, valuesByKey } from "../../pages/components/stage/spots.js";

const SIZE = { width: 3000, height: 2000 };
const NONE = { box: [], spots: [], aside: [], around: "", across: "", angle: "", words: "", bearing: [0, 1] };
const ELLIPSE = {
  ...NONE,
  spots: [["x", "y"]],
  ellipse: ["rx", "ry"],
  angle: "angle",
  bearing: [180, 1],
  limits: { x: [0, 1], y: [0, 1], rx: [0.001, 1], ry: [0.001, 1], angle: [-90, 90] },
};
const AT = { x: 0.5, y: 0.5, rx: 0.4, ry: 0.2, angle: 30 };
const isNear = (got, wanted) => Math.abs(got - wanted) < 1e-9;
const pixelsFrom = ({ x, y }) => [(x - AT.x) * SIZE.width, (y - AT.y) * SIZE.height];

test("half axes are taken hold of at their ends, however the ellipse is turned, and the angle opposite to the first", () => {
  const points = handlePoints(ELLIPSE, AT, SIZE);
  const [[across, down], [right, below]] = [points.rx, points.ry].map(pixelsFrom);
  assert.ok(isNear(Math.hypot(across, down), 800) && isNear(Math.atan2(down, across), Math.PI / 6));
  assert.ok(isNear(Math.hypot(right, below), 400) && isNear(across * right + down * below, 0));
  const [back, up] = pixelsFrom(points.angle);
  assert.ok(isNear(Math.atan2(-up, -back), Math.PI / 6));
});

test("a handle that is dragged asks for what puts it there, inside its limits", () => {
  for (const name of ["rx", "ry", "angle"]) {
    const values = { ...AT, rx: 0.31, ry: 0.77, angle: -50 };
    const point = handlePoints(ELLIPSE, values, SIZE)[name];
    const asked = valuesAt(ELLIPSE, { ...values, [name]: 0.5 }, SIZE, name, point);
    assert.deepEqual(Object.keys(asked), [name]);
    assert.ok(isNear(asked[name], values[name]), `${name}: ${asked[name]}`);
  }
  assert.deepEqual(valuesAt(ELLIPSE, AT, SIZE, "rx", { x: 9, y: 9 }), { rx: 1 });
  const wide = { ...ELLIPSE, limits: { ...ELLIPSE.limits, x: [-1, 2] } };
  assert.deepEqual(valuesAt(wide, AT, SIZE, "center", { x: -0.25, y: -0.25 }), { x: -0.25, y: 0 });
  assert.ok(isNear(valuesByKey(ELLIPSE, AT, "ry", [0, -1], 0.01).ry, 0.21));
  assert.deepEqual(valuesByKey(ELLIPSE, AT, "angle", [1, 0], 0.01), { angle: 31 });
});

test("both ends of a gradient are points of their own", () => {
  const spots = [
    ["x0", "y0"],
    ["x1", "y1"],
  ];
  const limits = Object.fromEntries(["x0", "y0", "x1", "y1"].map((name) => [name, [0, 1]]));
  const grips = { ...NONE, spots, limits, between: true };
  const values = { x0: 0.1, y0: 0.2, x1: 0.7, y1: 0.8 };
  assert.deepEqual(handlePoints(grips, values, SIZE), { center: { x: 0.1, y: 0.2 }, center2: { x: 0.7, y: 0.8 } });
  assert.deepEqual(valuesAt(grips, values, SIZE, "center2", { x: 0.5, y: 0.5 }), { x1: 0.5, y1: 0.5 });
});

test("a hand paints one line as wide as its brush, a pen several, each from where the one before it ended", () => {
  const along = (pressures) => pressures.map((pressure, place) => ({ x: place / 10, y: 0.5, pressure }));
  const [line, ...others] = linesOf(along([1, 1, 1]), 0.2);
  assert.deepEqual([line.size, line.points.length, others], [0.2, 3, []]);
  const lines = linesOf(along([0.2, 0.22, 0.26, 0.7, 0.72, 1, 1]), 0.2);
  assert.deepEqual(
    lines.map(({ size }) => size.toFixed(3)),
    ["0.050", "0.150", "0.200"],
  );
  lines.slice(1).forEach(({ points }, place) => {
    assert.deepEqual(points[0], lines[place].points.at(-1));
  });
  assert.equal(linesOf(along(Array(9000).fill(1)), 0.2).length, 3, "no line has more points than the server reads");
  assert.deepEqual(
    [
      { pointerType: "pen", pressure: 0.3 },
      { pointerType: "mouse", pressure: 0.5 },
    ].map(pressureOf),
    [0.3, 1],
  );
  assert.deepEqual(movementsIn({ x: 1 }), [{ x: 1 }]);
});

test("a line is told in thousandths, and no point twice in a row", () => {
  const points = [0.1, 0.1001, 0.25, 7].map((x) => ({ x, y: -0.02 }));
  assert.equal(lineText({ size: 0.12, points }), "120:100,-20;250,-20;2000,-20");
  assert.equal(lineText({ size: 0.0001, points: [{ x: 0, y: 0 }] }), "1:0,0");
});

test("a soft line is drawn as full at each distance as the file has it", () => {
  for (const soft of [0, 0.3, 1]) {
    const layers = layersOf(1, soft);
    for (const distance of [0.02, 0.2, 0.35, 0.48]) {
      const left = layers
        .filter(({ width }) => width / 2 > distance)
        .reduce((rest, { alpha }) => rest * (1 - alpha), 1);
      const wanted = soft ? Math.min(1, (0.5 - distance) / (0.5 * soft)) : 1;
      assert.ok(Math.abs(1 - left - wanted) < 0.06, `${soft} ${distance}: ${1 - left} is not ${wanted}`);
    }
  }
});

test("a stroke is seen until the server has it, and no longer; one that nobody counts is not waited for", () => {
  const stroke = (count, card = "c1/0", load = "k") => ({ card, told: { count, load } });
  const stage = { strokes: [stroke(3), stroke(4), stroke(0), stroke(9, "c2/0"), stroke(2, "c1/0", "other")] };
  settleStrokes(stage, { card: "c1/0", followed: ["k", 3] });
  assert.deepEqual(stage.strokes, [stroke(4), stroke(2, "c1/0", "other")]);
  settleStrokes(stage, null);
  assert.deepEqual(stage.strokes, []);
});

test("a colour is written as a field of colours has it", () => {
  assert.equal(hexOf([255, 8, 0]), "#ff0800");
});
