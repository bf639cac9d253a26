// How many pictures a second are drawn, and whether this device can draw a stack at all.
const PROBE = [640, 480]; // px
const MOST = 100; // ms that a picture may take
const PROBES = 3;
const TOO_FEW = 10; // fps, below which one is told why it is not smooth
const IN_A_ROW = 3; // seconds of it before one is: a video that has just begun, or an effect, is compiled first

// Whether it draws quickly enough, tried on an even picture; the first try compiles, and others may use the machine.
export const isQuick = (screen) => {
  const [width, height] = PROBE;
  const picture = new ImageData(width, height);
  const tries = Array.from({ length: PROBES }, () => {
    const began = performance.now();
    if (!screen.draw(picture, width, height, null)) return Number.POSITIVE_INFINITY;
    screen.finish();
    return performance.now() - began;
  });
  return Math.min(...tries) <= MOST;
};

// Counts pictures, and says once a second how many came.
export const paceOf = (say) => {
  let [frames, before, since] = [0, 0, performance.now()];
  const timer = setInterval(() => {
    const now = performance.now();
    say((1000 * (frames - before)) / (now - since));
    [before, since] = [frames, now];
  }, 1000);
  return {
    count: () => {
      frames += 1;
      return frames;
    },
    end: () => clearInterval(timer),
  };
};

// Gives the name of the sentence to tell of each second's pace: where it stays slow, what helps, which is only what can
// be done.
export const paceWords = () => {
  let few = 0;
  return (rate, { is_smallest: isSmallest, isPlain }) => {
    few = rate < TOO_FEW ? few + 1 : 0;
    if (few < IN_A_ROW) return "figures";
    if (isPlain) return isSmallest ? "slow_plain" : "slow_size";
    return isSmallest ? "slow_effects" : "slow";
  };
};
