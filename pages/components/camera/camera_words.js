// Streamlit's camera tells nobody why it stays dark; the browser's answer to the request does.
import { hear, listeners } from "./camera_answers.js";

export default function ({ parentElement, data }) {
  const words = parentElement.querySelector("p");
  const tell = (sentence) => {
    words.textContent = sentence;
  };
  if (!window.isSecureContext) tell(data.words.insecure);
  else if (!navigator.mediaDevices) tell(data.words.missing);
  hear(navigator.mediaDevices, data.words);
  listeners.add(tell);
  return () => listeners.delete(tell);
}
