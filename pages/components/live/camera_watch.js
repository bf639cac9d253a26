// The player asks for the camera inside a frame of its own: the answer is heard in that frame.
import { hear, listeners } from "../camera/camera_answers.js";
import { tend } from "./player_frame.js";
import { FRAMES } from "./player_frames.js";

const LOOK = 200; // ms between looks for a player that has just appeared

// Why a browser can have no live video, as far as it knows before it asks for a camera; "" where it may.
export const reason = ({ isSecureContext, navigator, RTCPeerConnection }) => {
  if (!isSecureContext) return "insecure";
  if (!navigator.mediaDevices) return "missing";
  return RTCPeerConnection ? "" : "unable";
};

const watches = new WeakMap(); // by the component's root: what the script says, and what ends the watch

const watch = (root, data, setStateValue) => {
  const words = root.querySelector("p");
  const watch = { data, end: () => {} };
  const tell = (sentence) => {
    words.textContent = sentence;
  };
  const failed = () => {
    if (!words.textContent) tell(watch.data.words.other);
  };
  const why = reason(window);
  if (why) {
    tell(data.words[why]);
    setStateValue("why_not", why);
    return watch;
  }
  const look = () => {
    for (const frame of document.querySelectorAll(FRAMES)) {
      try {
        hear(frame.contentWindow.navigator.mediaDevices, watch.data.words);
        tend(frame, watch.data.shape, failed);
      } catch {
        /* a frame that is just going */
      }
    }
  };
  listeners.add(tell);
  const timer = setInterval(look, LOOK);
  watch.look = look;
  watch.end = () => {
    clearInterval(timer);
    listeners.delete(tell);
  };
  return watch;
};

export default function ({ parentElement, data, setStateValue }) {
  if (!watches.has(parentElement)) watches.set(parentElement, watch(parentElement, data, setStateValue));
  const current = watches.get(parentElement);
  current.data = data;
  current.look?.();
  return () => {
    current.end();
    watches.delete(parentElement);
  };
}
