// What was drawn already: a draw whose inputs and numbers are what they were is not drawn again, so that moving the last
// of many steps costs that step alone.
export const drawnBefore = () => {
  const known = new Map();
  let count = 0;
  return {
    // A picture that was not there before; what looks at it is drawn anew.
    fresh: (picture) => {
      count += 1;
      return { ...picture, number: count };
    },
    // What all of a draw depends on, in a word.
    wordOf: ({ numbers, flags }, inputs, sides, found) =>
      [...inputs.map(({ number }) => number), ...sides, ...[...flags, ...numbers].map((node) => found[node])].join(),
    find: (place, word) => (known.get(place)?.word === word ? known.get(place).made : null),
    keep: (place, word, made) => {
      known.set(place, { word, made });
      return made;
    },
    forget: () => known.clear(),
  };
};
