// What is pressed on the page while this device draws: Space takes a photo, Escape leaves the whole screen.
import { meaning } from "./space.js";
import { enterWhole, followScreen, isWayOut, isWhole, leaveWhole } from "./whole_screen.js";

// `changed` is called when the screen may have become whole, or no longer be so; returns what ends the listening.
export const hearKeys = (root, changed) => {
  const onKey = (event) => {
    if (isWayOut(event)) leaveWhole();
    const what = meaning(event, event.composedPath()[0]);
    const shutter = root.querySelector(".shutter");
    if (what === "hold" || (what && !shutter.disabled)) event.preventDefault();
    if (what === "shoot") shutter.click();
    changed();
  };
  const onScreen = () => {
    followScreen();
    changed();
  };
  root.querySelector(".full").onclick = () => {
    if (isWhole()) leaveWhole();
    else enterWhole();
    changed();
  };
  // By mouse or finger a button leaves the focus: then Space is the shutter's.
  const onClick = ({ detail, target }) => detail && target.closest("button, summary")?.blur();
  root.addEventListener("click", onClick);
  document.addEventListener("keydown", onKey);
  document.addEventListener("fullscreenchange", onScreen);
  window.addEventListener("resize", changed);
  return () => {
    document.removeEventListener("keydown", onKey);
    document.removeEventListener("fullscreenchange", onScreen);
    window.removeEventListener("resize", changed);
    leaveWhole();
  };
};
