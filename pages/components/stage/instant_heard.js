// What the stage hears of hands and keys anywhere on the page, as it draws by itself what they move.

import { ENDS, letGoOf, TOUCHES, touch } from "../drawing/hands.js";
import { cover, isInstant, tellWho, wishedNow } from "./instant_cover.js";
import { hearProgram, lookOn } from "./instant_stage.js";
import { sendWishes } from "./wishes.js";

// Whether what is asked of the server waits until the hand lets go: until then the stage shows it by itself.
const waitsForHand = (stage) =>
  Boolean(stage.isPulling) &&
  isInstant(stage) &&
  Object.keys(wishedNow(stage)).length === Object.keys(stage.wishes.values).length;

// A widget is touched, by hand or key, or a handle on the picture is.
const onTouch = (stage, event) => {
  const { hands, dials } = stage.instant;
  if (event.type === "pointerdown") {
    stage.isPulling = Boolean(event.composedPath()[0].dataset?.handle);
    sendWishes(stage); // of a hand that another one has come to, or that was never seen to let go
  }
  if (touch(hands, event, isInstant(stage) ? dials : {})) lookOn(stage);
};

// The hand lets go.
const onLetGo = (stage) => {
  letGoOf(stage.instant.hands);
  if (!stage.isPulling) return;
  stage.isPulling = false;
  sendWishes(stage);
};

// The browser has taken the canvas away: the server draws from now on.
const onEaselLost = (stage) => {
  if (stage.data) cover(stage, null);
  tellWho(stage);
  sendWishes(stage);
};

// A stage whose wishes are drawn at once, and wait for the hand where that is enough.
export const beginHearing = (stage) => {
  stage.lookOn = () => lookOn(stage);
  stage.waitsForHand = () => waitsForHand(stage);
  window.dispatchEvent(new CustomEvent("emulsion-program-wanted"));
};

// What a stage hears on its window, wherever it happens there.
export const INSTANT_EVENTS = {
  "emulsion-program": (stage, { detail }) => hearProgram(stage, detail),
  "emulsion-easel-lost": onEaselLost,
  ...Object.fromEntries(TOUCHES.map((name) => [name, onTouch])),
  ...Object.fromEntries(ENDS.map((name) => [name, onLetGo])),
};
