// The player asks for the camera inside a frame of its own and, refused, shows the browser's raw error. This listens to
// the answer in that frame and passes it on untouched. It never asks for a camera.
const SNAPSHOT = "or use Snapshot, which needs no live video.";
const WORDS = {
  NotAllowedError: `The camera was refused. To allow it, open the camera or lock sign beside the address, allow the camera for this page and press Start again; ${SNAPSHOT}`,
  NotFoundError: `No camera was found on this device. Plug one in and press Start again; ${SNAPSHOT}`,
  NotReadableError: `The camera is busy: another program or tab is using it. Close that one and press Start again; ${SNAPSHOT}`,
  insecure: `Browsers give the camera only to secure pages. Open this page by https; ${SNAPSHOT}`,
  missing: `This browser gives pages no camera. Try another browser; ${SNAPSHOT}`,
  other: `The camera could not be started. Press Start again; ${SNAPSHOT}`,
};
const LOOK = 200; // ms between looks for a player that has just appeared
const listeners = new Set();

const listen = () => {
  for (const frame of document.querySelectorAll("iframe[src*='streamlit_webrtc']")) {
    let devices;
    try { devices = frame.contentWindow.navigator.mediaDevices; } catch { continue; }
    if (!devices || devices.getUserMedia.heard) continue;
    const ask = devices.getUserMedia;
    const heard = async (constraints) => {
      try {
        const stream = await ask.call(devices, constraints);
        listeners.forEach((tell) => tell(""));
        return stream;
      } catch (error) {
        listeners.forEach((tell) => tell(WORDS[error.name] || WORDS.other));
        throw error;
      }
    };
    heard.heard = true;
    devices.getUserMedia = heard;
  }
};

export default function ({ parentElement }) {
  const words = parentElement.querySelector("p");
  const tell = (sentence) => { words.textContent = sentence; };
  if (!window.isSecureContext) tell(WORDS.insecure);
  else if (!navigator.mediaDevices) tell(WORDS.missing);
  listeners.add(tell);
  listen();
  const timer = setInterval(listen, LOOK);
  return () => { clearInterval(timer); listeners.delete(tell); };
}
