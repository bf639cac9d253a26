// The view: pictures of the video through the stack onto the canvas, as they come, and how many there are.
import { filled } from "../filled.js";
import { fit } from "./device_face.js";
import { paceOf, paceWords } from "./device_pace.js";
import { pictureOf } from "./device_photo.js";
import { screenOn } from "./device_screen.js";

// `told` gives the component's data, `isOn` whether the video runs; `fail` is called where nothing can be drawn.
export const viewOn = (root, { told, isOn, fail }) => {
  const part = (selector) => root.querySelector(selector);
  const [canvas, film, sheet] = [part("canvas"), part("video"), document.createElement("canvas")];
  const screen = screenOn(canvas, fail);
  let time = 0; // of the video, in seconds
  let isPlain = true; // the video as it is
  const wordOf = paceWords();
  const pace = paceOf((rate) => {
    const parts = { rate: Math.round(rate), width: canvas.width, height: canvas.height };
    const word = wordOf(isOn() ? rate : Number.POSITIVE_INFINITY, { ...told(), isPlain });
    part(".figures").textContent = isOn() ? filled(told().words[word], parts) : "";
  });
  const shape = () => (isOn() ? canvas.width / canvas.height : told().shape);
  const isTurned = () => part(".is_mirrored").checked;
  const view = {
    screen,
    load: (program) => {
      isPlain = program.is_plain;
      return screen.load(program);
    },
    isTurned, // as photos are
    now: () => time,
    fit: () => fit(root, shape()),
    // The screen is a mirror where the person wants one, whatever photos are.
    turn: () => canvas.classList.toggle("turned", told().mirror !== isTurned()),
    // Draw what the video shows now; whether that could be done.
    draw: (t) => {
      time = t;
      const sides = `${canvas.width} ${canvas.height}`;
      const picture = isTurned() ? pictureOf(film, true, sheet) : film;
      if (!screen.draw(picture, film.videoWidth, film.videoHeight, t)) return false;
      root.dataset.frames = pace.count();
      if (`${canvas.width} ${canvas.height}` !== sides) view.fit();
      return true;
    },
    end: pace.end,
  };
  part(".is_mirrored").onchange = view.turn;
  return view;
};
