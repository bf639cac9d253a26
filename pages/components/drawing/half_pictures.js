// The picture that a program begins with at half its sides: for as long as a hand moves, where all of it takes too long.
import { targetShelf } from "./textures.js";

// Whether a program draws the same at another size: not where it has a sheet of numbers that is as large as the picture,
// and not where it remembers pictures.
export const isScalable = ({ draws }, tables) =>
  draws.every((draw) => !draw.memory && draw.tables.every((digest) => !tables.find(digest).isSheet));

export const halfShelf = (gl, { fresh }) => {
  const [targets, reader] = [targetShelf(gl, false), gl.createFramebuffer()];
  let [half, whole] = [null, null];
  return (picture) => {
    if (picture === whole) return half;
    const sides = picture.sides.map((side) => Math.max(1, Math.round(side / 2)));
    const made = targets.take(0, sides, {});
    gl.bindFramebuffer(gl.READ_FRAMEBUFFER, reader);
    gl.framebufferTexture2D(gl.READ_FRAMEBUFFER, gl.COLOR_ATTACHMENT0, gl.TEXTURE_2D, picture.texture, 0);
    gl.bindFramebuffer(gl.DRAW_FRAMEBUFFER, made.frame);
    gl.blitFramebuffer(0, 0, ...picture.sides, 0, 0, ...sides, gl.COLOR_BUFFER_BIT, gl.LINEAR);
    [half, whole] = [fresh(made), picture];
    return half;
  };
};
