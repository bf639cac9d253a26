// Strokes of a brush in shares of the picture: as a hand draws them, and as the server is told of them. Arithmetic alone.
//
// A stroke's points are where a hand was, and how hard it pressed. A brush has one size, so that a pen's stroke is several
// lines, each as wide as the pen was pressed then.
const PARTS = 1000; // into which a side is divided: nothing finer is kept
const LEVELS = 4; // of pressure, between which a size is chosen
const SLACK = 0.65; // of a level, which pressure has to leave before the size is another
const MOST = 4000; // points of one line
const LAYERS = 12; // of a soft line
const FAR = 2; // sides beyond the picture that a point may lie

const levelOf = (pressure) => Math.max(1, Math.ceil(pressure * LEVELS)) / LEVELS;

// A stroke as lines of one size each, which begin where the one before them ended.
export const linesOf = (points, size) => {
  const lines = [];
  for (const { x, y, pressure } of points) {
    const last = lines.at(-1);
    const level =
      last && Math.abs(pressure - last.level + 0.5 / LEVELS) < SLACK / LEVELS ? last.level : levelOf(pressure);
    if (!last || level !== last.level || last.points.length >= MOST) {
      const start = last ? [last.points.at(-1)] : [];
      lines.push({ level, size: size * level, points: [...start, { x, y }] });
    } else last.points.push({ x, y });
  }
  return lines;
};

const whole = (share) => Math.min(Math.max(Math.round(share * PARTS), (1 - FAR) * PARTS), FAR * PARTS);

// A line as a text: its size, and its points without those that lie on the one before.
export const lineText = ({ size, points }) => {
  const pairs = points.map(({ x, y }) => `${whole(x)},${whole(y)}`);
  const fresh = pairs.filter((pair, place) => pair !== pairs[place - 1]);
  return `${Math.max(1, Math.round(size * PARTS))}:${fresh.join(";")}`;
};

// How a line is drawn that is soft at its edge: one over the other, each narrower, so that all together they are as full
// as they should be at each distance.
export const layersOf = (size, soft) => {
  if (soft <= 0) return [{ width: size, alpha: 1 }];
  const levels = Array.from({ length: LAYERS }, (_, place) => (place + 1) / LAYERS);
  return levels.map((level, place) => {
    const before = place ? levels[place - 1] : 0;
    return { width: size * (1 - soft * (level - 0.5 / LAYERS)), alpha: (level - before) / (1 - before) };
  });
};
