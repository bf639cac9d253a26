// Whether a tile is among those that one searches for: each word of the search, or the beginning of one, is among its own.
export const isWanted = (search, words) =>
  search
    .toLowerCase()
    .split(/[\s_]+/)
    .every((word) => ` ${words}`.includes(word && ` ${word}`));

// Whether a tile is shown: a search looks everywhere; where none is on, the chip counts.
export const isShown = ({ name, words, chips }, { search, chip, favourites }) => {
  if (search.trim()) return isWanted(search, words);
  return chip === "all" || (chip === "favourites" ? favourites.has(name) : chips.includes(chip));
};
