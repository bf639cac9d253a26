// One photo in this browser's IndexedDB.
const KEY = "last";

// What is stored: the file itself, and under which name and hash the page knows it.
export const recordOf = ({ id, name }, file) => ({ id, name, file });

// Whether to offer what is stored: not while the page has it among its recent photos.
export const isOffered = (record, known) => Boolean(record) && !known.includes(record.id);

const answered = (request) =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

const store = async (mode) => {
  const opening = indexedDB.open("emulsion", 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore("photos");
  const base = await answered(opening);
  return base.transaction("photos", mode).objectStore("photos");
};

export const readRecord = async () => answered((await store("readonly")).get(KEY));
export const writeRecord = async (record) => answered((await store("readwrite")).put(record, KEY));

let latest = null; // the photo that came last: no earlier one, whose file takes longer, is put in its place

// Have a photo kept, with the file that `fileOf` finds; what has become of it: "kept", "wanted" where there is no file,
// "late" where another came meanwhile.
export const keepPhoto = async (photo, fileOf, { read, write } = { read: readRecord, write: writeRecord }) => {
  latest = photo.id;
  if ((await read())?.id !== photo.id) {
    const file = await fileOf(photo);
    if (!file && latest === photo.id) return "wanted";
    if (latest === photo.id) await write(recordOf(photo, file));
  }
  return latest === photo.id ? "kept" : "late";
};

export const removeRecord = async () => {
  latest = null;
  return answered((await store("readwrite")).delete(KEY));
};
