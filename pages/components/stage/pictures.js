// Pictures by address: shown when they can be drawn, never before, so that nothing flickers or stands empty.
const WAITS = [150, 300, 600, 1200]; // ms; an address just replaced is gone, and the next is on its way

const pause = (time) => new Promise((resolve) => setTimeout(resolve, time));

// The picture at an address, decoded, after as many tries as it takes while `isWanted` holds; else as far as it came.
export const load = async (address, className, isWanted) => {
  const picture = new Image();
  picture.className = className;
  picture.alt = "";
  picture.draggable = false;
  for (const wait of [...WAITS, 0]) {
    picture.src = address;
    try {
      await picture.decode();
      return picture;
    } catch {
      if (!isWanted()) return picture;
      await pause(wait);
    }
  }
  return picture;
};
