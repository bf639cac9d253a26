// Favourites are the browser's own: nobody else learns of them, and where it keeps nothing they last as long as the page.
const PLACE = "emulsion-favourites";
let names = null;

export const favourites = () => {
  if (names) return names;
  try {
    names = new Set(JSON.parse(localStorage.getItem(PLACE) ?? "[]"));
  } catch {
    names = new Set();
  }
  return names;
};

export const toggleFavourite = (name) => {
  const all = favourites();
  if (!all.delete(name)) all.add(name);
  try {
    localStorage.setItem(PLACE, JSON.stringify([...all]));
  } catch {
    // a browser that keeps nothing, as in private windows
  }
};
