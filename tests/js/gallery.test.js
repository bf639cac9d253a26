// The gallery: when its tiles stay, how wide they are, which are found.
import assert from "node:assert/strict";
import test from "node:test";
import { arrangement } from "../../pages/components/picker/gallery_tiles.js";
import { isWanted } from "../../pages/components/picker/tile_search.js";
import { width } from "../../pages/components/picker/tile_shape.js";

const tiles = (...names) => names.map((name) => ({ name, url: "" }));
const SECTIONS = [
  { title: "Tone", tiles: tiles("curves", "levels") },
  { title: "Blur", tiles: tiles("bokeh") },
];

test("pictures that come later leave the tiles where they are", () => {
  const later = SECTIONS.map((section) => ({
    ...section,
    tiles: section.tiles.map((tile) => ({ ...tile, url: "a.jpg" })),
  }));
  assert.equal(arrangement(later), arrangement(SECTIONS));
});

test("another order, another tile and another section each lay them anew", () => {
  const others = [
    [SECTIONS[1], SECTIONS[0]],
    [{ title: "Tone", tiles: tiles("levels", "curves") }, SECTIONS[1]],
    [{ title: "Tone", tiles: tiles("curves") }, SECTIONS[1]],
    [
      { title: "Tone", tiles: tiles("curves") },
      { title: "Blur", tiles: tiles("levels", "bokeh") },
    ],
    [{ title: "Light", tiles: tiles("curves", "levels") }, SECTIONS[1]],
    [],
  ];
  const all = [SECTIONS, ...others].map(arrangement);
  assert.equal(new Set(all).size, all.length);
});

test("a tile that is called otherwise is laid anew", () => {
  const named = (title) => arrangement([{ title: "", tiles: [{ name: "own:1", title, url: "" }] }]);
  assert.equal(named("Dusk"), named("Dusk"));
  assert.notEqual(named("Dusk"), named("Dawn"));
});

test("tiles that stand apart, under no title, are laid otherwise than together", () => {
  const apart = ["curves", "levels"].map((name) => ({ title: "", tiles: tiles(name) }));
  assert.notEqual(arrangement(apart), arrangement([{ title: "", tiles: tiles("curves", "levels") }]));
});

test("a tile has the same area whatever the shape of its picture", () => {
  for (const aspect of [9 / 16, 2 / 3, 1, 3 / 2, 16 / 9, 3]) {
    const [wide, high] = [width(aspect), width(aspect) / aspect];
    assert.ok(Math.abs(wide * high - 1 / 1.5) < 1e-12, String(aspect));
  }
  assert.equal(width(3 / 2), 1);
});

test("a search finds the beginning of every word that one types, in capital or small letters, with blanks around it", () => {
  for (const search of ["tilt", "TILT", " Shift ", "mini shift", "tilt_shift", "b&w", ""])
    assert.ok(isWanted(search, "tilt shift miniature b&w"), search);
  for (const search of ["tilts", "blur", "ilt", "mini blur"])
    assert.ok(!isWanted(search, "tilt shift miniature b&w"), search);
});
