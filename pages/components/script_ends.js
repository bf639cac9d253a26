// What ends a component's calls, in every script that is served.
const callEnds = new WeakMap(); // by where a component stands: what ends its last call

// Where a component's words change while its script is on its way, what ends a call is called at once, and another call
// follows, be it a moment later: what the first has begun is that one's to go on with. It ends when it has gone from the
// page, whichever call is told so.
export const endedOnce = (run) => (given) => {
  const place = given.parentElement;
  callEnds.set(place, run(given));
  return () => {
    if (place.isConnected) return;
    const end = callEnds.get(place);
    callEnds.delete(place);
    end?.();
  };
};
