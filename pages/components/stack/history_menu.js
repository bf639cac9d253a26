// The list of states: one stop for Tab, on the one that one is at; arrows, Home and End go through it.
import { rove } from "../roving.js";

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
  rove(list, "button", undefined, buttons[at]);
  if (list.shown !== now) buttons[at]?.scrollIntoView({ block: "nearest" });
  list.shown = now;
}
