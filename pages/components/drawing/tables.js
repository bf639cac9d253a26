// Tables that shaders look things up in, on the GPU.
import { setTexture } from "./textures.js";

// Whole numbers of 8 or 16 bits, one by one or three by three: a line of them, a sheet or a lattice.
const tableTexture = (gl, { sides, channels, bits, bytes }) => {
  const numbers = bits === 8 ? bytes : new Uint16Array(bytes.slice().buffer);
  const inside = gl[`${channels === 1 ? "R" : "RGB"}${bits}UI`];
  const texture = gl.createTexture();
  const kind = sides.length === 3 ? gl.TEXTURE_3D : gl.TEXTURE_2D;
  gl.bindTexture(kind, texture);
  gl.pixelStorei(gl.UNPACK_ALIGNMENT, 1);
  const entry = channels === 1 ? gl.RED_INTEGER : gl.RGB_INTEGER;
  const format = [entry, bits === 8 ? gl.UNSIGNED_BYTE : gl.UNSIGNED_SHORT, numbers];
  if (sides.length === 3) gl.texImage3D(kind, 0, inside, ...sides, 0, ...format);
  else gl.texImage2D(kind, 0, inside, sides[0], sides[1] ?? 1, 0, ...format);
  gl.pixelStorei(gl.UNPACK_ALIGNMENT, 4);
  setTexture(gl, kind);
  return { kind, texture, isSheet: sides.length === 2 };
};

// Tables by their digests, each put on the GPU once. Of those that no draw names as many are kept as make `MAX_TABLES`
// together with the others, the last named longest: who says what the page knows asks `known`.
const MAX_TABLES = 24;
export const tableShelf = (gl) => {
  const tables = new Map();
  return {
    find: (digest) => tables.get(digest),
    known: () => [...tables.keys()],
    take: (fresh, draws) => {
      const named = draws.flatMap((draw) => draw.tables);
      for (const digest of named) {
        const table = tables.get(digest) ?? tableTexture(gl, fresh[digest]);
        tables.delete(digest);
        tables.set(digest, table);
      }
      for (const [digest, { texture }] of [...tables].slice(0, -Math.max(MAX_TABLES, new Set(named).size))) {
        gl.deleteTexture(texture);
        tables.delete(digest);
      }
    },
  };
};
