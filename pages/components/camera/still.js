// One photo of a running camera: by the camera itself where the browser can ask it, else as the finder shows it.
const JPEG = "image/jpeg";
const QUALITY = 0.95;
const PATIENCE = 4000; // ms that a camera has for its own photo

const late = (ms) =>
  new Promise((_, reject) => {
    setTimeout(reject, ms, new Error("the camera took too long"));
  });

// A picture of this size as a JPEG, turned over where it is to be a mirror's.
const asJpeg = (picture, width, height, isMirrored) => {
  const canvas = document.createElement("canvas");
  Object.assign(canvas, { width, height });
  const pen = canvas.getContext("2d");
  if (isMirrored) pen.setTransform(-1, 0, 0, 1, width, 0);
  pen.drawImage(picture, 0, 0, width, height);
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("no JPEG"))), JPEG, QUALITY);
  });
};

const byCamera = async (track) => Promise.race([new ImageCapture(track).takePhoto(), late(PATIENCE)]);

export const still = async (video, track, isMirrored) => {
  let photo = null;
  try {
    photo = await byCamera(track);
    if (photo.type === JPEG && !isMirrored) return photo;
    const picture = await createImageBitmap(photo); // upright, also where the file only says how to turn it
    return await asJpeg(picture, picture.width, picture.height, isMirrored);
  } catch {
    return asJpeg(video, video.videoWidth, video.videoHeight, isMirrored);
  }
};
