// A program as the page got it, with its tables: these are fetched by their addresses, where the drawer has them not.
import { readProgram } from "../stage/program_wire.js";

const bytesOf = (text) => Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));

const fetched = async (address) => {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`a table: ${answer.status}`);
  return new Uint8Array(await answer.arrayBuffer());
};

export const loadedProgram = async ({ program, tables, values }, known) => {
  const missing = Object.entries(tables).filter(([digest]) => !known.includes(digest));
  const full = missing.map(async ([digest, table]) => [digest, { ...table, bytes: await fetched(table.bytes) }]);
  const there = Object.fromEntries(await Promise.all(full));
  return readProgram({ program: bytesOf(program), tables: there, values });
};
