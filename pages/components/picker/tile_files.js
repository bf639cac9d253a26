// What tiles are drawn of: the programs of all of them, in one file, and the small pictures that they begin with.
import { bytesAt, sourceAt } from "../drawing/program_files.js";
import { inflatedWords } from "../drawing/program_wire.js";

const MOST_KEPT = 2; // that are kept: of a stack they are two at most, and the next one has others
const [files, sources] = [new Map(), new Map()];

const bytesOf = (text) => Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));

const readFile = async (address) => {
  const { functions, tables, programs, card, parts } = await inflatedWords(await bytesAt(address));
  const read = Object.entries(tables).map(([digest, table]) => [digest, { ...table, bytes: bytesOf(table.bytes) }]);
  const shared = { functions, tables: Object.fromEntries(read) };
  const whole = Object.entries(programs).map(([name, program]) => [name, { ...program, ...shared }]);
  return { card, parts, programs: new Map(whole) };
};

// What is at an address, fetched once; once more where that has failed.
const keptAt = (kept, address, fetched) => {
  if (!kept.has(address)) kept.set(address, fetched(address));
  const answer = kept.get(address);
  answer.catch(() => kept.delete(address));
  for (const old of [...kept.keys()].slice(0, -MOST_KEPT)) kept.delete(old);
  return answer;
};

export const tileFile = (address) => keptAt(files, address, readFile);
export const tileSource = (address) => keptAt(sources, address, sourceAt);
