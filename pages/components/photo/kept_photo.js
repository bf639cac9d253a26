// One photo in this browser's IndexedDB: put there when it is opened, offered when there is none on the page.
const INPUTS = ":is(.st-key-upload, .st-key-intake) input[type=file]";
const KEY = "last";
const MAX_CHOSEN = 3; // files, of those that went into the uploader
const MAX_NAME = 40; // letters

let chosen = []; // the newest first
const forgotten = new Set();
const asked = new Set();

// Files that have just been chosen, before those of earlier.
export const newestFirst = (files, earlier) => [...files, ...earlier].slice(0, MAX_CHOSEN);

// The file that the page has a photo of, by what the server knows of it.
export const sourceOf = ({ name, size }, files) => files.find((file) => file.name === name && file.size === size);

// What is stored: the file itself, and under which name and hash the page knows it.
export const recordOf = ({ id, name }, file) => ({ id, name, file });

// Whether to offer what is stored: not while the page has it among its recent photos.
export const isOffered = (record, known) => Boolean(record) && !known.includes(record.id);

// A name that fits on a line, cut between two letters, however many units each of them has.
export const short = (name) => {
  const letters = [...name];
  return letters.length > MAX_NAME ? `${letters.slice(0, MAX_NAME - 2).join("")} ...` : name;
};

const onChange = ({ target }) => {
  if (target.matches?.(INPUTS)) chosen = newestFirst(target.files, chosen);
};
const onDrop = ({ dataTransfer }) => {
  if (dataTransfer) chosen = newestFirst(dataTransfer.files, chosen);
};

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
const read = async () => answered((await store("readonly")).get(KEY));
const write = async (record) => answered((await store("readwrite")).put(record, KEY));
const remove = async () => answered((await store("readwrite")).delete(KEY));

const fileOf = async (photo) => {
  const same = sourceOf(photo, chosen);
  if (same || !photo.url) return same;
  const answer = await fetch(photo.url);
  return answer.ok ? answer.blob() : undefined;
};

// As if the person had chosen the file: it goes up like any other.
const upload = (file) => window.dispatchEvent(new CustomEvent("emulsion-photos", { detail: [file] }));

export default function ({ parentElement, data, setTriggerValue }) {
  window.addEventListener("change", onChange, true);
  window.addEventListener("drop", onDrop, true);

  const line = parentElement.querySelector("p");
  const [words, open, forget] = line.children;

  // Without words it takes no room on the page either.
  const hide = (hidden) => {
    line.hidden = hidden;
    const place = line.getRootNode().host?.closest(".st-key-kept_photo");
    if (place) place.style.position = hidden ? "absolute" : "";
  };

  const show = (sentence, record) => {
    words.textContent = sentence;
    open.hidden = !record;
    hide(!sentence);
    open.onclick = () => upload(new File([record.file], record.name));
    forget.onclick = async () => {
      if (data.photo) forgotten.add(data.photo.id);
      await remove();
      hide(true); // not before it is gone
    };
  };

  const keep = async (photo) => {
    const record = await read();
    if (record?.id !== photo.id) {
      const file = await fileOf(photo);
      if (!file && asked.has(photo.id)) return show("");
      if (!file) {
        asked.add(photo.id);
        return setTriggerValue("wanted", photo.id);
      }
      await write(recordOf(photo, file));
    }
    return show(`${short(photo.name)} is kept in this browser only.`);
  };

  const offer = async () => {
    const record = await read();
    if (!isOffered(record, data.known)) return show("");
    return show(`Your photo ${short(record.name)} is kept in this browser only.`, record);
  };

  const draw = async () => {
    if (data.photo && forgotten.has(data.photo.id)) show("");
    else await (data.photo ? keep(data.photo) : offer());
  };
  draw().catch(() => show("")); // a private window may keep nothing
}
