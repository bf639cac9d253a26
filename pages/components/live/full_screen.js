// The booth over the whole screen: the page as a whole goes there, so that what opens over it can be seen, too; styles
// (booth.css) leave of it the video and the row under it. A browser without full screens for pages gives its window.
import { FRAMES } from "./player_frames.js";
import { onSpace } from "./space.js";

const root = () => document.documentElement;
const GONE = 500; // ms after which a button that was taken off the page, and not drawn anew, is gone with its page
const isFull = () => root().dataset.booth === "full";

const leave = () => {
  delete root().dataset.booth;
  if (document.fullscreenElement) document.exitFullscreen();
};

const enter = () => {
  root().dataset.booth = "full";
  root()
    .requestFullscreen?.()
    .catch(() => {});
};

let button = null; // the one on the page now
let words = { enter: "", leave: "" };

const tell = () => {
  if (!button) return;
  const word = isFull() ? words.leave : words.enter;
  button.querySelector(".sign").textContent = isFull() ? "fullscreen_exit" : "fullscreen";
  button.querySelector(".word").textContent = word;
  button.title = word;
};

const onChange = () => {
  if (!document.fullscreenElement) delete root().dataset.booth;
  tell();
};

const onKey = (event) => {
  if (event.key === "Escape" && !document.fullscreenElement && isFull()) leave();
  else onSpace(event, document);
  tell();
};

// What is pressed while the player's frame has the focus: there it would be heard by nobody. The window loses the focus
// to a frame that is there by then, whatever came when.
const hearFrames = () => {
  for (const frame of document.querySelectorAll(FRAMES)) frame.contentDocument?.addEventListener("keydown", onKey);
};

export default function ({ parentElement, data }) {
  button = parentElement.querySelector("button");
  words = data.words;
  button.onclick = ({ detail }) => {
    if (detail) button.blur(); // by mouse or finger: then Space is the shutter's
    if (isFull()) leave();
    else enter();
    tell();
  };
  document.addEventListener("keydown", onKey);
  document.addEventListener("fullscreenchange", onChange);
  window.addEventListener("blur", hearFrames);
  hearFrames();
  tell();
  const mine = button;
  return () => {
    if (button !== mine) return;
    document.removeEventListener("keydown", onKey);
    document.removeEventListener("fullscreenchange", onChange);
    window.removeEventListener("blur", hearFrames);
    button = null;
    setTimeout(() => button || leave(), GONE);
  };
}
