// One video comes in: it is chosen or dropped, and goes to the server by itself, so that it waits in nobody's memory.
import { filled } from "../filled.js";
import { sendFile } from "./video_sending.js";

const inputs = new WeakMap(); // by the element that holds one: the script runs at each change of the data

const openInput = (root, given) => {
  const [choose, [ways, sending, status]] = [
    root.querySelector("input[type=file]"),
    [".ways", ".sending", "p"].map((name) => root.querySelector(name)),
  ];
  const [bar, told, stop] = sending.children;
  const input = { ...given, running: null };

  const show = () => {
    const { words, accept, name, is_busy } = input.data;
    choose.accept = accept;
    const isEmpty = !name && !input.running;
    ways.classList.toggle("empty", isEmpty);
    ways.hidden = is_busy || Boolean(input.running);
    ways.querySelector("label > span").textContent = name ? words.another : words.choose;
    ways.querySelector(".hint").textContent = name || words.or_drop;
    stop.textContent = words.stop;
    sending.hidden = !input.running;
  };
  const take = ([file]) => {
    if (!file || input.running || input.data.is_busy) return;
    status.textContent = "";
    input.running = sendFile(file, input.data, {
      onShare: (share) => {
        bar.value = share;
        told.textContent = filled(input.data.words.sending, { name: file.name, share: Math.floor(share * 100) });
      },
      onEnd: (isAnswered) => {
        input.running = null;
        if (!isAnswered) status.textContent = input.data.words.not_sent;
        show();
        input.setTriggerValue("told", Date.now());
      },
    });
    show();
  };
  choose.onchange = () => {
    take([...choose.files]);
    choose.value = ""; // the same one again is a change, too
  };
  stop.onclick = () => {
    input.running?.abort();
    input.running = null;
    show();
  };
  const isOfFiles = (event) => event.dataTransfer?.types.includes("Files");
  const onDragOver = (event) => isOfFiles(event) && event.preventDefault();
  const onDrop = (event) => {
    if (!isOfFiles(event)) return;
    event.preventDefault();
    take([...event.dataTransfer.files]);
  };
  window.addEventListener("dragover", onDragOver);
  window.addEventListener("drop", onDrop);
  input.show = show;
  input.end = () => {
    window.removeEventListener("dragover", onDragOver);
    window.removeEventListener("drop", onDrop);
    input.running?.abort();
    inputs.delete(root);
  };
  return input;
};

export default function ({ parentElement, ...given }) {
  const input = inputs.get(parentElement) ?? openInput(parentElement, given);
  inputs.set(parentElement, Object.assign(input, given));
  input.show();
  return input.end;
}
