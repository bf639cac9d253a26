// A program as it comes from the server: JSON, deflated, with its tables and values beside it.
export const readProgram = async ({ program, tables, values }) => {
  const stream = new Blob([program]).stream().pipeThrough(new DecompressionStream("deflate"));
  return { ...(await new Response(stream).json()), tables, values };
};
