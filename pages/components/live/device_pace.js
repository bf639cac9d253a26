// How many pictures a second are drawn, and whether this device can draw a stack at all.
const PROBE = [640, 480]; // px
const MOST = 100; // ms that a picture may take
const PROBES = 3;
const TOO_FEW = 10; // fps, below which one is told why it is not smooth

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

export const isFew = (rate) => rate < TOO_FEW;
