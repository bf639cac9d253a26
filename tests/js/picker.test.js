// The picker: which tiles are shown, what is kept of favourites, what a click is counted as, what the page is told.
import assert from "node:assert/strict";
import test from "node:test";
import { favourites, toggleFavourite } from "../../pages/components/picker/favourites.js";
import { foundTiles } from "../../pages/components/picker/tile_search.js";
import { followTrials } from "../../pages/components/picker/trial_preview.js";
import { pressOf } from "../../pages/components/presses.js";

const SEPIA = { name: "sepia", title: "Sepia", words: "sepia brown", chips: ["monochrome", "film"] };
const isShown = (tile, wished) => foundTiles([tile], wished).ranks.has(tile.name);
const wish = (more) => ({ search: "", chip: "all", favourites: new Set(), ...more });

test("a chip shows its own, and all is all", () => {
  assert.ok(isShown(SEPIA, wish({})));
  assert.ok(isShown(SEPIA, wish({ chip: "film" })));
  assert.ok(!isShown(SEPIA, wish({ chip: "drawn" })));
});

test("a search looks under every chip", () => {
  assert.ok(isShown(SEPIA, wish({ chip: "drawn", search: " bro" })));
  assert.ok(!isShown(SEPIA, wish({ chip: "film", search: "blue" })));
});

test("a favourite is kept by the browser, and taken back by the same word", () => {
  const kept = new Map([["emulsion-favourites", '["swirl"]']]);
  globalThis.localStorage = {
    getItem: (name) => kept.get(name) ?? null,
    setItem: (name, text) => kept.set(name, text),
  };
  assert.deepEqual([...favourites()], ["swirl"]);
  toggleFavourite("sepia");
  assert.ok(isShown(SEPIA, wish({ chip: "favourites", favourites: favourites() })));
  assert.deepEqual(JSON.parse(kept.get("emulsion-favourites")), ["swirl", "sepia"]);
  toggleFavourite("swirl");
  assert.deepEqual(JSON.parse(kept.get("emulsion-favourites")), ["sepia"]);
  delete globalThis.localStorage; // what keeps nothing
  toggleFavourite("sepia");
  assert.equal(favourites().size, 0);
});

test("a click on a tile is counted as the effect or the look that it stands for", () => {
  assert.equal(pressOf(["picker", "sepia"]), "add sepia");
  assert.equal(pressOf(["picker", "look:noir"]), "look noir");
  assert.equal(pressOf(["looks", "noir"]), "look noir");
  assert.equal(pressOf(["history", 3]), "jump 3");
  assert.equal(pressOf(["shelf", "sepia"]), "");
});

test("what one rests on is told, larger when it comes, and taken back once; what one passes over is not", (context) => {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  const told = [];
  globalThis.window = new EventTarget();
  for (const name of ["emulsion-preview", "emulsion-rest"])
    window.addEventListener(name, ({ detail }) => told.push(detail.title === undefined ? detail : detail.url));
  const large = (name) =>
    window.dispatchEvent(new CustomEvent("emulsion-large", { detail: { name, url: `${name}-large` } }));
  const grid = Object.assign(new EventTarget(), { contains: () => false });
  const at = (name) => grid.onpointerover({ pointerType: "mouse", target: name });
  const trials = followTrials(
    grid,
    (name) => ({ url: name, title: name }),
    ({ target }) => target,
  );

  at("passed");
  context.mock.timers.tick(100);
  at("sepia");
  context.mock.timers.tick(150);
  assert.deepEqual(told, ["sepia", "sepia"]);
  large("sepia");
  at("swirl"); // sepia stays until swirl is there
  large("sepia"); // and is not told again
  context.mock.timers.tick(150);
  assert.deepEqual(told.slice(2), ["sepia-large", "swirl", "swirl"]);
  trials.leave();
  large("swirl");
  trials.end();
  assert.deepEqual(told.slice(5), [""]);

  grid.onpointerover({ pointerType: "touch", target: "sepia" }); // a finger rests on nothing
  context.mock.timers.tick(1000);
  assert.equal(told.length, 6);
});
