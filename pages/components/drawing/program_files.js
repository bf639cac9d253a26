// What the browser needs to draw a stack, by address: the picture before it, its program, and tables.
import { inflated, readProgram } from "./program_wire.js";

const asked = async (address) => {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${answer.status} ${address}`);
  return answer;
};

export const bytesAt = async (address) => new Uint8Array(await (await asked(address)).arrayBuffer());

// The picture that a program begins with, its pixels as they are in the file.
export const sourceAt = async (address) => {
  const file = await (await asked(address)).blob();
  return createImageBitmap(file, { colorSpaceConversion: "none", premultiplyAlpha: "none" });
};

// A program, with those of its tables that are not `known`.
export const programAt = async ({ program, tables, values }, known) => {
  const fresh = Object.entries(tables).filter(([digest]) => !known.includes(digest));
  const table = async ([digest, { bytes, ...form }]) => [
    digest,
    { ...form, bytes: await inflated(await bytesAt(bytes)) },
  ];
  const [read, ...entries] = await Promise.all([bytesAt(program), ...fresh.map(table)]);
  return readProgram({ program: read, tables: Object.fromEntries(entries), values });
};
