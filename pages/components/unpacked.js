// The words at an address, as `packed.py` makes them; each is fetched once, and some times more where it cannot be.
const WAITS = [300, 1000, 3000]; // ms before another try
const unpackedWords = new Map();

const unpack = async (address, [wait, ...waits]) => {
  try {
    const answer = await fetch(address);
    if (!answer.ok) throw new Error(`${answer.status} ${address}`);
    return await new Response(answer.body.pipeThrough(new DecompressionStream("deflate"))).json();
  } catch (error) {
    if (wait === undefined) throw error;
    await new Promise((go) => setTimeout(go, wait));
    return unpack(address, waits);
  }
};

export const unpacked = (address, waits = WAITS) => {
  if (!unpackedWords.has(address)) {
    const words = unpack(address, waits);
    words.catch(() => unpackedWords.delete(address));
    unpackedWords.set(address, words);
  }
  return unpackedWords.get(address);
};
