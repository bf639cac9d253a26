// What a histogram counts, how high it draws it, and what it says of itself.
import assert from "node:assert/strict";
import test from "node:test";
import { countLevels, endShares, endWords, heights } from "../../pages/components/stage/counts.js";

const picture = (...pixels) => new Uint8ClampedArray(pixels.flatMap((pixel) => [...pixel, 255]));
const many = (count, pixel) => Array(count).fill(pixel);

test("each pixel counts once in each colour, and as its luma", () => {
  const { red, green, blue, luma } = countLevels(picture([255, 0, 0], [0, 255, 0], [0, 0, 255], [10, 10, 10]));
  assert.deepEqual([red[255], red[0], red[10]], [1, 2, 1]);
  assert.deepEqual([green[255], blue[255]], [1, 1]);
  assert.deepEqual([luma[54], luma[182], luma[18], luma[10]], [1, 1, 1, 1], "Rec. 709");
  for (const counts of [red, green, blue, luma])
    assert.equal(
      counts.reduce((total, count) => total + count),
      4,
    );
});

test("what is white and what is black is told in percent, and little is not none", () => {
  const counts = countLevels(picture(...many(30, [255, 254, 255]), ...many(10, [1, 1, 1]), ...many(960, [90, 90, 90])));
  assert.deepEqual(endShares(counts), { white: 3, black: 1 });
  assert.equal(
    endWords("{of}: {white} % of the pixels are white, {black} % black", "After", counts),
    "After: 3 % of the pixels are white, 1 % black",
  );
  assert.deepEqual(endShares(countLevels(picture([0, 0, 0], ...many(999, [9, 9, 9])))), { white: 0, black: 0.1 });
  assert.deepEqual(endShares(countLevels(picture())), { white: 0, black: 0 });
});

test("a wide white sky does not flatten the rest", () => {
  const { luma, red } = heights(
    countLevels(picture(...many(900, [255, 255, 255]), ...many(10, [80, 80, 80]), [40, 40, 40])),
  );
  assert.deepEqual([luma[255], luma[80], luma[40], luma[41], red[80]], [1, 1, 0.1, 0, 1]);
});
