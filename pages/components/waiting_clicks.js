// Clicks on what may be about a card that a press before them takes away: they wait until the server has followed that.
const WAITING = "[class*=st-key-card-] :is(button, label)";
const PATIENCE = 1500; // ms that a click waits for the presses before it

let waiting = [];
let timer = 0;

// Whether a click, by the person's own hand, has to wait.
export const mayWait = ({ isTrusted, target }) => isTrusted && Boolean(target.closest?.(WAITING));

// Have a click wait until `clickWaiting` is called, or `late` where that takes too long.
export const wait = (event, late) => {
  event.preventDefault();
  event.stopPropagation();
  waiting.push(event.composedPath()[0]);
  clearTimeout(timer);
  timer = setTimeout(late, PATIENCE);
};

export const clickWaiting = () => {
  clearTimeout(timer);
  const clicked = waiting;
  waiting = [];
  for (const element of clicked.filter(({ isConnected }) => isConnected)) element.click();
};
