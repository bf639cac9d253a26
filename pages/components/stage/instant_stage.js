// The stage draws by itself what a person moves, over the server's picture, until that shows the same.

import { isSame } from "../drawing/dial_values.js";
import { areStill, heldNow } from "../drawing/hands.js";
import { count, cover, isInstant, tellWho, wishedNow } from "./instant_cover.js";
import { easelThere } from "./instant_easel.js";
import { beginPicture } from "./instant_picture.js";
import { takeProgram, verdictOf } from "./instant_program.js";
import { prove } from "./instant_proving.js";

const SOON = 4; // ms between two looks whether a picture is there
const AGAIN = 2000; // ms after which a program proves itself anew that could not

// One look at what is moved; whether to look again.
const lookOnce = (stage, easel) => {
  const { instant, data } = stage;
  const held = { ...heldNow(instant.hands, instant.dials, data.settings), ...wishedNow(stage) };
  const isMoved = Object.entries(held).some(([key, value]) => !isSame(value, data.settings[key]));
  const took = easel.isDrawing() ? easel.ended() : null;
  if (took !== null) count(stage, took);
  if (took !== null && isMoved) cover(stage, easel.canvas);
  if (isMoved && !easel.isDrawing() && isInstant(stage) && instant.ready.of === stage.wanted.number) {
    const isDrawn = beginPicture(stage, easel, held);
    if (!easel.isDrawing()) cover(stage, isDrawn ? easel.canvas : null); // it is there already, or cannot be
  }
  if (!isMoved) cover(stage, null);
  return isMoved || easel.isDrawing() || !areStill(instant.hands);
};

const proveStill = async (stage) => {
  const { instant } = stage;
  const isStill = () =>
    areStill(instant.hands) && stage.wanted === stage.data && stage.data?.number === instant.ready?.of;
  if (!isStill() || !stage.root.isConnected || !stage.shown.naturalWidth) return;
  await prove(instant, stage.shown, isStill);
  tellWho(stage);
  clearTimeout(instant.timer);
  if (!verdictOf(instant)) instant.timer = setTimeout(lookOn, AGAIN, stage); // it was broken off, or slow
};

// Look at what is moved as long as something is; then let a program prove itself that has not yet.
export const lookOn = (stage) => {
  const [{ instant }, easel] = [stage, easelThere()];
  cancelAnimationFrame(instant.frame);
  clearTimeout(instant.poll);
  if (!easel || !stage.data || !stage.shown || instant.isProving || !stage.root.isConnected) return;
  if (lookOnce(stage, easel)) {
    if (easel.isDrawing()) instant.poll = setTimeout(lookOn, SOON, stage);
    else instant.frame = requestAnimationFrame(() => lookOn(stage));
  } else if (!verdictOf(instant)) proveStill(stage);
};

// The stage leaves the page: the easel is for the next one, and what is on its way to this one is not taken.
export const endInstant = ({ instant }) => {
  cancelAnimationFrame(instant.frame);
  for (const timer of [instant.poll, instant.timer]) clearTimeout(timer);
  Object.assign(instant, { news: null, ready: null });
};

// Take up what the server tells of the stack's program.
export const hearProgram = async (stage, news) => {
  await takeProgram(stage.instant, news);
  tellWho(stage);
  lookOn(stage);
};
