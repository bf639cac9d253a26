// The stack as a program, told to whoever draws it; and what a hand moves on the cards meanwhile.
import { movedValues } from "./device_settings.js";

let told = null; // the stack as the server told it last
let owner = null; // the component that is on the page

const tell = () => {
  if (told) window.dispatchEvent(new CustomEvent("emulsion-program", { detail: told }));
};

// A slider or a colour that is moved: the server hears of it when it is let go.
const onInput = (event) => {
  const values = told && movedValues(event.composedPath()[0], told.settings);
  if (values) window.dispatchEvent(new CustomEvent("emulsion-values", { detail: values }));
};

export default function ({ parentElement, data }) {
  [told, owner] = [data, parentElement];
  window.addEventListener("emulsion-program-wanted", tell);
  window.addEventListener("input", onInput, true);
  tell();
  return () => {
    if (owner !== parentElement) return;
    window.removeEventListener("emulsion-program-wanted", tell);
    window.removeEventListener("input", onInput, true);
    told = owner = null;
  };
}
