// A card, or a part of one, comes in sight: where its panel scrolls by itself the page stays as it is, with all that is pinned there.
const EDGE_GAP = 8; // px between it and the panel's edge
const SETTLING = 250; // ms in which it gets its widgets
const MAX_LOOKS = 12; // times that it is looked after, while the page is at work

// How far a panel from `top` to `bottom` scrolls for a card: as little as it can, and one too tall is seen from its head.
export const scrollFor = (card, panel) => {
  const above = card.top - panel.top - EDGE_GAP;
  const below = card.bottom - panel.bottom + EDGE_GAP;
  return above < 0 || below > above ? above : Math.max(below, 0);
};

const bringCard = (element) => {
  const panel = element?.closest(".st-key-side");
  if (panel && getComputedStyle(panel).maxHeight !== "none") {
    const by = scrollFor(element.getBoundingClientRect(), panel.getBoundingClientRect());
    panel.scrollBy({ top: by, behavior: "smooth" });
  } else {
    const isTall = element?.offsetHeight > window.innerHeight / 2;
    element?.scrollIntoView({ block: isTall ? "start" : "nearest", behavior: "smooth" });
  }
};

const isPageAtWork = () => document.querySelector("[data-testid=stApp]")?.dataset.testScriptState === "running";

let timer = 0;

// Once it has its widgets, and again when what goes from above it has gone.
const followCard = (selector, tries) => {
  const isLast = !tries || !isPageAtWork();
  if (tries === MAX_LOOKS || isLast) bringCard(document.querySelector(selector));
  if (!isLast) timer = setTimeout(followCard, SETTLING, selector, tries - 1);
};

// Whoever goes on meanwhile is where they want to be: a list that they open would close as the page moves.
const leaveAlone = () => clearTimeout(timer);

export const bringInSight = (selector) => {
  clearTimeout(timer);
  timer = setTimeout(followCard, SETTLING, selector, MAX_LOOKS);
  for (const touch of ["pointerdown", "keydown", "wheel"])
    window.addEventListener(touch, leaveAlone, { capture: true, passive: true });
};
