// A picture that is levelled, angles on a ring, and words at their place: the arithmetic of it.
import assert from "node:assert/strict";
import test from "node:test";
import { angleWithin } from "../../pages/components/stage/angles.js";
import { insideSize, levelAngle, levelBox } from "../../pages/components/stage/level.js";
import { handlePoints, valuesAt, valuesByKey } from "../../pages/components/stage/spots.js";

const near = (got, wanted, what) =>
  wanted.forEach((value, place) => {
    assert.ok(Math.abs(got[place] - value) < 1e-6, `${what ?? ""}: ${got} is not ${wanted}`);
  });
const SIZE = { width: 3000, height: 2000 };
const NONE = { spots: [], around: "", across: "", angle: "", bearing: [0, 1], words: "" };
const along = (degrees, length = 200) => ({
  x: 100 + length * Math.cos((degrees * Math.PI) / 180),
  y: 100 + length * Math.sin((degrees * Math.PI) / 180),
});

test("what a line was drawn along is level then, or upright, whichever way it was drawn", () => {
  const from = { x: 100, y: 100 };
  for (const [leaning, angle, wanted] of [
    [10, 0, -10],
    [190, 0, -10],
    [-4, 3, 7],
    [93, 5, 2],
    [-88, 0, -2],
    [40, -20, -45],
  ])
    near([levelAngle(angle, from, along(leaning), [-45, 45])], [wanted], `${leaning} at ${angle}`);
  assert.equal(levelAngle(5, from, along(30, 20), [-45, 45]), null, "a touch is no line");
});

test("what is left of a turned picture is inside it, and nothing larger of that shape is", () => {
  for (const size of [SIZE, { width: 2000, height: 3000 }, { width: 4000, height: 500 }])
    for (const angle of [0, 1, -7, 20, -45, 45]) {
      const inside = insideSize(size, angle);
      const [sine, cosine] = [Math.sin, Math.cos].map((of) => of((Math.abs(angle) * Math.PI) / 180));
      const reach = (factor) =>
        Math.max(
          (factor * (inside.width * cosine + inside.height * sine)) / size.width,
          (factor * (inside.height * cosine + inside.width * sine)) / size.height,
        );
      const what = `${size.width} x ${size.height} at ${angle}`;
      assert.ok(reach(1) < 1 + 1e-9, what);
      assert.ok(reach(1.001) > 1, what);
    }
  near(levelBox(0, SIZE, true), [0, 0, 1, 1]);
  near(levelBox(30, SIZE, false), [0, 0, 1, 1], "nothing is cut");
});

test("an angle is where the effect counts it from, on a ring about the middle where it has no position", () => {
  const at = (bearing, angle) => handlePoints({ ...NONE, angle: "angle", bearing }, { angle }, SIZE).angle;
  const right = { x: 0.5 + (0.3 * 2000) / 3000, y: 0.5 };
  const [above, below] = [
    { x: 0.5, y: 0.2 },
    { x: 0.5, y: 0.8 },
  ];
  for (const [bearing, angle, { x, y }] of [
    [[0, 1], 0, right],
    [[0, 1], 90, below],
    [[0, -1], 90, above],
    [[-90, 1], 0, above],
    [[-90, 1], 90, right],
  ]) {
    const point = at(bearing, angle);
    near([point.x, point.y], [x, y], `${bearing} ${angle}`);
    const grips = { ...NONE, angle: "angle", bearing, limits: { angle: [0, 360] } };
    near([valuesAt(grips, { angle }, SIZE, "angle", point).angle], [angle], "and back");
  }
});

test("an angle of more than one turn goes on where the hand goes round", () => {
  let angle = 170;
  const grips = { ...NONE, angle: "angle", limits: { angle: [-720, 720] } };
  for (let turned = 180; turned <= 900; turned += 10) {
    const point = handlePoints({ ...NONE, angle: "angle" }, { angle: turned }, SIZE).angle;
    angle = valuesAt(grips, { angle }, SIZE, "angle", point).angle;
    if (turned <= 720) near([angle], [turned]);
  }
  assert.ok(angle <= 720);
  assert.equal(angleWithin(10, [-720, 720], 365), 370);
  assert.equal(angleWithin(100, [-10, 10], 0), 10);
});

const WORDS = {
  ...NONE,
  words: "text",
  aside: ["x", "y"],
  margin: 0.04,
  limits: { x: [-0.5, 0.5], y: [-0.5, 0.5] },
};

test("words are held where their place is, inside the margin, and moved aside from there", () => {
  const values = { text: "Hi", x: 0, y: 0 };
  const place = (anchor) => {
    const { x, y } = handlePoints({ ...WORDS, anchor }, values, SIZE).place;
    return [x, y];
  };
  near(place([0, 0]), [80 / 3000, 0.04]);
  near(place([0.5, 1]), [0.5, 0.96]);
  const grips = { ...WORDS, anchor: [1, 0.5] };
  const moved = { ...values, x: -0.2, y: 0.1 };
  near(Object.values(valuesAt(grips, values, SIZE, "place", handlePoints(grips, moved, SIZE).place)), [-0.2, 0.1]);
  near(Object.values(valuesAt(grips, values, SIZE, "place", { x: -9, y: 9 })), [-0.5, 0.5]);
  near(Object.values(valuesByKey(grips, { ...values, y: 0.5 }, "place", [1, 1], 0.01)), [0.01, 0.5]);
});
