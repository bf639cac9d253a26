// The booth over the whole screen: the page as a whole goes there, so that what opens over it can be seen, too; styles
// (booth.css) leave of it the video and the row under it. A browser without full screens for pages gives its window.
const pageRoot = () => document.documentElement;

export const isWhole = () => pageRoot().dataset.booth === "full";

export const leaveWhole = () => {
  delete pageRoot().dataset.booth;
  if (document.fullscreenElement) document.exitFullscreen();
};

export const enterWhole = () => {
  pageRoot().dataset.booth = "full";
  pageRoot()
    .requestFullscreen?.()
    .catch(() => {});
};

// The browser has left its full screen, or entered it.
export const followScreen = () => {
  if (!document.fullscreenElement) delete pageRoot().dataset.booth;
};

// Escape leaves where there is no full screen of the browser's that it would leave by itself.
export const isWayOut = ({ key }) => key === "Escape" && !document.fullscreenElement && isWhole();
