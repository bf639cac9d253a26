// The stack as a program, told to whoever draws it; and what a hand moves on the cards meanwhile.
import { followHand } from "./device_settings.js";

const tell = (name, detail) => window.dispatchEvent(new CustomEvent(`emulsion-${name}`, { detail }));

let told = null; // the stack as the server told it last
let owner = null; // the component that is on the page
let end = () => {};

const onWish = () => told && tell("program", told);

const begin = () => {
  window.addEventListener("emulsion-program-wanted", onWish);
  const endHand = followHand(
    () => told.settings,
    (values) => tell("values", values),
  );
  return () => {
    window.removeEventListener("emulsion-program-wanted", onWish);
    endHand();
  };
};

export default function ({ parentElement, data }) {
  told = data;
  if (owner !== parentElement) {
    end();
    [owner, end] = [parentElement, begin()];
  }
  onWish();
  return () => {
    if (owner !== parentElement) return;
    end();
    [told, owner, end] = [null, null, () => {}];
  };
}
