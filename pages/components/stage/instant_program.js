// What the stage can draw by itself: the program that the server has told, and whether this device has proven itself.
import { easelThere, easelWanted } from "./instant_easel.js";
import { programAt, sourceAt } from "./instant_files.js";
import { areAlike, partMeans, pixelsOf, SLOW } from "./instant_proof.js";

const TRIES = 4; // pictures that are timed, the first of which compiles

export const beginProgram = () => ({
  news: null, // what was told last
  dials: {}, // of that
  ready: null, // it, once it can be drawn
  addresses: {}, // of the source and the program that the easel has
  verdicts: new Map(), // who draws a program, by its address
  isProving: false,
  word: "", // what was drawn last
});

// Take up what the server tells; what is there already is not fetched again.
export const takeProgram = async (state, news) => {
  Object.assign(state, { news, dials: news.dials ?? {} });
  const easel = news.program ? easelWanted() : null;
  if (!easel) {
    state.ready = null;
    return;
  }
  const { addresses } = state;
  const isOther = (name) => addresses[name] !== news[name];
  if (isOther("program") || isOther("source")) state.ready = null;
  try {
    const source = isOther("source") ? await sourceAt(news.source) : null;
    const program = isOther("program") ? await programAt(news, easel.drawer.known()) : null;
    if (state.news !== news || easelThere() !== easel) return;
    if (source) easel.drawer.take(source, source.width, source.height);
    if (program) easel.drawer.load(program);
    Object.assign(addresses, { source: news.source, program: news.program });
    if (source || program) state.word = "";
    state.ready = news;
  } catch {
    // An address that was replaced meanwhile is gone, and what has replaced it is told next.
  }
};

// Who draws the program that is there: undefined where that is still to be proven.
export const verdictOf = ({ ready, verdicts }) => (ready && easelThere() ? verdicts.get(ready.program) : "server");

const nextFrame = () => new Promise((resolve) => requestAnimationFrame(resolve));

// How long a picture takes; null where that is of no interest any more.
const timed = async (easel, values, isWanted) => {
  easel.begin(values);
  for (let took = easel.ended(); ; took = easel.ended()) {
    if (!isWanted()) return null;
    if (took !== null) return took;
    await nextFrame();
  }
};

// Draw what `shown`, the server's picture, shows, and remember whether that is the same, and quick enough.
export const prove = async (state, shown, isStill) => {
  const [{ ready, verdicts }, easel] = [state, easelThere()];
  if (!easel || !ready || verdicts.has(ready.program) || state.isProving) return;
  const isWanted = () => isStill() && state.ready === ready && easelThere() === easel;
  Object.assign(state, { isProving: true, word: "" });
  try {
    let quickest = Number.POSITIVE_INFINITY;
    for (let count = 0; count < TRIES && !(count > 1 && quickest <= SLOW); count += 1) {
      const took = await timed(easel, ready.values, isWanted);
      if (took === null) return;
      if (count) quickest = Math.min(quickest, took);
    }
    const { width, height } = easel.canvas;
    const [made, meant] = [easel.pixels(), pixelsOf(shown, width, height)];
    const isRight = areAlike(partMeans(made, width, height), partMeans(meant, width, height));
    verdicts.set(ready.program, isRight && quickest <= SLOW ? "gpu" : "server");
  } catch {
    verdicts.set(ready.program, "server"); // a shader that this device does not take
  } finally {
    state.isProving = false;
  }
};
