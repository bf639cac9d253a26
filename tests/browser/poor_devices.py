"""Browsers that cannot draw, or must not be trusted to: scripts that make one of a good one.

Each sets `window.tried` once the page has met what it cannot do.
"""

from __future__ import annotations

WITHOUT_WEBGL = """{
  const context = HTMLCanvasElement.prototype.getContext;
  HTMLCanvasElement.prototype.getContext = function (kind, ...more) {
    if (kind !== "webgl2") return context.call(this, kind, ...more);
    window.tried = true;
    return null;
  };
}"""

RANDOM_READS = """{
  const read = WebGL2RenderingContext.prototype.readPixels;
  WebGL2RenderingContext.prototype.readPixels = function (...more) {
    read.apply(this, more);
    for (let at = 0; at < more[6].length; at += 1) more[6][at] = 256 * Math.random();
    window.tried = true;
  };
}"""
"""What is read of the graphics card is chance, lest it tell one visitor from another."""

WHITE_READS = """{
  for (const { prototype } of [CanvasRenderingContext2D, OffscreenCanvasRenderingContext2D]) {
    const read = prototype.getImageData;
    prototype.getImageData = function (...more) {
      const found = read.apply(this, more);
      found.data.fill(255);
      window.tried = true;
      return found;
    };
  }
  const readCard = WebGL2RenderingContext.prototype.readPixels;
  WebGL2RenderingContext.prototype.readPixels = (...more) => more[6].fill(255);
}"""
"""No canvas is read: all of each is said to be white."""

SLOW = """{
  const [wait, begun] = [WebGL2RenderingContext.prototype.clientWaitSync, new WeakMap()];
  let count = 0;
  WebGL2RenderingContext.prototype.clientWaitSync = function (fence, ...more) {
    if (!begun.has(fence)) {
      begun.set(fence, performance.now());
      count += 1;
      if (count === 12) window.tried = true;
    }
    return performance.now() - begun.get(fence) < 300 ? this.TIMEOUT_EXPIRED : wait.call(this, fence, ...more);
  };
  const readSlowly = WebGL2RenderingContext.prototype.readPixels;
  WebGL2RenderingContext.prototype.readPixels = function (...more) {
    for (const end = performance.now() + 300; performance.now() < end; );
    return readSlowly.apply(this, more);
  };
}"""
"""A picture takes 0.3 s; the last of what a program is given to be quicker is the twelfth."""

POOR = {"no WebGL": WITHOUT_WEBGL, "random": RANDOM_READS, "white": WHITE_READS, "slow": SLOW}
