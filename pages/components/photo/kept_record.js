// A photo of each tab in this browser's IndexedDB: a reload brings a tab its own, a new tab the one that came last.
const MAX_TABS = 3;
const NAME = "emulsion-tab"; // of a tab in its own storage, which outlives a reload

// What is stored: the file itself, under which name and hash the page knows it, and when it came.
export const recordOf = ({ id, name }, file, at = Date.now()) => ({ id, name, file, at });

// Of all that is stored, tab by tab, what this one is offered, and the tabs whose photos are kept no longer.
export const ownOrLast = (records, tab) => records.get(tab) ?? newest(records)[0]?.[1];
export const surplus = (records) =>
  newest(records)
    .slice(MAX_TABS)
    .map(([tab]) => tab);
const newest = (records) => [...records].sort(([, one], [, other]) => (other.at ?? 0) - (one.at ?? 0));

const thisTab = () => {
  const name = sessionStorage.getItem(NAME) ?? `${Date.now()}-${Math.random()}`;
  sessionStorage.setItem(NAME, name);
  return name;
};

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

const readAll = async () => {
  const photos = await store("readonly");
  const [tabs, records] = await Promise.all([answered(photos.getAllKeys()), answered(photos.getAll())]);
  return new Map(tabs.map((tab, place) => [tab, records[place]]));
};

export const readRecord = async () => ownOrLast(await readAll(), thisTab());
const readOwn = async () => (await readAll()).get(thisTab());
const writeRecord = async (record) => {
  await answered((await store("readwrite")).put(record, thisTab()));
  for (const tab of surplus(await readAll())) await answered((await store("readwrite")).delete(tab));
};

let latest = null; // the photo that came last: no earlier one, whose file takes longer, is put in its place

// Have a photo kept, with the file that `fileOf` finds; what has become of it: "kept", "wanted" where there is no file,
// "late" where another came meanwhile.
export const keepPhoto = async (photo, fileOf, { read, write } = { read: readOwn, write: writeRecord }) => {
  latest = photo.id;
  if ((await read())?.id !== photo.id) {
    const file = await fileOf(photo);
    if (!file && latest === photo.id) return "wanted";
    if (latest === photo.id) await write(recordOf(photo, file));
  }
  return latest === photo.id ? "kept" : "late";
};

// Every tab's copy of a photo goes.
export const removeRecord = async (id) => {
  latest = null;
  for (const [tab, record] of await readAll())
    if (record.id === id) await answered((await store("readwrite")).delete(tab));
};
