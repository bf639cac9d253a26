// Streamlit's camera tells nobody why it stays dark; the browser's answer to the request does. This listens to that
// answer and passes it on untouched. It never asks for a camera.
const WORDS = {
  NotAllowedError: "The camera was refused. To allow it, open the camera or lock sign beside the address, allow the camera for this page and reload; or upload a photo instead.",
  NotFoundError: "No camera was found on this device. Plug one in and try again, or upload a photo instead.",
  NotReadableError: "The camera is busy: another program or tab is using it. Close that one and try again, or upload a photo instead.",
  insecure: "Browsers give the camera only to secure pages. Open this page by https, or upload a photo instead.",
  other: "The camera could not be started. Try again, or upload a photo instead.",
};
const listeners = new Set();

const listen = () => {
  const devices = navigator.mediaDevices;
  if (!devices || devices.getUserMedia.heard) return;
  const ask = devices.getUserMedia;
  const heard = async function (constraints) {
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
};

export default function ({ parentElement }) {
  const words = parentElement.querySelector("p");
  const tell = (sentence) => { words.textContent = sentence; };
  if (!window.isSecureContext || !navigator.mediaDevices) {
    tell(WORDS.insecure);
    return undefined;
  }
  listen();
  listeners.add(tell);
  return () => listeners.delete(tell);
}
