// What a GIF is made of: small pictures of the canvas, some times a second, which go up as one file when it is finished.
import { sendFrames, sendWaiting } from "./device_unsent.js";

// The sides of the pictures: as the canvas, the longer one at most so long.
export const smallSides = ({ width, height }, side) => {
  const shrink = Math.min(1, side / Math.max(width, height));
  return [width, height].map((each) => Math.max(1, Math.round(each * shrink)));
};

// All of them in one: width and height, and for each picture its time in ms and its pixels, three bytes each.
export const joined = ([width, height], frames) => {
  const long = 4 + 3 * width * height;
  const bytes = new Uint8Array(4 + long * frames.length);
  const view = new DataView(bytes.buffer);
  view.setUint16(0, width);
  view.setUint16(2, height);
  for (const [place, { when, pixels }] of frames.entries()) {
    let at = 4 + place * long;
    view.setUint32(at, Math.round(when));
    at += 4;
    for (let from = 0; from < pixels.length; from += 4, at += 3) bytes.set(pixels.subarray(from, from + 3), at);
  }
  return bytes;
};

const packed = (bytes) => new Response(new Blob([bytes]).stream().pipeThrough(new CompressionStream("deflate"))).blob();

// As a recorder of films; `tellUnsent` is told whether frames wait that did not go up.
export const gifRecorderOf = (canvas, { side, gap, seconds: most }, tell, tellUnsent) => {
  sendWaiting(tellUnsent);
  let timer = 0;
  let [frames, sides, began] = [[], [], 0];

  const finish = async () => {
    if (!timer) return;
    clearInterval(timer);
    timer = 0;
    tell(null);
    sendFrames(await packed(joined(sides, frames)));
  };
  const begin = () => {
    [frames, sides, began] = [[], smallSides(canvas, side), performance.now()];
    const small = Object.assign(document.createElement("canvas"), { width: sides[0], height: sides[1] });
    const pen = small.getContext("2d", { alpha: false, willReadFrequently: true });
    const look = () => {
      const when = performance.now() - began;
      if (when > 1000 * most) return finish();
      pen.drawImage(canvas, 0, 0, ...sides);
      frames.push({ when, pixels: pen.getImageData(0, 0, ...sides).data });
      tell(when / 1000);
    };
    timer = setInterval(look, 1000 * gap);
    look();
  };
  return { begin, finish, isOn: () => Boolean(timer) };
};
