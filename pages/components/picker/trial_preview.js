// What the pointer or the focus rests on is shown large by whoever shows the picture. The contract: the window hears
// "emulsion-preview" with `detail` {url, title}: show this picture, which is what the effect or look of that title would
// make of the shown one; it may come twice, small at once and larger when the server has made it. An empty url: show
// what was shown before. A click on the tile takes the preview back first, and then adds what it showed.
const REST = 150; // ms that one stays on a tile before it is shown

const tellWindow = (name, detail) => window.dispatchEvent(new CustomEvent(name, { detail }));

// Follow pointer and focus over the tiles of a grid; `known(name)` gives a tile's {url, title}. From tile to tile the
// preview stays until the next one is there. Returns the way to take it back, and the end of it all.
export const followTrials = (grid, known, nameAt) => {
  let at = ""; // the tile one is on
  let shown = ""; // the tile that is shown
  let timer = 0;
  const leave = () => {
    clearTimeout(timer);
    if (shown) tellWindow("emulsion-preview", { url: "", title: "" });
    at = shown = "";
  };
  const show = (name) => {
    const { url, title } = known(name);
    if (!url) return;
    shown = name;
    tellWindow("emulsion-preview", { url, title });
    tellWindow("emulsion-rest", name);
  };
  const rest = (name) => {
    if (!name || name === at) return;
    clearTimeout(timer);
    at = name;
    timer = setTimeout(show, REST, name);
  };
  const onLarge = ({ detail: { name, url } }) => {
    // Where one has gone on meanwhile, nobody wants it any more.
    if (name === shown && name === at) tellWindow("emulsion-preview", { url, title: known(name).title });
  };
  grid.onpointerover = (event) => event.pointerType !== "touch" && rest(nameAt(event));
  grid.onpointerleave = leave;
  grid.addEventListener("focusin", (event) => event.target.matches(".tile:focus-visible") && rest(nameAt(event)));
  grid.addEventListener("focusout", ({ relatedTarget }) => grid.contains(relatedTarget) || leave());
  window.addEventListener("emulsion-large", onLarge);
  const end = () => {
    leave();
    window.removeEventListener("emulsion-large", onLarge);
  };
  return { leave, end };
};
