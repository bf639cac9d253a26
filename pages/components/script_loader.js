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
const ends = new WeakMap(); // by where a component stands: what ends its last call

// Where a component's words change while its script is on its way, what ends a call is called at once, and another call
// follows, be it a moment later: what the first has begun is that one's to go on with. It ends when it has gone from the
// page, whichever call is told so.
export default (given) => {
  const place = given.parentElement;
  ends.set(place, run(given));
  return () => {
    if (place.isConnected) return;
    const end = ends.get(place);
    ends.delete(place);
    end?.();
  };
};
