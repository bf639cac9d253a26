// Containers come and go with the stack, before and after this runs: each is named when it is there.
const observers = new WeakMap();

export default function ({ parentElement, data }) {
  const name = () => {
    for (const [key, title] of Object.entries(data)) {
      const card = document.querySelector(`.st-key-${key}`);
      if (card && card.ariaLabel !== title) Object.assign(card, { role: "group", ariaLabel: title });
    }
  };
  observers.get(parentElement)?.disconnect();
  const observer = new MutationObserver(name);
  observer.observe(document.querySelector("[data-testid=stMain]") || document.body, { childList: true, subtree: true });
  observers.set(parentElement, observer);
  name();
  return () => observers.get(parentElement)?.disconnect();
}
