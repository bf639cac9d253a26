// A program proves itself before it draws the camera's picture: on a card of the server's, which it has drawn, too.

import { canvasPixels } from "../drawing/canvas_pixels.js";
import { createDrawer } from "../drawing/drawer.js";
import { sourceAt } from "../drawing/program_files.js";
import { areAlike, partMeans, pixelsOf, readsBack } from "../drawing/proof.js";

// Draws beside the screen: what is on that, and what it remembers of the frames before, stays as it is.
const proverMade = () => (readsBack() ? createDrawer(document.createElement("canvas")) : null);

const isDrawnAs = ({ gl, take, load, draw }, loaded, card, made) => {
  try {
    take(card, card.width, card.height);
    load(loaded);
    draw({});
  } catch {
    return false; // a shader that this device does not take
  }
  const { width, height } = gl.canvas;
  const [drawn, meant] = [canvasPixels(gl), pixelsOf(made, width, height)];
  if (gl.isContextLost()) throw new Error("lost");
  return areAlike(partMeans(drawn, width, height), partMeans(meant, width, height));
};

export const beginProofs = () => {
  const proven = new Set(); // addresses of programs
  let prover = proverMade();
  return {
    isAble: () => Boolean(prover),
    known: () => prover?.known() ?? [],
    // Whether a program, whose tables may be those that are known, draws what it should.
    isRight: async (loaded, { program, proof }) => {
      if (!proof || proven.has(program)) return true;
      const [card, made] = await Promise.all([proof.card, proof.made].map(sourceAt));
      if (prover?.gl.isContextLost()) prover = proverMade();
      if (!prover || !isDrawnAs(prover, loaded, card, made)) return false;
      proven.add(program);
      return true;
    },
  };
};
