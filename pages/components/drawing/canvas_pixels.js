// The pixels of a WebGL canvas that was just drawn on, four bytes each, the first row first.
export const canvasPixels = (gl) => {
  const { width, height } = gl.canvas;
  const [rows, upright] = [new Uint8Array(4 * width * height), new Uint8Array(4 * width * height)];
  gl.bindFramebuffer(gl.FRAMEBUFFER, null);
  gl.readPixels(0, 0, width, height, gl.RGBA, gl.UNSIGNED_BYTE, rows);
  for (let y = 0; y < height; y += 1)
    upright.set(rows.subarray(4 * width * (height - 1 - y), 4 * width * (height - y)), 4 * width * y);
  return upright;
};
