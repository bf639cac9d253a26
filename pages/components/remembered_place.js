// Where one was on a long page, kept by the tab: who comes back finds it as it was left.
const STILL = 150; // ms without scrolling, after which the place is kept
const AGAIN = 300; // ms after which it is gone to once more, where Streamlit has gone to the top meanwhile

const scroller = () => document.querySelector("[data-testid=stMain]") ?? document.scrollingElement;

// `wish()` gives what else is to be kept. Returns what was kept last, the way to keep it now, and the end of it all.
export const rememberPlace = (name, wish) => {
  const [item, page, main] = [`emulsion-place-${name}`, location.pathname, scroller()];
  let timer = 0;
  const keep = () => {
    // On the way to another page Streamlit goes to the top: that is no place of this one.
    if (location.pathname === page) sessionStorage.setItem(item, JSON.stringify({ ...wish(), top: main.scrollTop }));
  };
  const onScroll = () => {
    clearTimeout(timer);
    timer = setTimeout(keep, STILL);
  };
  const kept = JSON.parse(sessionStorage.getItem(item) ?? "{}");
  const goThere = () => {
    if (kept.top && main.scrollTop === 0) main.scrollTop = kept.top;
  };
  const begin = () => {
    requestAnimationFrame(goThere);
    setTimeout(goThere, AGAIN);
    main.addEventListener("scroll", onScroll, { passive: true });
  };
  const end = () => {
    clearTimeout(timer);
    main.removeEventListener("scroll", onScroll);
  };
  return { kept, keep, begin, end };
};
