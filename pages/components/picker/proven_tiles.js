// Whether this browser has drawn tiles as the server does: kept for its next visits, and forgotten where it failed.
const KEPT = "emulsion-tiles";
export const PROVEN = "emulsion-tiles-proven"; // what the window hears when it is so

export const isRemembered = () => {
  try {
    return localStorage.getItem(KEPT) === "drawn";
  } catch {
    return false; // a browser that keeps nothing proves it anew each time
  }
};

export const noteProven = () => {
  try {
    localStorage.setItem(KEPT, "drawn");
  } catch {
    // the window hears it all the same
  }
  window.dispatchEvent(new CustomEvent(PROVEN));
};

export const forgetProof = () => {
  try {
    localStorage.removeItem(KEPT);
  } catch {
    // nothing was kept
  }
};
