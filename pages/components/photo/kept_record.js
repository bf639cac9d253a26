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
export const removeRecord = async () => answered((await store("readwrite")).delete(KEY));
