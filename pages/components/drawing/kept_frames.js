// What draws keep of one frame for those that follow, by the slots of their steps: one picture in floats, or the frames
// of the last seconds in 8 bits. A frame without a time is a still, which has no past and leaves none.
import { frameAt, mostFrames, remember } from "./past_frames.js";
import { setTexture } from "./textures.js";

const SPARE = 2; // pictures that are kept to be drawn into again

// Floats are kept bit by bit as whole numbers: every device draws into these.
const keptPicture = (gl, sides, inBits) => {
  const [texture, frame] = [gl.createTexture(), gl.createFramebuffer()];
  gl.bindTexture(gl.TEXTURE_2D, texture);
  gl.texStorage2D(gl.TEXTURE_2D, 1, inBits ? gl.RGBA32UI : gl.RGBA8, ...sides);
  setTexture(gl, gl.TEXTURE_2D);
  gl.bindFramebuffer(gl.FRAMEBUFFER, frame);
  gl.framebufferTexture2D(gl.FRAMEBUFFER, gl.COLOR_ATTACHMENT0, gl.TEXTURE_2D, texture, 0);
  return { texture, frame };
};

const secondsOf = ({ ages }, found) => ages.map((node) => found[node]);

export const frameShelf = (gl) => {
  const slots = new Map();
  const blank = keptPicture(gl, [1, 1], true); // a sampler of whole numbers reads no other texture
  let time = null;
  const drop = (pictures) => {
    for (const { texture, frame } of pictures) {
      gl.deleteTexture(texture);
      gl.deleteFramebuffer(frame);
    }
  };
  const empty = (slot) => {
    const { frames, spare, next } = slots.get(slot);
    drop([...frames, ...spare, ...(next ? [next] : [])]);
    slots.delete(slot);
  };
  const held = ({ slot, ages }, sides) => {
    const word = `${sides} ${ages.length > 0}`;
    if (slots.has(slot) && slots.get(slot).word !== word) empty(slot);
    if (!slots.has(slot)) slots.set(slot, { word, frames: [], spare: [], next: null });
    return slots.get(slot);
  };
  return {
    // Slots that no draw names are let go.
    hold: (names) => [...slots.keys()].filter((slot) => !names.includes(slot)).forEach(empty),
    // A frame begins; a video that begins anew has no past.
    begin: (t) => {
      if (t === null || (time !== null && t < time)) [...slots.keys()].forEach(empty);
      const elapsed = t === null || time === null ? 0 : Math.max(0, t - time);
      time = t;
      return elapsed;
    },
    // Where a draw puts what is kept of this frame; `found` are the numbers of the program's tree.
    target: (memory, sides, found) => {
      const slot = held(memory, sides);
      const picture = { ...(slot.spare.pop() ?? keptPicture(gl, sides, !memory.ages.length)), time: time ?? 0 };
      const ages = secondsOf(memory, found);
      if (ages.length) remember(slot, picture, Math.max(...ages), mostFrames(sides));
      else slot.next = picture;
      drop(slot.spare.splice(SPARE));
      return picture;
    },
    // What a draw looks at, and whether there is nothing to be looked at yet.
    past: (memory, sides, found) => {
      const ages = secondsOf(memory, found);
      const { frames } = held(memory, sides);
      if (ages.length) return { pictures: ages.map((age) => frameAt(frames, age)), isFresh: false };
      return { pictures: [frames[0] ?? blank], isFresh: !frames.length };
    },
    // The frame is drawn: what was kept of it is the past from now on.
    end: () => {
      for (const slot of slots.values())
        if (slot.next) [slot.spare, slot.frames, slot.next] = [[...slot.spare, ...slot.frames], [slot.next], null];
      if (time === null) [...slots.keys()].forEach(empty);
    },
  };
};
