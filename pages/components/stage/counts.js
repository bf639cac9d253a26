// How often each level is there in a picture's pixels, of each colour and of their luma. Arithmetic alone.
const SHARES = [0.2126, 0.7152, 0.0722]; // Rec. 709
const LEVELS = 256;
const NEAR_END = 2; // levels from an end that still are white or black: a JPEG does not keep the very last
const FEW = 0.03; // of the levels, that may be cut off at the top

// Counts of red, green, blue and luma; `pixels` are four bytes each.
export const countLevels = (pixels) => {
  const [red, green, blue, luma] = Array.from({ length: 4 }, () => new Uint32Array(LEVELS));
  for (let at = 0; at < pixels.length; at += 4) {
    const [r, g, b] = [pixels[at], pixels[at + 1], pixels[at + 2]];
    red[r] += 1;
    green[g] += 1;
    blue[b] += 1;
    luma[Math.round(SHARES[0] * r + SHARES[1] * g + SHARES[2] * b)] += 1;
  }
  return { red, green, blue, luma };
};

const sum = (counts) => counts.reduce((total, count) => total + count, 0);

// How many percent are white and black, in whole numbers; less than half of one in a decimal, so that little is not none.
export const endShares = ({ luma }) => {
  const percent = (counts) => {
    const share = (100 * sum(counts)) / (sum(luma) || 1);
    return share >= 0.5 || share === 0 ? Math.round(share) : Math.max(0.1, Math.round(10 * share) / 10);
  };
  return { white: percent(luma.slice(LEVELS - 1 - NEAR_END)), black: percent(luma.slice(0, NEAR_END + 1)) };
};

// The count that few levels are above, the ends left aside.
const usual = (counts) => {
  const inner = [...counts.slice(1, LEVELS - 1)].filter((count) => count).sort((one, other) => other - one);
  return inner[Math.floor(FEW * inner.length)] ?? 1;
};

// How high each level stands, 0..1: the ends and a few others may stand out, and are not what all are measured by.
export const heights = (counts) => {
  const highest = Math.max(...Object.values(counts).map(usual));
  return Object.fromEntries(
    Object.entries(counts).map(([name, each]) => [name, [...each].map((count) => Math.min(1, count / highest))]),
  );
};

// The sentence with its gaps filled.
export const endWords = (sentence, of, counts) => {
  const filled = { of, ...endShares(counts) };
  return sentence.replace(/\{(\w+)\}/g, (gap, name) => filled[name] ?? gap);
};
