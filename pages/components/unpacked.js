// The words at an address, as `packed.py` makes them; each is fetched once, and again where it could not be.
const unpackedWords = new Map();

const unpack = async (address) => {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${answer.status} ${address}`);
  return new Response(answer.body.pipeThrough(new DecompressionStream("deflate"))).json();
};

export const unpacked = (address) => {
  if (!unpackedWords.has(address)) {
    const words = unpack(address);
    words.catch(() => unpackedWords.delete(address));
    unpackedWords.set(address, words);
  }
  return unpackedWords.get(address);
};
