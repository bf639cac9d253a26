// What a pointer tells beside its place.

// How hard something presses that can tell: a pen; all else is as strong as it can be.
export const pressureOf = ({ pointerType, pressure }) => (pointerType === "pen" ? pressure : 1);

// All movements that one message of a pointer's is about.
export const movementsIn = (event) => {
  const all = event.getCoalescedEvents?.() ?? [];
  return all.length ? all : [event];
};
