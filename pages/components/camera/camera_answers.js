// What a browser answers when a camera is asked for: heard where it is given, passed on untouched, and put in words.
// Nothing here ever asks for a camera.
export const listeners = new Set();

export const inWords = ({ allowed, again, instead }) => ({
  NotAllowedError: `The camera was refused. To allow it, open the camera or lock sign beside the address, allow the camera for this page and ${allowed}, ${instead}`,
  NotFoundError: `No camera was found on this device. Plug one in and ${again}, ${instead}`,
  NotReadableError: `The camera is busy: another program or tab is using it. Close that one and ${again}, ${instead}`,
  insecure: `Browsers give the camera only to secure pages. Open this page by https, ${instead}`,
  missing: `This browser gives pages no camera. Try another browser, ${instead}`,
  other: `The camera could not be started. You can ${again}, ${instead}`,
});

export const hear = (devices, words) => {
  if (!devices || devices.getUserMedia.heard) return;
  const ask = devices.getUserMedia;
  const heard = async (constraints) => {
    try {
      const stream = await ask.call(devices, constraints);
      for (const tell of listeners) tell("");
      return stream;
    } catch (error) {
      for (const tell of listeners) tell(words[error.name] || words.other);
      throw error;
    }
  };
  heard.heard = true;
  devices.getUserMedia = heard;
};
