// The one drawer: a picture, a program as `effects.shaders` writes it, and the values of its variables, on a canvas.
// It knows no effect. Whoever owns the canvas asks for a picture as often as a slider moves.
import { drawnBefore } from "./drawn_before.js";
import { halfShelf, isScalable } from "./half_pictures.js";
import { frameShelf } from "./kept_frames.js";
import { isDrawn, numbersOf, textOf, textsOf } from "./program_parts.js";
import { shaderReads } from "./shader_reads.js";
import { shaderShelf } from "./shaders.js";
import { tableShelf } from "./tables.js";
import { pictureTexture, screenOf, targetShelf } from "./textures.js";

const SETTINGS = { antialias: false, depth: false, premultipliedAlpha: false, preserveDrawingBuffer: true };

// A drawer on a canvas, or null where there is no WebGL2; it refuses pictures with a side of more than `most` pixels.
export const createDrawer = (canvas, most = Number.POSITIVE_INFINITY) => {
  const gl = canvas.getContext("webgl2", SETTINGS);
  if (!gl) return null;
  const canBeDeep = gl.getExtension("EXT_color_buffer_float") ?? gl.getExtension("EXT_color_buffer_half_float");
  const shaders = shaderShelf(gl);
  const tables = tableShelf(gl);
  const memories = frameShelf(gl);
  const read = shaderReads(gl, tables, memories);
  const functions = {};
  const targets = targetShelf(gl, canBeDeep);
  const screen = screenOf(canvas, most);
  const before = drawnBefore();
  const half = halfShelf(gl, before);
  let [program, source] = [null, null];

  const drawOne = (draw, place, found, results) => {
    const inputs = draw.inputs.map((from) => results[from]);
    if (!isDrawn(draw, found)) return inputs[0];
    const isLast = place === program.draws.length - 1;
    const sides = draw.sides.map((node) => Math.max(1, Math.round(found[node])));
    const word = before.wordOf(draw, inputs, sides, found);
    const same = isLast || draw.memory ? null : before.find(place, word);
    if (same) return same;
    const uniform = shaders.use(textOf(draw, functions, found));
    const kept = draw.memory?.keeps ? memories.target(draw.memory, sides, found) : null;
    const made = isLast ? screen(sides) : (kept ?? targets.take(place, sides, draw));
    read(draw, uniform, inputs, found, sides);
    gl.uniform2f(uniform("size"), ...sides);
    gl.uniform1i(uniform("upright"), Number(isLast));
    gl.bindFramebuffer(gl.FRAMEBUFFER, made.frame);
    gl.viewport(0, 0, ...sides);
    gl.drawArrays(gl.TRIANGLES, 0, 3);
    return before.keep(place, word, before.fresh(made));
  };

  return {
    gl,
    // What need not be sent again: names of functions, and digests of the tables that are still there.
    known: () => [...Object.keys(functions), ...tables.known()],
    // The picture that the program begins with.
    take: (picture, width, height) => {
      const texture = pictureTexture(gl, picture, source?.texture);
      source = before.fresh({ texture, sides: [width, height] });
    },
    load: (loaded) => {
      tables.take(loaded.tables, loaded.draws);
      targets.hold(loaded.draws.length - 1); // the last one is drawn on the canvas itself
      memories.hold(loaded.draws.flatMap(({ memory }) => memory?.slot ?? []));
      Object.assign(functions, loaded.functions);
      program = loaded;
      before.forget();
    },
    forget: before.forget, // draw all of the next picture
    // Begin with its shaders; whether it can be drawn, as a still, without waiting for one of them.
    isReady: () => textsOf(program, source.sides, functions).map(shaders.isReady).every(Boolean),
    // Whether it can be drawn at half its sides.
    canBeHalf: () => isScalable(program, tables),
    // Draw it with these values of its variables; `t` is the time in seconds of a frame of video, null for a still.
    draw: (values, t = null, isHalf = false) => {
      const results = { [-1]: isHalf ? half(source) : source };
      const found = numbersOf(program, results[-1].sides, values, t, memories.begin(t));
      for (const [place, draw] of program.draws.entries()) results[place] = drawOne(draw, place, found, results);
      memories.end();
    },
  };
};
