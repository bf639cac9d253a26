const WAITS = [150, 300, 600, 1200]; // ms
const tries = new WeakMap();

const again = ({ target }) => {
  if (target.tagName !== "IMG") return;
  const address = target.src;
  const past = tries.get(target);
  const number = past?.address === address ? past.number : 0;
  if (number >= WAITS.length) return;
  tries.set(target, { address, number: number + 1 });
  setTimeout(() => target.src === address && (target.src = address), WAITS[number]);
};

export default function () {
  window.addEventListener("error", again, true);
  return () => window.removeEventListener("error", again, true);
}
