// What is taken hold of in the picture: rectangles, points, radii and angles, and what is asked of the server for it.
import assert from "node:assert/strict";
import test from "node:test";
import { angleWithin } from "../../pages/components/stage/angles.js";
import * as box from "../../pages/components/stage/box.js";
import { putInside } from "../../pages/components/stage/laid.js";
import { nearestInside } from "../../pages/components/stage/reach.js";
import { handlePoints, valuesAt, valuesByKey } from "../../pages/components/stage/spots.js";
import {
  beginWishes,
  isFollowed,
  maySend,
  withoutFollowed,
  withSeen,
  withWish,
} from "../../pages/components/stage/wishes.js";

const SIZE = { width: 3000, height: 2000 };
const LEAST = [0.01, 0.01];
const FROM = [0.2, 0.3, 0.4, 0.5];
const near = (got, wanted, what) => {
  assert.equal(got.length, wanted.length);
  wanted.forEach((value, place) => {
    assert.ok(Math.abs(got[place] - value) < 1e-9, `${what ?? ""}: ${got} is not ${wanted}`);
  });
};

test("each handle moves its own edges and leaves the others where they are", () => {
  const by = (name) => box.dragBox(name, FROM, 0.1, 0.05, 0, LEAST);
  near(by("nw"), [0.3, 0.35, 0.3, 0.45]);
  near(by("n"), [0.2, 0.35, 0.4, 0.45]);
  near(by("ne"), [0.2, 0.35, 0.5, 0.45]);
  near(by("e"), [0.2, 0.3, 0.5, 0.5]);
  near(by("se"), [0.2, 0.3, 0.5, 0.55]);
  near(by("s"), [0.2, 0.3, 0.4, 0.55]);
  near(by("sw"), [0.3, 0.3, 0.3, 0.55]);
  near(by("w"), [0.3, 0.3, 0.3, 0.5]);
  near(by("move"), [0.3, 0.35, 0.4, 0.5]);
});

test("however far a handle is dragged, the rectangle stays in the picture, not smaller than allowed, and in its shape", () => {
  for (const ratio of [0, 0.5, 1, 2.4])
    for (const name of box.BOX_HANDLES)
      for (const across of [-3, -0.15, 0.15, 3])
        for (const down of [-3, -0.15, 0.15, 3]) {
          const from = box.shapedBox(FROM, ratio);
          const [left, top, width, height] = box.dragBox(name, from, across, down, ratio, LEAST);
          const what = `${name} by ${across}, ${down} of ${ratio}`;
          for (const edge of [left, top, left + width, top + height]) assert.ok(edge > -1e-9 && edge < 1 + 1e-9, what);
          assert.ok(Math.max(width / LEAST[0], height / LEAST[1]) > 1 - 1e-9, what);
          if (ratio) assert.ok(Math.abs(width / height - ratio) < 1e-9, what);
        }
});

test("what is opposite to a dragged corner stays, in a fixed shape too", () => {
  const [left, top, width, height] = box.dragBox("nw", box.shapedBox(FROM, 1), -0.1, -0.02, 1, LEAST);
  near([left + width, top + height], [0.6, 0.75]);
  near([width, height], [0.5, 0.5]);
});

test("a shape is the largest in the middle of the rectangle, as the effect cuts it", () => {
  near(box.shapedBox(FROM, 1), [0.2, 0.35, 0.4, 0.4]);
  near(box.shapedBox(FROM, 0), FROM);
  near([box.shareRatio(1, SIZE), box.shareRatio(-1, SIZE), box.shareRatio(16 / 9, SIZE)], [2 / 3, 1, 32 / 27]);
  near(box.clippedBox([0.5, 0.25, 0.8, 0.5]), [0.5, 0.25, 0.5, 0.5]);
});

const GRIPS = {
  spots: [["x", "y"]],
  around: "radius",
  across: "band",
  angle: "angle",
  bearing: [0, 1],
  limits: { x: [0, 1], y: [0, 1], radius: [0.05, 1], band: [0, 0.6], angle: [-90, 90] },
};
const VALUES = { x: 0.4, y: 0.5, radius: 0.3, band: 0.2, angle: 30 };

test("a handle that is dragged to where it is asks for what is there", () => {
  const points = handlePoints(GRIPS, VALUES, SIZE, 1);
  for (const [name, point] of Object.entries(points)) {
    const asked = valuesAt(GRIPS, VALUES, SIZE, name, point);
    for (const [param, value] of Object.entries(asked)) near([value], [VALUES[param]], `${name} ${param}`);
  }
});

test("lengths are shares of the shorter side, and angles are clockwise from the right", () => {
  const level = { ...VALUES, angle: 0 };
  const points = handlePoints(GRIPS, level, SIZE);
  near([points.center.x, points.center.y], [0.4, 0.5]);
  near([points.radius.x, points.radius.y], [0.4 + (0.3 * 2000) / 3000, 0.5]);
  near([points.band.x, points.band.y], [0.4, 0.5 + 0.1]);
  near(Object.values(valuesAt(GRIPS, level, SIZE, "angle", { x: 0.4 + 200 / 3000, y: 0.5 + 200 / 2000 })), [45]);
  near(Object.values(valuesAt(GRIPS, level, SIZE, "band", { x: 0.9, y: 0.6 })), [0.2]);
});

