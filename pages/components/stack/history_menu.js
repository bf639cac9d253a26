// The list of states: one stop for Tab, on the one that one is at; arrows, Home and End go through it.

// The place that a key leads to from another, of so many; -1 where it leads nowhere.
export const placeAfter = (key, place, count) => {
  const places = { ArrowUp: place - 1, ArrowDown: place + 1, Home: 0, End: count - 1 };
  return Object.hasOwn(places, key) ? Math.min(Math.max(places[key], 0), count - 1) : -1;
};

const item = () => {
  const entry = document.createElement("li");
  const button = document.createElement("button");
  button.type = "button";
  entry.append(button);
  return entry;
};

export default function ({ parentElement, data, setTriggerValue }) {
  const list = parentElement.querySelector("ol");
  const { states, now } = data;
  list.ariaLabel = data.name;
  while (list.children.length < states.length) list.append(item());
  while (list.children.length > states.length) list.lastChild.remove();

  const buttons = [...list.querySelectorAll("button")];
  const stopAt = (place) => {
    for (const [other, button] of buttons.entries()) button.tabIndex = other === place ? 0 : -1;
  };
  const at = states.findIndex(({ number }) => number === now);
  for (const [place, button] of buttons.entries()) {
    const { number, title } = states[place];
    button.textContent = title;
    button.parentElement.className = place > at ? "future" : "";
    if (place === at) button.ariaCurrent = "step";
    else button.removeAttribute("aria-current");
    button.onclick = () => {
      const click = new CustomEvent("emulsion-tile", { detail: ["history", number], cancelable: true });
      if (window.dispatchEvent(click)) setTriggerValue("picked", number); // unless somebody counts it
    };
  }
  stopAt(at);

  list.onkeydown = (event) => {
    const place = placeAfter(event.key, buttons.indexOf(event.target), buttons.length);
    if (place < 0) return;
    event.preventDefault();
    stopAt(place);
    buttons[place].focus();
  };
  if (list.shown !== now) buttons[at]?.scrollIntoView({ block: "nearest" });
  list.shown = now;
}
