// The video of a camera: asked for, looked through picture by picture, and let go.
import { cameraOf } from "../camera/camera_stream.js";

const LOOK = 1000; // ms
const SILENT = 5; // looks without a picture after which the camera is let go

// `become` is told what state it is in, `onPicture` is called for each new picture with its time in seconds.
export const videoOn = (video, become, onPicture) => {
  const camera = cameraOf(navigator.mediaDevices, () => turnOff("lost"));
  let chosen = ""; // the camera that was chosen from the list
  let timer = 0;
  let looks = 0; // since the last picture came; no time, in which a browser may stand still to draw the first of a stack

  const turnOff = (why = "") => {
    clearInterval(timer);
    camera.letGo();
    video.srcObject = null;
    become({ state: "off", why });
  };

  const follow = (mine) => {
    let began = null;
    let before = -1;
    const next = () => {
      if (mine !== camera.turn()) return;
      if (video.requestVideoFrameCallback) video.requestVideoFrameCallback(look);
      else requestAnimationFrame(look);
    };
    const look = (now) => {
      if (mine !== camera.turn()) return;
      const isNew = video.requestVideoFrameCallback || video.currentTime !== before;
      before = video.currentTime;
      began ??= now;
      if (isNew && video.videoWidth) {
        looks = 0;
        onPicture((now - began) / 1000);
      }
      next();
    };
    looks = 0;
    timer = setInterval(() => {
      looks = document.hidden ? 0 : looks + 1; // where nobody looks, browsers show nothing
      if (looks >= SILENT) turnOff("silent");
    }, LOOK);
    next();
  };

  const turnOn = async (wish) => {
    turnOff();
    become({ state: "asking" });
    const { facingMode, ...rest } = wish.video;
    const isThere = await camera.ask({
      ...wish,
      video: { ...rest, ...(chosen ? { deviceId: { exact: chosen } } : { facingMode }) },
    });
    if (isThere === null) return;
    if (!isThere) {
      chosen = ""; // it may be gone
      turnOff("refused");
      return;
    }
    video.srcObject = camera.stream();
    const mine = camera.turn();
    become({ state: "opening" });
    follow(mine);
    video.play().catch(() => {}); // it was let go meanwhile
    const cameras = await camera.others();
    if (mine === camera.turn()) become({ cameras, current: camera.track().getSettings().deviceId });
  };

  return {
    turnOn,
    turnOff,
    choose: (id) => {
      chosen = id;
    },
  };
};