test("wherever a point lies, its radius and its band are taken hold of in the picture", () => {
  const inside = ({ x, y }) => Math.max(-x, x - 1, -y, y - 1) < 1e-6;
  for (const size of [SIZE, { width: 2000, height: 3000 }])
    for (const [x, y] of [0, 0.5, 1].flatMap((x) => [0, 0.5, 1].map((y) => [x, y])))
      for (const radius of [0.05, 0.5, 0.6, 0.85])
        for (const leaning of [0, 2, -3]) {
          const values = { ...VALUES, x, y, radius, angle: 0 };
          const points = handlePoints(GRIPS, values, size, leaning);
          const what = `${x} ${y} ${radius} in ${size.width} x ${size.height}`;
          assert.ok(inside(points.radius) && inside(points.band), what);
          const asked = valuesAt(GRIPS, values, size, "radius", points.radius);
          assert.ok(Math.abs(asked.radius - radius) < 1e-9, what);
        }
  const light = handlePoints(GRIPS, { ...VALUES, x: 1, y: 0.3, radius: 0.6 }, SIZE);
  assert.ok(light.radius.x < 0.97, "all of a handle is seen, not half of it");
  const far = handlePoints(GRIPS, { ...VALUES, x: 1, y: 1, radius: 9 }, SIZE);
  assert.deepEqual(nearestInside(far.radius), { x: 1, y: 1 }, "what goes all around it is held at its edge");
  assert.deepEqual(nearestInside({ x: -0.5, y: 0.3 }), { x: 0, y: 0.3 });
});

test("no handle asks for more than its parameter may be", () => {
  for (const name of ["center", "radius", "band", "angle"])
    for (const point of [
      { x: -9, y: 9 },
      { x: 9, y: -9 },
      { x: 0.4, y: 0.5 },
    ])
      for (const [param, value] of Object.entries(valuesAt(GRIPS, VALUES, SIZE, name, point)))
        assert.ok(value >= GRIPS.limits[param][0] && value <= GRIPS.limits[param][1], `${param} ${value}`);
  assert.deepEqual(
    [angleWithin(170, [-90, 90]), angleWithin(-30, [0, 360]), angleWithin(95, [-45, 45])],
    [-10, 330, 45],
  );
});

test("an arrow key moves a point by 1 %, a length by 1 % and an angle by one degree", () => {
  near(Object.values(valuesByKey(GRIPS, VALUES, "center", [1, 0], 0.01)), [0.41, 0.5]);
  near(Object.values(valuesByKey(GRIPS, VALUES, "radius", [0, -1], 0.01)), [0.31]);
  near(Object.values(valuesByKey(GRIPS, VALUES, "angle", [0, 1], 0.01)), [31]);
  near(Object.values(valuesByKey(GRIPS, { ...VALUES, x: 1 }, "center", [1, 0], 0.01)), [1, 0.5]);
});

test("a message tells all that was asked for and not followed yet, and waits for the one before it", () => {
  let wishes = withWish(beginWishes(), "c1", { x: 0.1 }, "1");
  assert.ok(maySend(wishes, 0));
  wishes = { ...wishes, count: 1, isUnsent: false, sentAt: 0 };
  wishes = withWish(withWish(wishes, "c1", { radius: 0.2 }, "2"), "c1", { x: 0.3 }, "3");
  assert.deepEqual(wishes.values, { x: 0.3, radius: 0.2 });
  assert.ok(!maySend(wishes, 100), "the first is not answered");
  assert.ok(maySend(wishes, 600), "it never will be");
  const sent = { ...wishes, isUnsent: false };
  assert.deepEqual([maySend(sent, 600), maySend(sent, 3000)], [false, true], "another may have taken its place");
  assert.deepEqual([isFollowed(sent), isFollowed({ ...sent, seen: 1 })], [false, true]);
  assert.deepEqual(withoutFollowed(wishes), wishes, "what was not sent is not forgotten");
  assert.deepEqual(withWish(wishes, "c2", { y: 1 }, "4").values, { y: 1 }, "of another card, all anew");
  assert.equal(withSeen(wishes, ["another load", 7]).seen, 0);
});

test("a handle at the edge lies whole in what is seen, with its dot on the point; beyond the edge it is out of sight", () => {
  const laid = (left, top, room = { width: 360, height: 240 }) => {
    const style = { setProperty: (name, value) => Object.assign(style, { [name]: value }) };
    putInside({ offsetWidth: 44, style }, { left, top }, room);
    return ["left", "top", "--dot-left", "--dot-top"].map((name) => Number.parseFloat(style[name]));
  };
  assert.deepEqual(laid(100, 80), [100, 80, 0, 0]);
  assert.deepEqual(laid(360, 72), [338, 72, 22, 0]);
  near(laid(360.4, -0.3), [338, 22, 22.4, -22.3]);
  assert.deepEqual(laid(0, 240), [22, 218, -22, 22]);
  assert.deepEqual(laid(500, 80), [500, 80, 0, 0]);
  assert.deepEqual(laid(0, 0, null), [0, 0, 0, 0]);
});
