const WAITS = [150, 300, 600, 1200]; // ms
const tries = new WeakMap();

// The next try at an address, after the last one at whatever this picture showed; null where it has had them all.
export const nextTry = (last, address) => {
  const number = last?.address === address ? last.number + 1 : 1;
  return number > WAITS.length ? null : { address, number, wait: WAITS[number - 1] };
};

const again = ({ target }) => {
  if (target.tagName !== "IMG") return;
  const next = nextTry(tries.get(target), target.src);
  if (!next) return;
  tries.set(target, next);
  setTimeout(() => {
    if (target.src === next.address) target.src = next.address;
  }, next.wait);
};

export default function () {
  window.addEventListener("error", again, true);
  return () => window.removeEventListener("error", again, true);
}
