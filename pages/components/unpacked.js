// What a message holds packed, as `packed.py` makes it; each text is unpacked once.
const unpackedTexts = new Map();

const unpack = async (text) => {
  const bytes = Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"))).json();
};

export const unpacked = (text) => {
  if (!unpackedTexts.has(text)) unpackedTexts.set(text, unpack(text));
  return unpackedTexts.get(text);
};
