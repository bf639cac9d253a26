// The player asks for the camera inside a frame of its own and, refused, shows the browser's raw error: the answer is
// heard in that frame.
const WORDS = inWords({
  allowed: "press Start again", again: "press Start again", instead: "or use Snapshot, which needs no live video.",
});
const LOOK = 200; // ms between looks for a player that has just appeared

const look = () => {
  for (const frame of document.querySelectorAll("iframe[src*='streamlit_webrtc']")) {
    try { hear(frame.contentWindow.navigator.mediaDevices, WORDS); } catch { /* a frame that is just going */ }
  }
};

export default function ({ parentElement }) {
  const words = parentElement.querySelector("p");
  const tell = (sentence) => { words.textContent = sentence; };
  if (!window.isSecureContext) tell(WORDS.insecure);
  else if (!navigator.mediaDevices) tell(WORDS.missing);
  listeners.add(tell);
  look();
  const timer = setInterval(look, LOOK);
  return () => { clearInterval(timer); listeners.delete(tell); };
}
