// What a hand does to cards, told as presses; a moved card stays where it was put; what is newly shown comes in sight.
import { filled } from "../filled.js";
import { cardElements, cardOf, dragListeners, handleOf, letGo } from "./card_drag.js";
import { bringInSight } from "./card_in_sight.js";
import { dotRules, movedOrder, orderRules } from "./card_order.js";
import { describeFields, resetSetting, tell } from "./card_settings.js";

const PATIENCE = 10_000; // ms that a moved card stands where it was put though no server follows

const style = document.createElement("style");
let page = null; // the component that is on the page now: { data, status }
let pinned = []; // the order that was asked for, until the page has it
let [awaited, patience] = [0, 0]; // the number of the press that asked for it, and the timer that gives it up
let held = ""; // the card whose handle had the focus then, as long as moves may take it away
let known = null; // what was shown before

const pin = (order) => {
  pinned = order;
  const rules = [...(order.length ? [orderRules(order)] : []), dotRules(page.data.differing)].join("\n");
  if (style.textContent !== rules) style.textContent = rules;
};

const move = (card, by) => {
  const order = pinned.length ? pinned : cardElements().map(cardOf);
  const next = movedOrder(order, card, by);
  const steps = next.indexOf(card) - order.indexOf(card);
  const count = steps && tell(`move ${card} ${steps}`);
  if (!count) return;
  pin(next);
  awaited = count;
  held = handleOf(document.activeElement) ? card : "";
  clearTimeout(patience);
  patience = setTimeout(pin, PATIENCE, []);
  const parts = { title: page.data.titles[card], place: next.indexOf(card) + 1, count: next.length };
  page.status.textContent = filled(page.data.words.moved, parts);
  document.querySelector(`.st-key-card-${card}`).scrollIntoView({ block: "nearest" });
};

const onClick = (event) => {
  if (!handleOf(event.composedPath()[0])) held = "";
  else event.stopPropagation(); // by itself it does nothing
  resetSetting(event);
};

// Containers come and go with the stack, before and after this runs: what they are to show is written when they are there.
const onChange = () => {
  const { followed, titles, differing, words } = page.data;
  const order = String(cardElements().map(cardOf));
  if (order === String(pinned) || (followed >= awaited && order === String(Object.keys(titles)))) pin([]);
  if (held && document.activeElement === document.body) document.querySelector(`.st-key-${held}-move button`)?.focus();
  describeFields(differing, words.differs);
};

const observer = new MutationObserver(onChange);
const LISTENERS = { ...dragListeners(move), click: onClick };

export default function ({ parentElement, data }) {
  const status = parentElement.querySelector("[role=status]");
  page = { data, status };
  if (!style.isConnected) document.head.append(style);
  const fresh = data.shown.find((key) => known && !known.has(key));
  if (fresh) bringInSight(`.st-key-${fresh}`);
  known = new Set(data.shown);
  observer.observe(document.querySelector("[data-testid=stMain]"), { childList: true, subtree: true });
  for (const [name, listener] of Object.entries(LISTENERS)) window.addEventListener(name, listener, true);
  pin(pinned);
  onChange();
  return () => {
    if (page.status !== status) return; // another one has taken its place
    letGo();
    observer.disconnect();
    for (const [name, listener] of Object.entries(LISTENERS)) window.removeEventListener(name, listener, true);
  };
}
