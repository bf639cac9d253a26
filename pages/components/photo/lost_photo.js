// The photo that a page had open and the server, started anew or another one, knows nothing of: to be opened again.
import { isOffered } from "./kept_record.js";

// Watches one page: told of each photo that it has, it knows which of them was lost. Each loss is told once, so that a
// photo which cannot be opened again is not tried for ever.
export const lossWatch = () => {
  let open = "";
  const lost = new Set();
  return {
    see: (id) => {
      open = id;
    },
    isLost: (record, known) => {
      const isGone = isOffered(record, known) && record.id === open;
      if (isGone) lost.add(open);
      if (isGone) open = "";
      return isGone;
    },
    wasLost: (id) => lost.has(id),
  };
};
