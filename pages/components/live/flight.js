// How one sees and hears that a photo was taken: it flies from the video to its tile, and a word stands beside it.
const FLIGHT = 600; // ms
const SPOKEN = 2500; // ms that the word stands beside the tile

let newest = -1; // the number of the piece that this page load has seen last; pieces before it have flown already

// Whether a piece has just come: not the one that was there when the page was opened, nor what is left when it is gone.
export const hasCome = (number) => {
  const before = newest;
  newest = Math.max(newest, number);
  return before >= 0 && number > before;
};

// From the one box to the other: what a picture that lies in the second one begins with; nowhere where it lies in none,
// since another piece has taken its place.
export const way = (from, to) => {
  if (!to.width || !to.height) return "none";
  const scale = Math.min(from.width / to.width, from.height / to.height);
  const across = from.left + from.width / 2 - (to.left + to.width / 2);
  const down = from.top + from.height / 2 - (to.top + to.height / 2);
  return `translate(${across}px, ${down}px) scale(${scale})`;
};

export const fly = (picture, video) => {
  if (!video || matchMedia("(prefers-reduced-motion: reduce)").matches) return;
  const start = way(video.getBoundingClientRect(), picture.getBoundingClientRect());
  picture.animate([{ transform: start }, { transform: "none" }], { duration: FLIGHT, easing: "ease-in-out" });
};

export const announce = (root, word) => {
  const status = root.querySelector("[role=status]");
  status.textContent = word;
  clearTimeout(status.timer);
  status.timer = setTimeout(() => {
    status.textContent = "";
  }, SPOKEN);
};
