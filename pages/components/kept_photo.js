// One photo in this browser's IndexedDB: put there when it is opened, offered when there is none on the page.
const INPUT = ".st-key-upload input[type=file]";
const KEY = "last";

const chosen = []; // files that went into the uploader, the newest first
const forgotten = new Set();
const asked = new Set();

const note = (files) => chosen.unshift(...files) && chosen.splice(3);
window.addEventListener("change", ({ target }) => target.matches?.(INPUT) && note(target.files), true);
window.addEventListener("drop", ({ dataTransfer }) => dataTransfer && note(dataTransfer.files), true);

const short = (name) => (name.length > 40 ? `${[...name].slice(0, 38).join("")} ...` : name);

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

const fileOf = async ({ name, size, url }) => {
  const same = chosen.find((file) => file.name === name && file.size === size);
  if (same || !url) return same;
  const answer = await fetch(url);
  return answer.ok ? answer.blob() : undefined;
};

// As if the person had chosen the file: it goes up like any other.
const upload = (file) => {
  const input = document.querySelector(INPUT);
  if (!input) return false;
  const hand = new DataTransfer();
  hand.items.add(file);
  input.files = hand.files;
  input.dispatchEvent(new Event("change", { bubbles: true }));
  return true;
};

const uploadSoon = (file, tries = 50) => {
  if (upload(file) || !tries) return;
  document.querySelector(".st-key-source button")?.click(); // the first source is the uploader
  setTimeout(uploadSoon, 100, file, tries - 1);
};

export default function ({ parentElement, data, setTriggerValue }) {
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
    open.onclick = () => uploadSoon(new File([record.file], record.name));
    forget.onclick = async () => {
      if (data.photo) forgotten.add(data.photo.id);
      hide(true);
      await remove();
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
      await write({ id: photo.id, name: photo.name, file });
    }
    return show(`${short(photo.name)} is kept in this browser only.`);
  };

  const offer = async () => {
    const record = await read();
    if (!record || data.known.includes(record.id)) return show("");
    return show(`Your photo ${short(record.name)} is kept in this browser only.`, record);
  };

  const draw = async () => {
    if (data.photo && forgotten.has(data.photo.id)) show("");
    else await (data.photo ? keep(data.photo) : offer());
  };
  draw().catch(() => show("")); // a private window may keep nothing
}
