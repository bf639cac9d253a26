// What has to reach the server from here: a file that does not arrive is noticed, and frames of a GIF are kept for it.
import { send } from "../photo/hidden_uploader.js";

const FRAMES_KEY = ".st-key-device_frames";
const LOOK_AGAIN = 100; // ms between looks at what the uploader shows of a file
const MAX_LOOKS_AT = 130; // without anything of it, which is longer than `send` waits for an uploader
const SOONEST = 2000; // ms until frames are tried again, and twice as long each time
const LATEST = 60_000; // ms, at most

const chipOf = ({ name }, where) =>
  [...document.querySelectorAll(`${where} [data-testid=stFileChip]`)].find(
    (chip) => chip.querySelector("[data-testid=stFileChipName]")?.title === name,
  );
const hasPart = (chip, part) => Boolean(chip?.querySelector(`[data-testid=stFileChipIcon${part}]`));

// Have a file go up by the uploader with this key's class; one that is on its way there already is only looked after.
// Its name tells it from others. Nothing more is told once it is not `isWanted`.
export const sendSurely = (file, where, { isWanted = () => true, arrived = () => {}, giveUp }) => {
  let isOver = false;
  const end = (tell) => {
    if (!isOver && isWanted()) tell();
    isOver = true;
  };
  const look = (left) => {
    if (isOver || !isWanted()) return;
    const chip = chipOf(file, where);
    if (hasPart(chip, "Error")) {
      chip.querySelector("button")?.click(); // or it would stand there beside the next
      end(giveUp);
    } else if (chip && !hasPart(chip, "Spinner")) end(arrived);
    else if (left) setTimeout(look, LOOK_AGAIN, chip ? MAX_LOOKS_AT : left - 1);
    else end(giveUp);
  };
  if (!chipOf(file, where))
    send(
      file,
      () => !isOver && isWanted(),
      () => end(giveUp),
      `${where} input[type=file]`,
    );
  look(MAX_LOOKS_AT);
};

let unsentFrames = []; // frames of GIFs that have not arrived, the oldest first: one may leave Live, and come back
let gifs = 0; // so far
let newestTry = 0; // what a try before the newest finds is nobody's
let tellUnsent = () => {};

const sendOldest = (wait) => {
  newestTry += 1;
  const mine = newestTry;
  const [file] = unsentFrames;
  if (!file) return;
  sendSurely(file, FRAMES_KEY, {
    isWanted: () => mine === newestTry,
    arrived: () => {
      unsentFrames = unsentFrames.slice(1);
      tellUnsent(false);
      sendOldest(SOONEST);
    },
    giveUp: () => {
      tellUnsent(true);
      setTimeout(() => mine === newestTry && sendOldest(Math.min(2 * wait, LATEST)), wait);
    },
  });
};

// Send what waits, if anything does, now that there may be a way; `tell` is told from now on whether something waits.
export const sendWaiting = (tell) => {
  tellUnsent = tell;
  sendOldest(SOONEST);
};

// The frames of one more GIF.
export const sendFrames = (blob) => {
  gifs += 1;
  unsentFrames = [...unsentFrames, new File([blob], `frames-${gifs}.bin`)];
  if (unsentFrames.length === 1) sendOldest(SOONEST);
};
