// The photo that this browser keeps: put there when it is opened, offered when there is none on the page.
import { filled } from "../filled.js";
import { chosenFile, watchChosen } from "./chosen_files.js";
import { isOffered, keepPhoto, readRecord, removeRecord } from "./kept_record.js";
import { lossWatch } from "./lost_photo.js";

const MAX_NAME = 40; // letters

const forgotten = new Set();
const asked = new Set();
const losses = lossWatch();

// A name that fits on a line, cut between two letters, however many units each of them has.
export const short = (name) => {
  const letters = [...name];
  return letters.length > MAX_NAME ? `${letters.slice(0, MAX_NAME - 2).join("")} ...` : name;
};

const fileOf = async (photo) => {
  const same = chosenFile(photo);
  if (same || !photo.url) return same;
  const answer = await fetch(photo.url);
  return answer.ok ? answer.blob() : undefined;
};

const fileIn = (record) => new File([record.file], record.name);

// As if the person had chosen the file: it goes up like any other.
const upload = (file) => window.dispatchEvent(new CustomEvent("emulsion-photos", { detail: [file] }));

export default function ({ parentElement, data, setTriggerValue }) {
  watchChosen();
  const line = parentElement.querySelector("p");
  const [sentence, again, forget] = line.children;
  again.textContent = data.words.open;
  forget.textContent = data.words.forget;

  // Without words it takes no room on the page either.
  const hide = (hidden) => {
    line.hidden = hidden;
    const place = line.getRootNode().host?.closest(".st-key-kept_photo");
    if (place) place.style.position = hidden ? "absolute" : "";
  };

  const show = (words, { id, name } = { id: "", name: "" }, record = null) => {
    sentence.textContent = filled(words, { name: short(name) });
    again.hidden = !record;
    hide(!words);
    again.onclick = () => upload(fileIn(record));
    forget.onclick = async () => {
      forgotten.add(id);
      await removeRecord(id);
      hide(true); // not before it is gone
    };
  };

  const keep = async (photo) => {
    losses.see(photo.id);
    const outcome = await keepPhoto(photo, fileOf);
    if (outcome === "kept") return show(data.words[losses.wasLost(photo.id) ? "back" : "kept"], photo);
    if (outcome === "late") return undefined; // the later one says what becomes of it
    if (asked.has(photo.id)) return show("");
    asked.add(photo.id);
    return setTriggerValue("wanted", photo.id);
  };

  const offer = async () => {
    const record = await readRecord();
    if (!isOffered(record, data.known)) return show("");
    show(data.words.offered, record, record);
    if (losses.isLost(record, data.known)) upload(fileIn(record));
  };

  const draw = async () => {
    if (data.photo && forgotten.has(data.photo.id)) show("");
    else await (data.photo ? keep(data.photo) : offer());
  };
  draw().catch(() => show("")); // a private window may keep nothing
}
