// The camera's buttons on the page, and the camera off as soon as one leaves it.
import { write } from "./capture_face.js";
import { finder } from "./finder.js";

const instances = new WeakMap(); // by the component's root

export default function ({ parentElement, data }) {
  if (!instances.has(parentElement)) {
    instances.set(parentElement, { ...finder(parentElement), answers: data.answers });
    window.addEventListener("pagehide", instances.get(parentElement).turnOff);
  }
  const instance = instances.get(parentElement);
  write(parentElement, data.words);
  if (instance.answers !== data.answers) instance.turnOff(); // another photo lies on the table
  instance.answers = data.answers;
  return () => {
    instance.turnOff();
    window.removeEventListener("pagehide", instance.turnOff);
    instances.delete(parentElement);
  };
}
