// Which tiles a search finds. A word of it counts where a word of a tile begins so, also without its ending (sharper:
// sharp); where no tile has all words, one letter may be wrong, and then one of them is enough: those are near it.
import { filled } from "../filled.js";

const ENDING = /(?:ing|ed|ers?|est|ly|ation|ions?|e?s|e|y)$/;
const [MIN_STEM, MIN_SLIP] = [4, 5]; // letters that still tell something
const SMALL_WORDS = new Set(["add", "and", "for", "from", "into", "make", "more", "photo", "picture", "the", "with"]);

const wordsOf = (text) =>
  text
    .toLowerCase()
    .split(/[\s_]+/)
    .filter(Boolean);

const stemOf = (word) => {
  const stem = word.replace(ENDING, "").replace(/([^aeiou])\1$/, "$1");
  return stem.length < MIN_STEM ? word : stem;
};

// Whether two words differ by one letter: a wrong one, a missing one, one too many, or two that changed places.
export const isSlip = (one, other) => {
  const same = [...one].findIndex((letter, place) => letter !== other[place]);
  const [here, there] = [one, other].map((word) => word.slice(same < 0 ? one.length : same));
  const isTurned = here[0] === there[1] && here[1] === there[0] && here.slice(2) === there.slice(2);
  return isTurned || [here.slice(1), here].includes(there.slice(1)) || here.slice(1) === there;
};

const begun = (word) => (known) => known.startsWith(word) || known.startsWith(stemOf(word));
const meant = (word) => (known) => begun(word)(known) || (word.length >= MIN_SLIP && isSlip(word, known));

const hasAll = (wanted, known, match) => wanted.every((word) => known.some(match(word)));

// What is enough to be found, the strictest first.
const LEVELS = [
  (wanted, known) => hasAll(wanted, known, begun),
  (wanted, known) => hasAll(wanted, known, meant),
  (wanted, known) => wanted.some((word) => word.length > 2 && !SMALL_WORDS.has(word) && known.some(meant(word))),
];

// What says most of a tile stands first among its words: its title, then what else it is called.
const rankOf = (wanted, known) => {
  const places = wanted.map((word) => known.findIndex(meant(word)));
  return places.reduce((sum, place) => sum + (place < 0 ? known.length : place), 0);
};

const isUnder = ({ name, chips }, { chip, favourites }) =>
  chip === "all" || (chip === "favourites" ? favourites.has(name) : chips.includes(chip));

// The tiles to show, each name with its rank, and whether they are only near what was searched for. A search looks
// everywhere; where there is none, the chip counts.
export const foundTiles = (tiles, wish) => {
  const wanted = wordsOf(wish.search);
  const shown = tiles.filter((tile) => wanted.length || isUnder(tile, wish));
  if (!wanted.length) return { ranks: new Map(shown.map(({ name }) => [name, 0])), isNear: false };
  const known = shown.map((tile) => ({ ...tile, has: wordsOf(tile.words) }));
  for (const isEnough of LEVELS) {
    const found = known.filter(({ has }) => isEnough(wanted, has));
    const ranks = new Map(found.map(({ name, has }) => [name, rankOf(wanted, has)]));
    if (ranks.size) return { ranks, isNear: isEnough !== LEVELS[0] };
  }
  return { ranks: new Map(), isNear: false };
};

// What is told of it in words, where the tiles do not say it all.
export const toldOf = ({ ranks, isNear }, search, words) => {
  if (ranks.size) return isNear ? filled(words.near, { search }) : "";
  return search ? filled(words.nothing, { search }) : words.no_favourites;
};
