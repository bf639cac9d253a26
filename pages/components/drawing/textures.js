// Pictures on the GPU: texel by texel, nothing converted, nothing between two of them but what a shader does.
export const setTexture = (gl, kind) => {
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

// Pictures to be drawn into, by number: each is kept as long as it has the size that is asked for. Deep ones are of
// half floats where the graphics card can draw into these, else of 8 bits, too; curves are of floats, kept bit by bit as
// whole numbers: every device draws into these.
export const targetShelf = (gl, canBeDeep) => {
  const targets = [];
  const formOf = ({ deep, curve }) => (curve ? gl.RGBA32UI : deep && canBeDeep ? gl.RGBA16F : gl.RGBA8);
  const made = (sides, form) => {
    const texture = gl.createTexture();
    gl.bindTexture(gl.TEXTURE_2D, texture);
    gl.texStorage2D(gl.TEXTURE_2D, 1, form, ...sides);
    setTexture(gl, gl.TEXTURE_2D);
    const frame = gl.createFramebuffer();
    gl.bindFramebuffer(gl.FRAMEBUFFER, frame);
    gl.framebufferTexture2D(gl.FRAMEBUFFER, gl.COLOR_ATTACHMENT0, gl.TEXTURE_2D, texture, 0);
    return { texture, frame, sides, form };
  };
  const drop = (held) => {
    gl.deleteTexture(held.texture);
    gl.deleteFramebuffer(held.frame);
  };
  return {
    take: (place, sides, draw) => {
      const held = targets[place];
      const form = formOf(draw);
      if (held?.form === form && held.sides.every((side, axis) => side === sides[axis])) return held;
      if (held) drop(held);
      targets[place] = made(sides, form);
      return targets[place];
    },
    // No more than so many are drawn into; the gaps among them hold nothing.
    hold: (count) => targets.splice(count).filter(Boolean).forEach(drop),
  };
};

// Puts a texture at one of the places that a shader reads from, and tells its uniform which.
export const textureBinder = (gl) => (place, kind, texture, uniform) => {
  gl.activeTexture(gl.TEXTURE0 + place);
  gl.bindTexture(kind, texture);
  gl.uniform1i(uniform, place);
};

// The canvas itself as what is drawn into, as large as is asked for; it refuses a side of more than `most` pixels.
export const screenOf =
  (canvas, most) =>
  ([width, height]) => {
    if (Math.max(width, height) > most) throw new RangeError(`${width} x ${height}`);
    if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
    return { frame: null };
  };
