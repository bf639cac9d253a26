// The gallery: when its tiles stay, how wide they are, which are found.
import assert from "node:assert/strict";
import test from "node:test";
import { arrangement } from "../../pages/components/picker/gallery_tiles.js";
import { foundTiles, isSlip } from "../../pages/components/picker/tile_search.js";
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

const SHIFT = { name: "tilt_shift", title: "Tilt shift", words: "tilt shift miniature b&w texture", chips: [] };
const TEXT = { name: "text", title: "Text", words: "text caption words", chips: [] };
const SHARP = { name: "unsharp_mask", title: "Unsharp mask", words: "unsharp mask sharpen crisp", chips: [] };
const find = (search) => foundTiles([SHIFT, TEXT, SHARP], { search, chip: "all" });
const namesOf = ({ ranks }) => [...ranks.keys()];

test("a search finds the beginning of every word that one types, in capital or small letters, with blanks around it", () => {
  for (const search of ["tilt", "TILT", " Shift ", "mini shift", "tilt_shift", "b&w"])
    assert.deepEqual([namesOf(find(search)), find(search).isNear], [["tilt_shift"], false], search);
  assert.equal(find(" ").ranks.size, 3);
  for (const search of ["ilt", "zebra", "the"]) assert.equal(find(search).ranks.size, 0, search);
});

test("a word counts without its ending, too", () => {
  for (const search of ["sharper", "sharp", "sharpest", "sharpening"])
    assert.deepEqual([namesOf(find(search)), find(search).isNear], [["unsharp_mask"], false], search);
});

test("where nothing has every word, a slip of the hand and a word of several find what is near", () => {
  for (const search of ["captoin", "captin", "caaption", "cabtion", "make a caption blue"])
    assert.deepEqual([namesOf(find(search)), find(search).isNear], [["text"], true], search);
});

test("what is called so comes first, and what only has the word comes later", () => {
  const { ranks } = find("text");
  assert.deepEqual([ranks.get("text"), ranks.get("tilt_shift")], [0, 4]);
});

test("one letter wrong, missing, too many or in the next one's place is a slip, and two are not", () => {
  for (const other of ["vignete", "vignettes", "vignettte", "vigentte", "fignette", "vignettd"])
    assert.ok(isSlip("vignette", other), other);
  for (const other of ["vinete", "vignettess", "vine", "fignedte", "ettengiv"])
    assert.ok(!isSlip("vignette", other), other);
});
