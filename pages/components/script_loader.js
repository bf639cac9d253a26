// All that a message holds of a component's script: where it is. A browser gets it once, and not with every message.
const ADDRESS = new URL("./static/shell/{name}", document.baseURI).href;
const LONGEST = 3000; // ms between two tries: however long a network is gone, that costs no component
const TRIES = 200; // about ten minutes: a server that has other scripts by now gives this one no more
const pause = (time) => new Promise((later) => setTimeout(later, time));

const load = async () => {
  for (let [count, wait] = [0, 200]; count < TRIES; count += 1, wait = Math.min(2 * wait, LONGEST)) {
    try {
      return await import(count ? `${ADDRESS}?${count}` : ADDRESS); // what failed is asked for by another address
    } catch {
      await pause(wait);
    }
  }
  return { default: () => {} };
};

const { default: run } = await load();
const newest = new WeakMap(); // by where a component stands: its last call

// A component whose words changed while its script was on its way is called twice at once, and what ends the first call
// is called after the second has begun: then it is the second's to end.
export default (given) => {
  newest.set(given.parentElement, given);
  const end = run(given);
  return () => newest.get(given.parentElement) === given && end?.();
};
