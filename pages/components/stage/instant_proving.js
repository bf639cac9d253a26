// A program proves itself: drawn as the server has drawn it, and quickly.

import { areAlike, partMeans, pixelsOf, SLOW } from "../drawing/proof.js";
import { easelThere } from "./instant_easel.js";
import { nameOf } from "./instant_program.js";

const TRIES = 3; // pictures that are timed, the first of which compiles
const SLOW_TRIES = 4; // times that a program may be slow: while a page is loading, much is

const nextFrame = () => new Promise((resolve) => requestAnimationFrame(resolve));

// How long a picture takes; null where that is of no interest any more.
const timed = async (easel, values, isWanted) => {
  easel.begin(values, { anew: true });
  for (let took = easel.ended(); ; took = easel.ended()) {
    if (!isWanted()) return null;
    if (took !== null) return took;
    await nextFrame();
  }
};

// Draw what `shown`, the server's picture, shows, and remember whether that is the same, and quick enough.
export const prove = async (state, shown, isStill) => {
  const [{ ready, verdicts }, easel] = [state, easelThere()];
  if (!easel || !ready || verdicts.has(nameOf(ready)) || state.isProving) return;
  const isWanted = () => isStill() && state.ready === ready && easelThere() === easel;
  Object.assign(state, { isProving: true, word: "" });
  try {
    let quickest = Number.POSITIVE_INFINITY;
    for (let count = 0; count < TRIES && !(count > 1 && quickest <= SLOW); count += 1) {
      const took = await timed(easel, ready.values, isWanted);
      if (took === null) return;
      if (count) quickest = Math.min(quickest, took);
    }
    state.wholeTook = quickest;
    const { width, height } = easel.canvas;
    const [made, meant] = [easel.pixels(), pixelsOf(shown, width, height)];
    const isRight = areAlike(partMeans(made, width, height), partMeans(meant, width, height));
    const slowTries = (state.slowTries.get(nameOf(ready)) ?? 0) + Number(quickest > SLOW);
    state.slowTries.set(nameOf(ready), slowTries);
    if (!isRight || slowTries === SLOW_TRIES) verdicts.set(nameOf(ready), "server");
    else if (quickest <= SLOW) verdicts.set(nameOf(ready), "gpu");
  } catch {
    verdicts.set(nameOf(ready), "server"); // a shader that this device does not take
  } finally {
    state.isProving = false;
  }
};
