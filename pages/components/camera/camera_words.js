// Streamlit's camera tells nobody why it stays dark; the browser's answer to the request does.
import { hear, inWords, listeners } from "./camera_answers.js";

const WORDS = inWords({ allowed: "reload it", again: "try again", instead: "or upload a photo instead." });

export default function ({ parentElement }) {
  const words = parentElement.querySelector("p");
  const tell = (sentence) => {
    words.textContent = sentence;
  };
  if (!window.isSecureContext) tell(WORDS.insecure);
  else if (!navigator.mediaDevices) tell(WORDS.missing);
  hear(navigator.mediaDevices, WORDS);
  listeners.add(tell);
  return () => listeners.delete(tell);
}
