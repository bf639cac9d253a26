// What stands below the picture where one crops or levels it: the dial, shapes, turns and flips, and the way out.
import { makeDial } from "./dial.js";
import { draw } from "./drawing.js";
import { ask, beginPull } from "./pulls.js";
import { afterWishes, wish } from "./wishes.js";

let choices = 0; // each is one step back

const chip = (text, title, act) => {
  const button = document.createElement("button");
  Object.assign(button, { type: "button", textContent: text, onclick: act });
  if (title !== text) button.title = button.ariaLabel = title;
  return button;
};

// A press is counted with all others that are about cards, and comes after what was asked for by hand before it.
const turnPress = (stage, way) => () => {
  const detail = { way: `turn ${stage.data.grips.card} ${way}` };
  afterWishes(stage, () => window.dispatchEvent(new CustomEvent("emulsion-card", { detail })));
};

// Mark the shape that is chosen.
const markShape = ({ chips, data: { grips }, wishes }) => {
  const chosen = (wishes.card === grips.card && wishes.values[grips.shape]) || grips.values[grips.shape];
  for (const button of chips.querySelectorAll("[data-shape]"))
    button.ariaPressed = String(button.dataset.shape === chosen);
};

const choose = (stage, value) => () => {
  choices += 1;
  wish(stage, stage.data.grips.card, { [stage.data.grips.shape]: value }, `chip${choices}`);
  draw(stage);
  markShape(stage);
};

const makeChips = (stage) => {
  const { grips, says } = stage.data;
  const ready = chip(says.ready, says.ready, () => {
    const { card } = stage.data.grips;
    afterWishes(stage, () => stage.tell("ready", card));
  });
  ready.className = "ready";
  const dial = grips.turned ? [makeDial(beginPull, (angle) => ask(stage, { [grips.turned]: angle }))] : [];
  const shapes = grips.shapes.map(({ title, value }) => {
    const button = chip(title, title, choose(stage, value));
    button.dataset.shape = value;
    return button;
  });
  const turns = grips.turns.map(({ way, title, sign }) => chip(sign, title, turnPress(stage, way)));
  for (const button of turns) button.className = "turn";
  stage.chips.replaceChildren(...dial, ...turns, ...shapes, ready);
  stage.chips.scrollLeft = 0; // where one was among those of another card, its first is not
};

export const showChips = (stage) => {
  const { chips, data } = stage;
  const { grips, says } = data;
  chips.hidden = !(grips && (grips.box.length || grips.turned || grips.turns.length));
  const wanted = chips.hidden ? "" : JSON.stringify([grips.card, grips.shapes, grips.turned, grips.turns]);
  if (chips.dataset.of !== wanted) {
    if (chips.hidden) chips.replaceChildren();
    else makeChips(stage);
    chips.dataset.of = wanted;
  }
  if (chips.hidden) return;
  chips.ariaLabel = grips.shapes.length ? says.shapes : says.turns;
  markShape(stage);
};
