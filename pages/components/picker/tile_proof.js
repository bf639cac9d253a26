// A tile's program proves itself on a card: what it makes of that has the means that the server has found.
import { partMeans } from "../drawing/proof.js";

const MEANS_OFF = 3; // levels

// The picture that programs prove themselves on, as `tile_programs.py` draws it.
export const cardPixels = ([width, height]) => {
  const pixels = new Uint8ClampedArray(4 * width * height);
  for (let at = 0; at < width * height; at += 1) {
    const red = Math.floor((255 * (at % width)) / (width - 1));
    const green = Math.floor((255 * Math.floor(at / width)) / (height - 1));
    pixels.set([red, green, Math.floor((510 - red - green) / 2), 255], 4 * at);
  }
  return pixels;
};

// Whether pixels, four bytes each, have these means.
export const isAsMeant = (pixels, [width, height], parts, means) => {
  const made = partMeans(pixels, width, height, parts);
  return made.length === means.length && made.every((mean, place) => Math.abs(mean - means[place]) <= MEANS_OFF);
};
