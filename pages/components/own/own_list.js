// The looks of one's own in this browser, the newest first: {id, name, recipe} each, or whatever else stands there.
export const PLACE = "emulsion-looks";
let unkept = null; // the list where the browser writes nothing down: it lasts as long as the page

export const looks = () => {
  if (unkept) return unkept;
  try {
    const list = JSON.parse(localStorage.getItem(PLACE) ?? "[]");
    return Array.isArray(list) ? list : [];
  } catch {
    return [];
  }
};

export const isKept = () => !unkept;

const ACTS = {
  add: (list, { look }) => (list.some((other) => other?.id === look.id) ? list : [look, ...list]),
  rename: (list, { id, name }) => list.map((look) => (look?.id === id ? { ...look, name } : look)),
  delete: (list, { id }) => list.filter((look) => look?.id !== id),
};

// The list after a wish; one that is done twice changes nothing the second time.
export const after = (list, wish) => ACTS[wish.act]?.(list, wish) ?? list;

export const change = (wish) => {
  const list = after(looks(), wish);
  try {
    localStorage.setItem(PLACE, JSON.stringify(list));
    unkept = null;
  } catch {
    unkept = list; // private windows, or no room
  }
};

// Cut between two letters, however many units each of them has.
const textOf = (value, most) => (typeof value === "string" ? [...value].slice(0, most).join("") : "");

// What to tell the server of a list, null where it knows all of it: recipes only of looks that are new to it, and none
// longer than it takes.
export const report = (list, { known, wishes, most }, { followed, kept }) => {
  const told = list.slice(0, most.looks).map((look) => ({
    id: textOf(look?.id, most.head),
    name: textOf(look?.name, most.head),
    recipe: textOf(look?.recipe, most.recipe + 1), // one too many is refused there, and told
  }));
  const heads = told.map(({ id, name }) => [id, name]);
  if (JSON.stringify(heads) === JSON.stringify(known) && !wishes.length) return null;
  const ids = new Set(known.map(([id]) => id));
  return { followed, kept, looks: told.map((look) => (ids.has(look.id) ? { ...look, recipe: "" } : look)) };
};
