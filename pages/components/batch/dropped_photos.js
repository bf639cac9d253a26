// The files that were dropped, with all photos in the folders among them.
const ending = (name) => name.split(".").at(-1).toLowerCase();

const pathOf = (file) => file.webkitRelativePath || file.name;

// Of the files of a folder, those that are photos by their names, in the order of these; hidden ones are passed over.
export const photosIn = (files, endings) =>
  files
    .filter(({ name }) => !name.startsWith(".") && name.includes(".") && endings.includes(ending(name)))
    .sort((one, other) => pathOf(one).localeCompare(pathOf(other), undefined, { numeric: true }));

const fileOf = (entry) => new Promise((resolve, reject) => entry.file(resolve, reject));

// A folder tells of so many at a time, and of none at its end.
const entriesIn = async (folder) => {
  const [reader, found] = [folder.createReader(), []];
  for (;;) {
    const some = await new Promise((resolve, reject) => reader.readEntries(resolve, reject));
    if (!some.length) return found;
    found.push(...some);
  }
};

const filesUnder = async (entry) => {
  if (entry.isFile) return [await fileOf(entry)];
  const parts = await Promise.all((await entriesIn(entry)).map(filesUnder));
  return parts.flat();
};

// What was dropped as a file is taken whatever it is; a browser forgets what it was after the event's own moment.
export const droppedPhotos = async ({ items, files }, endings) => {
  const entries = [...items].map((item) => item.webkitGetAsEntry?.()).filter(Boolean);
  if (!entries.some(({ isDirectory }) => isDirectory)) return [...files];
  const parts = entries.map(async (entry) => {
    const found = await filesUnder(entry);
    return entry.isDirectory ? photosIn(found, endings) : found;
  });
  return (await Promise.all(parts)).flat();
};
