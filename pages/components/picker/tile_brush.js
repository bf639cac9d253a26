// Draws tiles one after another in one context: each program proves itself first, once.
import { canvasPixels } from "../drawing/canvas_pixels.js";
import { createDrawer } from "../drawing/drawer.js";
import { readsBack, SLOW } from "../drawing/proof.js";
import { cardPixels, isAsMeant } from "./tile_proof.js";

const LARGEST_SIDE = 4096; // px
const KIND = "image/png"; // what a JPEG would lose here, the small picture that it is drawn of has lost before
const AT_A_TIME = 8; // ms of drawing before the page goes on
const TIMES = 3;
const nextFrame = () => new Promise((later) => requestAnimationFrame(later));

// A brush, or null where this browser has none.
export const createBrush = () => {
  const canvas = document.createElement("canvas");
  const drawer = readsBack() ? createDrawer(canvas, LARGEST_SIDE) : null;
  if (!drawer) return null;
  const { gl } = drawer;
  gl.clearColor(0, 0, 0, 1);
  const [right, wrong] = [new Set(), new Set()];
  let begun = performance.now();
  let card = null;

  const ready = async () => {
    if (performance.now() - begun > AT_A_TIME) {
      await nextFrame();
      begun = performance.now();
    }
    while (!drawer.isReady()) await nextFrame();
  };
  const draw = () => {
    drawer.draw({});
    gl.bindFramebuffer(gl.FRAMEBUFFER, null);
    gl.colorMask(false, false, false, true); // a tile hides all: what it begins with does, too
    gl.clear(gl.COLOR_BUFFER_BIT);
    gl.colorMask(true, true, true, true);
  };
  const prove = async (program, { card: sides, parts }) => {
    card ??= new ImageData(cardPixels(sides), ...sides);
    drawer.load(program);
    drawer.take(card, ...sides);
    await ready();
    draw();
    return isAsMeant(canvasPixels(gl), [canvas.width, canvas.height], parts, program.means);
  };

  return {
    isLost: () => gl.isContextLost(),
    // Whether a tile's program can be drawn here, by the file that it stands in.
    isRight: async (name, file) => {
      if (right.has(name) || wrong.has(name)) return right.has(name);
      try {
        ((await prove(file.programs.get(name), file)) ? right : wrong).add(name);
      } catch {
        wrong.add(name); // a shader that this device does not take
      }
      return right.has(name) && !gl.isContextLost();
    },
    // Whether what was drawn last takes no longer than the server would: the quickest of a few times counts.
    isQuick: () => {
      const times = Array.from({ length: TIMES }, () => {
        const start = performance.now();
        draw();
        canvasPixels(gl);
        return performance.now() - start;
      });
      return Math.min(...times) <= SLOW;
    },
    // The picture that a program makes of a source.
    draw: async (program, source) => {
      drawer.load(program);
      drawer.take(source, source.width, source.height);
      await ready();
      draw();
      return new Promise((done) => canvas.toBlob(done, KIND));
    },
  };
};
