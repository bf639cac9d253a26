// One camera, asked for and let go again: whatever a browser gives after it was let go is ended at once.
const end = (stream) => {
  for (const track of stream?.getTracks() ?? []) track.stop();
};

// `lost` is called when the camera goes by itself: unplugged, or taken away.
export const cameraOf = (devices, lost) => {
  let stream = null;
  let turn = 0; // what was asked for before the last change comes too late

  const letGo = () => {
    turn += 1;
    end(stream);
    stream = null;
  };

  // Ask for a camera: whether there is one now, or null where nobody waits for it any more.
  const ask = async (wish) => {
    letGo();
    const mine = turn;
    let given = null;
    try {
      given = await devices.getUserMedia(wish);
    } catch {
      /* why there is none is told by others, who hear the browser's answer */
    }
    if (mine !== turn) {
      end(given);
      return null;
    }
    stream = given;
    if (stream) stream.getVideoTracks()[0].onended = lost;
    return Boolean(stream);
  };

  const others = async () => (await devices.enumerateDevices()).filter(({ kind }) => kind === "videoinput");

  return { ask, letGo, others, stream: () => stream, track: () => stream?.getVideoTracks()[0], turn: () => turn };
};
