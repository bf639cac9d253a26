// Whether what this device draws is what the server has made: means of the parts of both pictures, and how long it took.
const PROOF_SIDE = 64; // a side
const TOO_FAR = 2; // levels that a part's mean may differ by: those of single pixels do, where a JPEG has lost something
const FEW = 0.002; // of the parts, that may differ more: at edges a JPEG's colours are not the picture's
const FARTHEST = 12; // levels, that none may
export const SLOW = 100; // ms a picture, above which the server is as good

// Means of red, green and blue of each part; `pixels` are four bytes each, what is transparent lies on white. There are
// so many `parts`, across and down, but no more than pixels.
export const partMeans = (pixels, width, height, parts = [PROOF_SIDE, PROOF_SIDE]) => {
  const [across, down] = [Math.min(parts[0], width), Math.min(parts[1], height)];
  const [sums, counts] = [new Float64Array(3 * across * down), new Float64Array(across * down)];
  for (let y = 0, at = 0; y < height; y += 1) {
    const row = across * Math.floor((y * down) / height);
    for (let x = 0; x < width; x += 1, at += 4) {
      const part = row + Math.floor((x * across) / width);
      const share = pixels[at + 3] / 255;
      for (let channel = 0; channel < 3; channel += 1)
        sums[3 * part + channel] += 255 + share * (pixels[at + channel] - 255);
      counts[part] += 1;
    }
  }
  return sums.map((sum, place) => sum / counts[Math.floor(place / 3)]);
};

// Whether the means of two pictures are those of one.
export const areAlike = (one, other) => {
  const off = one.map((mean, place) => Math.abs(mean - other[place]));
  const far = off.filter((distance) => distance > TOO_FAR).length;
  return one.length === other.length && far <= FEW * off.length && off.every((distance) => distance <= FARTHEST);
};

// The pixels of a picture, scaled where they are not as many.
export const pixelsOf = (picture, width, height) => {
  const pen = new OffscreenCanvas(width, height).getContext("2d", { willReadFrequently: true });
  pen.drawImage(picture, 0, 0, width, height);
  return pen.getImageData(0, 0, width, height).data;
};

const CARD = [32, 96, 160, 255, 224, 8, 64, 255];

// Whether pixels that were put on a canvas come back as they are: where browsers keep them from pages, they do not.
export const readsBack = () => {
  try {
    const pen = new OffscreenCanvas(2, 1).getContext("2d", { willReadFrequently: true });
    pen.putImageData(new ImageData(new Uint8ClampedArray(CARD), 2, 1), 0, 0);
    return pen.getImageData(0, 0, 2, 1).data.every((value, place) => value === CARD[place]);
  } catch {
    return false;
  }
};
