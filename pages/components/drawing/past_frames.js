// The frames of the last seconds, oldest first, each with its time: which are kept, and which one is looked at.
const MAX_FRAMES = 160; // as the library has it
const MAX_BYTES = 2 ** 28; // of a slot's frames: of large ones fewer are kept
const TREMOR = 1e-6; // s

export const mostFrames = ([width, height]) =>
  Math.min(MAX_FRAMES, Math.max(4, Math.floor(MAX_BYTES / (4 * width * height))));

// One more frame among the others, without those that nobody asks for: older than `span` seconds, or too close.
export const remember = ({ frames, spare }, picture, span, most) => {
  frames.push(picture);
  const gap = span / (most - 2);
  if (frames.length > 2 && frames.at(-2).time - frames.at(-3).time < gap * 0.99) spare.push(...frames.splice(-2, 1));
  while (frames.length > 1 && frames[1].time <= picture.time - span) spare.push(frames.shift());
};

// The frame that was to be seen so many seconds ago, the oldest there is if none is that old.
export const frameAt = (frames, age) => {
  const wanted = frames.at(-1).time - age + TREMOR;
  return [...frames].reverse().find(({ time }) => time <= wanted) ?? frames[0];
};
