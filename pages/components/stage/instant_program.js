// What the stage can draw by itself: the program that the server has told, and whether this device has proven itself.

import { programAt, sourceAt } from "../drawing/program_files.js";
import { easelThere, easelWanted } from "./instant_easel.js";

export const beginProgram = () => ({
  news: null, // what was told last
  dials: {}, // of that
  ready: null, // it, once it can be drawn
  addresses: {}, // of the source and the program that the easel has
  verdicts: new Map(), // who draws a program of a picture, by what `nameOf` calls them
  slowTries: new Map(), // how often one was right, and slow
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

// A program and the picture that it begins with, in a word: how long it takes depends on both.
export const nameOf = ({ program, source }) => `${program} ${source}`;

// Who draws the program that is there: undefined where that is still to be proven.
export const verdictOf = ({ ready, verdicts }) => (ready && easelThere() ? verdicts.get(nameOf(ready)) : "server");
