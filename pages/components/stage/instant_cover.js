// What of the stage tells who draws: the canvas over the server's picture, the count of pictures, and a word.

import { beginHands } from "../drawing/hands.js";
import { SLOW } from "../drawing/proof.js";
import { draw } from "./drawing.js";
import { beginProgram, nameOf, verdictOf } from "./instant_program.js";

const [OFTEN, VERY] = [5, 3]; // pictures in a row, so many times slow, after which a program has to prove itself anew
const SQUARE = 0.005; // of the sides' ratio, that is still the same shape

// Nothing has moved yet, and no timer runs.
const UNMOVED = { moved: "", movedAt: 0, isHalf: false, wholeTook: 0, frame: 0, poll: 0, timer: 0 };

export const beginInstant = () => ({ ...beginProgram(), hands: beginHands(), slow: 0, ...UNMOVED });

export const isInstant = ({ instant }) => verdictOf(instant) === "gpu";

// Say who draws; where nobody has proven it yet, the server does.
export const tellWho = (stage) => {
  stage.root.dataset.instant = isInstant(stage) ? "gpu" : "server";
};

// What is moved on the picture itself, by the keys of the widgets that would set it.
export const wishedNow = ({ wishes, instant }) => {
  const named = Object.entries(wishes.values).map(([param, value]) => [`${wishes.card}-${param}`, value]);
  return Object.fromEntries(named.filter(([key]) => key in instant.dials));
};

// Lay the canvas over the server's picture, or take it away; one of another shape has another place.
export const cover = (stage, canvas) => {
  const { width, height } = stage.data;
  if (!canvas) stage.sheet.querySelector(".instant")?.remove();
  else if (canvas.parentElement !== stage.sheet) stage.sheet.append(canvas);
  const ratio = canvas ? canvas.height / canvas.width : height / width;
  const down = Math.abs((ratio * width) / height - 1) > SQUARE ? Math.round(width * ratio) : null;
  if (down === stage.down) return;
  stage.down = down;
  draw(stage);
};

// One more picture was drawn, in so many ms.
export const count = (stage, took) => {
  const { instant } = stage;
  stage.frames += 1;
  stage.root.dataset.frames = stage.frames;
  if (!instant.isHalf) instant.wholeTook = took;
  instant.slow = took > VERY * SLOW ? instant.slow + 1 : 0;
  if (instant.slow < OFTEN || !instant.ready) return;
  instant.verdicts.delete(nameOf(instant.ready));
  tellWho(stage);
};
