// What a browser answers when a camera is asked for: heard where it is given, passed on untouched, and put in words.
// Nothing here ever asks for a camera.
export const listeners = new Set();

// `words` are sentences by the names of a browser's errors, and one for all `other` ones.
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
