// Photos on their way to the server: a few at a time, each by itself, so that none waits in anybody's memory.
const AT_ONCE = 3;
const SMALL_SIDE = 240; // pixels of a small picture's width

// Where a photo goes, and that it goes there; of one that is not taken for its size the server only hears.
export const sendingOf = ({ number, name, file }, { address, most }) => {
  const wishes = new URLSearchParams({ name, size: file.size });
  const isTaken = file.size > 0 && file.size <= most.bytes;
  return [`${address}/${number}?${wishes}`, { method: "PUT", body: isTaken ? file : null }];
};

// A small picture of a file, where the browser can read it; "" where it cannot.
const smallPicture = async (file) => {
  try {
    const bitmap = await createImageBitmap(file, { resizeWidth: SMALL_SIDE, resizeQuality: "medium" });
    const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
    canvas.getContext("2d").drawImage(bitmap, 0, 0);
    bitmap.close();
    return URL.createObjectURL(await canvas.convertToBlob({ type: "image/jpeg", quality: 0.8 }));
  } catch {
    return "";
  }
};

const send = async (photo, data) => {
  const { file } = photo;
  try {
    const answer = await fetch(...sendingOf(photo, data));
    Object.assign(photo, answer.ok ? { status: "waiting" } : { status: "failed", sentence: data.words.not_sent });
  } catch {
    Object.assign(photo, { status: "failed", sentence: data.words.not_sent });
  }
  if (photo.status === "waiting") photo.small = await smallPicture(file);
  photo.file = null; // the browser need not hold on to it
};

// Send all; `told` is called as each has come, or has not.
export const sendAll = async (photos, data, told) => {
  const line = [...photos];
  const sender = async () => {
    for (let photo = line.shift(); photo; photo = line.shift()) {
      await send(photo, data);
      told();
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, sender));
};
