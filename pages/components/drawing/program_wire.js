// What comes from the server deflated (zlib).
const inflating = (bytes) => new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate")));

export const inflated = async (bytes) => new Uint8Array(await inflating(bytes).arrayBuffer());

// The same, of JSON.
export const inflatedWords = (bytes) => inflating(bytes).json();

// A program as it comes from the server: JSON, deflated, with its tables and values beside it.
export const readProgram = async ({ program, tables, values }) => ({
  ...(await inflatedWords(program)),
  tables,
  values,
});
