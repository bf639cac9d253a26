// The button for the booth over the whole screen, and the keys that are heard there as on the page.
import { FRAMES } from "./player_frames.js";
import { onSpace } from "./space.js";
import { enterWhole, followScreen, isWayOut, isWhole, leaveWhole } from "./whole_screen.js";

const GONE = 500; // ms after which a button that was taken off the page, and not drawn anew, is gone with its page

let button = null; // the one on the page now
let words = { enter: "", leave: "" };

const tell = () => {
  if (!button) return;
  const word = isWhole() ? words.leave : words.enter;
  button.querySelector(".sign").textContent = isWhole() ? "fullscreen_exit" : "fullscreen";
  button.querySelector(".word").textContent = word;
  button.title = word;
};

const onChange = () => {
  followScreen();
  tell();
};

const onKey = (event) => {
  if (isWayOut(event)) leaveWhole();
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
    if (isWhole()) leaveWhole();
    else enterWhole();
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
    setTimeout(() => button || leaveWhole(), GONE);
  };
}
