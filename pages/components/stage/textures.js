// Pictures and tables on the GPU: texel by texel, nothing converted, nothing between two of them but what a shader does.
const setTexture = (gl, kind) => {
  const sides = [gl.TEXTURE_WRAP_S, gl.TEXTURE_WRAP_T, ...(kind === gl.TEXTURE_3D ? [gl.TEXTURE_WRAP_R] : [])];
  for (const side of sides) gl.texParameteri(kind, side, gl.CLAMP_TO_EDGE);
  for (const size of [gl.TEXTURE_MIN_FILTER, gl.TEXTURE_MAG_FILTER]) gl.texParameteri(kind, size, gl.NEAREST);
};

// A picture as the browser has it (an image, a canvas, a frame of video), as straight 8-bit RGBA, the first row first.
export const pictureTexture = (gl, picture, texture = gl.createTexture()) => {
  gl.bindTexture(gl.TEXTURE_2D, texture);
  for (const change of [gl.UNPACK_FLIP_Y_WEBGL, gl.UNPACK_PREMULTIPLY_ALPHA_WEBGL]) gl.pixelStorei(change, false);
  gl.pixelStorei(gl.UNPACK_COLORSPACE_CONVERSION_WEBGL, gl.NONE);
  gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGBA8, gl.RGBA, gl.UNSIGNED_BYTE, picture);
  setTexture(gl, gl.TEXTURE_2D);
  return texture;
};

// Whole numbers of 8 or 16 bits, one by one or three by three: a line of them, a sheet or a lattice.
export const tableTexture = (gl, { sides, channels, bits, bytes }) => {
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
  return { kind, texture };
};

// Pictures to be drawn into, by number: each is kept as long as it has the size that is asked for. Deep ones are of
// half floats where the graphics card can draw into these, else of 8 bits, too.
export const targetShelf = (gl, canBeDeep) => {
  const targets = [];
  const made = (sides, deep) => {
    const texture = gl.createTexture();
    gl.bindTexture(gl.TEXTURE_2D, texture);
    gl.texStorage2D(gl.TEXTURE_2D, 1, deep && canBeDeep ? gl.RGBA16F : gl.RGBA8, ...sides);
    setTexture(gl, gl.TEXTURE_2D);
    const frame = gl.createFramebuffer();
    gl.bindFramebuffer(gl.FRAMEBUFFER, frame);
    gl.framebufferTexture2D(gl.FRAMEBUFFER, gl.COLOR_ATTACHMENT0, gl.TEXTURE_2D, texture, 0);
    return { texture, frame, sides, deep };
  };
  return (place, sides, deep) => {
    const held = targets[place];
    if (held?.deep === deep && held.sides.every((side, axis) => side === sides[axis])) return held;
    if (held) gl.deleteTexture(held.texture);
    if (held) gl.deleteFramebuffer(held.frame);
    targets[place] = made(sides, deep);
    return targets[place];
  };
};
