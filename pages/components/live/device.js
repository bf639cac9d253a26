// Live on this device: the camera asked for by a click, its pictures drawn through the stack, and off when one leaves.
import { showKept } from "./device_kept.js";
import { startLive } from "./device_live.js";

const instances = new WeakMap(); // by the component's root

export default function ({ parentElement, data, setStateValue }) {
  const root = parentElement.querySelector(".live");
  if (root.classList.contains("kept")) return showKept(root, data);
  if (!instances.has(root))
    instances.set(
      root,
      startLive(root, data, (why) => setStateValue("why_not", why)),
    );
  const instance = instances.get(root);
  instance.follow(data);
  return () => {
    instance.end();
    instances.delete(root);
  };
}
