// What a shader reads: pictures, tables, what was kept of frames before, and numbers.
import { textureBinder } from "./textures.js";

export const shaderReads = (gl, tables, memories) => {
  const bind = textureBinder(gl);
  // `uniform` finds a place by its name, `found` are the numbers of the program's tree.
  return (draw, uniform, inputs, found, sides) => {
    inputs.map(({ texture }, input) => bind(input, gl.TEXTURE_2D, texture, uniform(input ? `I${input}` : "source")));
    let place = inputs.length;
    for (const [table, digest] of draw.tables.entries()) {
      const { kind, texture } = tables.find(digest);
      bind(place, kind, texture, uniform(`T${table}`));
      place += 1;
    }
    const { memory } = draw;
    if (memory && !(memory.keeps && memory.ages.length)) {
      const { pictures, isFresh } = memories.past(memory, sides, found);
      for (const [number, { texture }] of pictures.entries())
        bind(place + number, gl.TEXTURE_2D, texture, uniform(`P${number}`));
      if (!memory.ages.length) gl.uniform1i(uniform("fresh"), Number(isFresh));
    }
    const numbers = new Float32Array(4 * Math.ceil(draw.numbers.length / 4));
    numbers.set(draw.numbers.map((node) => found[node]));
    if (numbers.length) gl.uniform4fv(uniform("u"), numbers);
  };
};
