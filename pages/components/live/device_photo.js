// Photos of the video: the camera's own picture at its full size, and the same after the stack.
const MARGIN = 0.04; // of a photo's shorter side, around the photos of a strip
const PNG = "image/png"; // without loss: the photo is the stack's result to the last bit

const asPng = (canvas) =>
  new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("no PNG"))), PNG);
  });

const penOn = (width, height, canvas = document.createElement("canvas")) => {
  if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
  return canvas.getContext("2d", { alpha: false });
};

// The video's picture as it is kept: turned over where photos are a mirror's.
export const pictureOf = (video, isTurned, canvas) => {
  const { videoWidth: width, videoHeight: height } = video;
  const pen = penOn(width, height, canvas);
  pen.setTransform(isTurned ? -1 : 1, 0, 0, 1, isTurned ? width : 0, 0);
  pen.drawImage(video, 0, 0, width, height);
  return pen.canvas;
};

// One photo, or nothing while there is no program: the camera's picture and what is drawn of it.
export const photoOf = async (video, screen, canvas, isTurned, t) => {
  const raw = pictureOf(video, isTurned);
  if (!screen.draw(raw, raw.width, raw.height, t)) return null;
  const [seen, own] = await Promise.all([asPng(canvas), asPng(raw)]); // the first is read before anything else is drawn
  return { blob: seen, raw: own };
};

// The photos one below the other on white, as from a booth.
export const stripOf = async (photos) => {
  const pictures = await Promise.all(photos.map(({ blob }) => createImageBitmap(blob)));
  const [{ width, height }] = pictures;
  const margin = Math.max(1, Math.round(MARGIN * Math.min(width, height)));
  const pen = penOn(width + 2 * margin, margin + pictures.length * (height + margin));
  pen.fillStyle = "#fff";
  pen.fillRect(0, 0, pen.canvas.width, pen.canvas.height);
  for (const [place, picture] of pictures.entries())
    pen.drawImage(picture, margin, margin + place * (height + margin), width, height);
  return { blob: await asPng(pen.canvas), raw: null };
};
