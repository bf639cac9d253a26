// The player asks for the camera inside a frame of its own: the answer is heard in that frame.
import { hear, inWords, listeners } from "../camera/camera_answers.js";
import { FRAMES, tend } from "./player_frame.js";

const WORDS = inWords({
  allowed: "press Start again",
  again: "press Start again",
  instead: "or use Snapshot, which needs no live video.",
});
WORDS.unable =
  "This browser has no live connections (WebRTC), which live video needs. Use Snapshot, which works here, " +
  "or open Live in another browser.";
const LOOK = 200; // ms between looks for a player that has just appeared

// Why a browser can have no live video, as far as it knows before it asks for a camera; "" where it may.
export const reason = ({ isSecureContext, navigator, RTCPeerConnection }) => {
  if (!isSecureContext) return "insecure";
  if (!navigator.mediaDevices) return "missing";
  return RTCPeerConnection ? "" : "unable";
};

const watches = new WeakMap(); // by the component's root: what the script says, and what ends the watch

const watch = (root, setStateValue) => {
  const words = root.querySelector("p");
  const watch = { data: {}, end: () => {} };
  const tell = (sentence) => {
    words.textContent = sentence;
  };
  const failed = () => {
    if (!words.textContent) tell(WORDS.other);
  };
  const why = reason(window);
  if (why) {
    tell(WORDS[why]);
    setStateValue("why_not", why);
    return watch;
  }
  const look = () => {
    for (const frame of document.querySelectorAll(FRAMES)) {
      try {
        hear(frame.contentWindow.navigator.mediaDevices, WORDS);
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
  if (!watches.has(parentElement)) watches.set(parentElement, watch(parentElement, setStateValue));
  const current = watches.get(parentElement);
  current.data = data;
  current.look?.();
  return () => {
    current.end();
    watches.delete(parentElement);
  };
}
