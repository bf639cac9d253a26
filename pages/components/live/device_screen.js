// The screen: pictures of the camera through the program of the stack, onto a canvas.
import { createDrawer } from "../drawing/drawer.js";
import { programAt } from "../drawing/program_files.js";
import { beginProofs } from "./device_proof.js";

const AGAIN = 500; // ms after which a program that could not be fetched is asked for once more
const LOADS = 20; // while a page is drawn anew, its files are not there

// `fail` is called with why nothing can be drawn (any more).
export const screenOn = (canvas, fail) => {
  const proofs = beginProofs();
  let drawer = createDrawer(canvas);
  let told = null; // the program as it came
  let program = null; // as it is drawn
  let moved = {}; // values that a hand moves, until the server has them
  let turn = 0;

  // Tables that need not come again.
  const known = () => proofs.known().filter((digest) => drawer?.known().includes(digest));

  const load = async (wire, tries = LOADS) => {
    turn += 1;
    const mine = turn;
    told = wire;
    try {
      const isKnown = program?.address === wire.program; // then only its values are others
      const loaded = isKnown ? { ...program, values: wire.values } : await programAt(wire, known());
      const isRight = await proofs.isRight(loaded, wire);
      if (mine !== turn || !drawer) return;
      if (!isRight) return fail("unable");
      drawer.load(loaded);
      [program, moved] = [{ ...loaded, address: wire.program }, {}];
    } catch {
      if (mine !== turn) return;
      if (tries) setTimeout(() => mine === turn && load(wire, tries - 1), AGAIN);
      else fail("lost");
    }
  };

  // Whether it was drawn: not before there is a program. `t` is the time in seconds, null for a still.
  const draw = (picture, width, height, t) => {
    if (!program || !drawer) return false;
    try {
      drawer.take(picture, width, height);
      drawer.draw(moved, t);
    } catch {
      program = null;
      fail("unable"); // a shader that this device does not take
    }
    return Boolean(program);
  };

  canvas.addEventListener("webglcontextlost", (event) => {
    event.preventDefault(); // then it may come back
    drawer = program = null;
    setTimeout(() => drawer || fail("lost"), 1000);
  });
  canvas.addEventListener("webglcontextrestored", () => {
    drawer = createDrawer(canvas);
    if (told) load(told);
  });
  return {
    isAble: () => Boolean(drawer) && proofs.isAble(),
    isReady: () => Boolean(program),
    load,
    draw,
    move: (values) => {
      moved = values;
    },
    // Until all that was drawn is there; it says what drawing takes.
    finish: () => drawer?.gl.readPixels(0, 0, 1, 1, drawer.gl.RGBA, drawer.gl.UNSIGNED_BYTE, new Uint8Array(4)),
  };
};
