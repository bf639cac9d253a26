// The shutter's row under the screen: a photo now or after a countdown, one or four, and recordings.
import { countdown } from "../camera/countdown.js";
import { gifRecorderOf } from "./device_gif.js";
import { photoOf, stripOf } from "./device_photo.js";
import { addPiece } from "./device_pieces.js";
import { recorderOf } from "./device_recorder.js";

const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

// `told` gives the component's data, `become` is told what changes.
export const boothOn = (root, video, view, { told, become, unsent }) => {
  const canvas = root.querySelector("canvas");
  let turn = 0; // what was begun before the last change is given up

  const expose = async (mine) => {
    const photo = await photoOf(video, view.screen, canvas, view.isTurned(), view.now());
    if (mine !== turn || !photo) return null;
    if (!matchMedia("(prefers-reduced-motion: reduce)").matches)
      canvas.animate([{ filter: "brightness(4)" }, { filter: "none" }], 250);
    return photo;
  };

  const take = async () => {
    const mine = turn;
    const { count, between } = told().burst;
    const isBurst = root.querySelector(".is_burst").checked;
    become({ count: 0, isBusy: true });
    const photos = [];
    try {
      for (let place = 0; place < (isBurst ? count : 1); place += 1) {
        if (place) await wait(between);
        const photo = mine === turn ? await expose(mine) : null;
        if (photo) photos.push(photo);
      }
      if (mine !== turn) return; // a burst cut short is let go
      for (const photo of photos) addPiece(photo, "photo", "png", canvas);
      if (photos.length > 1) addPiece(await stripOf(photos), "strip", "png", canvas);
    } finally {
      become({ isBusy: false });
    }
  };

  const clock = countdown((left) => become({ count: left, isBusy: true }), take);
  const onSeconds = (seconds) => become({ seconds });
  const gif = gifRecorderOf(canvas, told().gif, onSeconds, unsent);
  const film = recorderOf(canvas, told().most.seconds, onSeconds, (blob, ending) =>
    addPiece({ blob, raw: null }, "recording", ending, canvas),
  );

  return {
    isAble: film.isAble,
    shoot: () => clock.begin(Number(root.querySelector(".options select").value)),
    record: () => {
      const running = [gif, film].find((each) => each.isOn());
      if (running) running.finish();
      else (root.querySelector(".is_gif").checked ? gif : film).begin();
    },
    // The camera goes: no more photos, and the recording ends as it is.
    end: () => {
      turn += 1;
      clock.stop();
      gif.finish();
      film.finish();
      become({ count: 0, isBusy: false });
    },
  };
};
