// Tiles that the browser draws: where their pictures come from, and what proves that it can.
import assert from "node:assert/strict";
import test from "node:test";
import { setPicture, showDrawn } from "../../pages/components/picker/near_pictures.js";
import { addressed, shownTile } from "../../pages/components/picker/picker_tiles.js";
import { cardPixels, isAsMeant } from "../../pages/components/picker/tile_proof.js";

test("an effect is drawn of the whole stack's picture, a look of the one before the look that is there", () => {
  const told = { urls: ["/media/1", "drawn", "drawn"], sources: ["/media/all", "/media/below"] };
  const urls = ["crop", "sepia", "look:noir"].map((name, place) => addressed({ name }, place, told).url);
  assert.deepEqual(urls, ["/media/1", "drawn:/media/all", "drawn:/media/below"]);
});

test("a picture that is drawn is asked for once it is near, kept while it is right, and let go of", (context) => {
  const [asked, gone] = [[], []];
  globalThis.window = new EventTarget();
  window.addEventListener("emulsion-tile-wanted", ({ detail }) => asked.push(detail.dataset.url));
  context.mock.method(URL, "createObjectURL", (blob) => `blob:${blob}`);
  context.mock.method(URL, "revokeObjectURL", (url) => gone.push(url));
  const picture = { dataset: {}, getAttribute: () => picture.src };
  const grid = { querySelector: () => picture };
  const tile = { name: "sepia", url: "drawn:/one" };

  setPicture(picture, "drawn:/one");
  assert.deepEqual(asked, [], "nobody sees it");
  picture.isNear = true;
  setPicture(picture, "drawn:/one");
  assert.deepEqual(asked, ["drawn:/one"]);
  assert.equal(shownTile(grid, tile).url, "", "it is not there yet");
  showDrawn(picture, "one");
  setPicture(picture, "drawn:/one");
  assert.deepEqual(asked, ["drawn:/one"]);
  assert.equal(shownTile(grid, tile).url, "blob:one");
  setPicture(picture, "drawn:/two");
  assert.equal(picture.src, "blob:one", "it stays until the next one is there");
  showDrawn(picture, "two");
  setPicture(picture, "/media/3");
  assert.deepEqual([picture.src, ...gone], ["/media/3", "blob:one", "blob:two"]);
});

test("a program is right where its means are those of the server's within three levels", () => {
  const [sides, parts] = [
    [96, 64],
    [3, 2],
  ];
  const pixels = cardPixels(sides);
  assert.deepEqual([...pixels.slice(0, 4), ...pixels.slice(-4)], [0, 0, 255, 255, 255, 255, 0, 255]);
  // Red grows by 255 across three parts, green by 255 down two, blue falls with both.
  const [reds, greens] = [
    [42, 127, 213],
    [63, 192],
  ];
  const means = greens.flatMap((green) => reds.flatMap((red) => [red, green, (510 - red - green) / 2]));
  assert.ok(isAsMeant(pixels, sides, parts, means));
  means[4] += 4;
  assert.ok(!isAsMeant(pixels, sides, parts, means));
  assert.ok(!isAsMeant(pixels, [64, 96], parts, means), "another shape");
});
