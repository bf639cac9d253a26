// What a program's draws come to at one moment: their numbers, whether they are drawn, the text of their shaders.
import { evaluateTree } from "./expression.js";
import { shaderText } from "./shaders.js";

// The numbers of its tree, for a picture of this size, these values of its variables, and a time in seconds.
export const numbersOf = (program, [width, height], values, t, elapsed) => {
  const frame = { width, height, short: Math.min(width, height), t: t ?? 0, elapsed };
  const shared = Object.entries(frame).map(([name, value]) => [`picture.${name}`, value]);
  return evaluateTree(program.tree, { ...program.values, ...values, ...Object.fromEntries(shared) });
};

export const isDrawn = (draw, found) => draw.when === null || found[draw.when];

// The texts of all shaders of a still of this size.
export const textsOf = (program, size, functions) => {
  const found = numbersOf(program, size, {}, null, 0);
  return program.draws.filter((draw) => isDrawn(draw, found)).map((draw) => textOf(draw, functions, found));
};

export const textOf = (draw, functions, found) =>
  shaderText(
    draw,
    functions,
    draw.flags.map((node) => found[node]),
  );
