// Every request for a camera, every track that one gave, every file sent and all that the app's policy forbade is
// written down for the tests.
window.violations = [];
document.addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI }) =>
  window.violations.push(`${violatedDirective} ${blockedURI}`),
);
window.asked = [];
window.tracks = [];
window.sent = [];
const append = FormData.prototype.append;
FormData.prototype.append = function (name, value, ...more) {
  if (value instanceof Blob) window.sent.push(value);
  return append.call(this, name, value, ...more);
};
if (navigator.mediaDevices) {
  const ask = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
  navigator.mediaDevices.getUserMedia = async (constraints) => {
    window.asked.push(JSON.stringify(constraints));
    const stream = await ask(constraints);
    window.tracks.push(...stream.getTracks());
    return stream;
  };
}
