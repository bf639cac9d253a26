// Presses as the server is told of them: how many there were, and the last of them in order. Arithmetic alone.
const MAX_PRESSES = 200; // presses that the server may have missed

export const withPress = ({ count, last }, way) => ({ count: count + 1, last: [...last, way].slice(-MAX_PRESSES) });

// Without those that the server has followed: a stroke of a brush is long.
export const withoutFollowed = ({ count, last }, number) => ({
  count,
  last: last.slice(Math.max(0, last.length - Math.max(0, count - number))),
});
