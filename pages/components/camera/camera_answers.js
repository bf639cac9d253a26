// What a browser answers when a camera is asked for: heard where it is given, passed on untouched, and put in words.
// Nothing here ever asks for a camera.
export const listeners = new Set();
const ears = new WeakSet(); // devices that this script hears: other scripts of the page have listeners of their own

// `words` are sentences by the names of a browser's errors, and one for all `other` ones.
export const hear = (devices, words) => {
  if (!devices || ears.has(devices)) return;
  ears.add(devices);
  const ask = devices.getUserMedia;
  devices.getUserMedia = async (constraints) => {
    try {
      const stream = await ask.call(devices, constraints);
      for (const tell of listeners) tell("");
      return stream;
    } catch (error) {
      for (const tell of listeners) tell(words[error.name] || words.other);
      throw error;
    }
  };
};
