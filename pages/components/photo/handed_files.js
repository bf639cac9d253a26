// Of the files that were handed over: which may go up, and which are not the open one.
import { filled } from "../filled.js";

const MEGABYTE = 2 ** 20;

// The names of those that are not open, in the order in which they were handed over.
export const leftOut = (files, open) => files.filter((file) => file !== open).map((file) => file.name);

// The files of at most so many bytes, which may go up, and a sentence about the last of the others ("" for none).
export const smallEnough = (files, most, sentence) => {
  const large = files.filter(({ size }) => size > most);
  const last = large.at(-1);
  const parts = last && { name: last.name, size: (last.size / MEGABYTE).toFixed(1), most: most / MEGABYTE };
  return { small: files.filter(({ size }) => size <= most), told: last ? filled(sentence, parts) : "" };
};
