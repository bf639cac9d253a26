// Whether this browser has drawn tiles as the server does: kept for its next visits, and forgotten where it failed.
const KEPT = "emulsion-tiles";
export const PROVEN = "emulsion-tiles-proven"; // what the window hears where that changes

export const isRemembered = () => {
  try {
    return localStorage.getItem(KEPT) === "drawn";
  } catch {
    return false; // a browser that keeps nothing proves it anew each time
  }
};

export const noteProven = (isProven) => {
  try {
    if (isProven) localStorage.setItem(KEPT, "drawn");
    else localStorage.removeItem(KEPT);
  } catch {
    // the window hears it all the same
  }
  window.dispatchEvent(new CustomEvent(PROVEN, { detail: isProven }));
};
