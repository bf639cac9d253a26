// The shapes that a crop may have, and the way out of it.
import { layHandles } from "./marks.js";
import { afterWishes, wish } from "./wishes.js";

let choices = 0; // each is one step back

const chip = (text, act) => {
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = text;
  button.onclick = act;
  return button;
};

export const showChips = (stage) => {
  const { chips, data, wishes } = stage;
  const { grips, says } = data;
  chips.hidden = !grips?.box.length;
  const wanted = chips.hidden ? "" : JSON.stringify([grips.card, grips.shapes]);
  if (chips.dataset.of !== wanted) {
    const shapes = chips.hidden ? [] : grips.shapes;
    const choose = (value) => () => {
      choices += 1;
      wish(stage, stage.data.grips.card, { [stage.data.grips.shape]: value }, `chip${choices}`);
      layHandles(stage);
      showChips(stage);
    };
    const ready = chip(says.ready, () => {
      const { card } = stage.data.grips;
      afterWishes(stage, () => stage.tell("ready", card));
    });
    ready.className = "ready";
    chips.replaceChildren(...shapes.map(({ title, value }) => chip(title, choose(value))), ready);
    chips.dataset.of = wanted;
  }
  if (chips.hidden) return;
  chips.ariaLabel = says.shapes;
  const chosen = (wishes.card === grips.card && wishes.values[grips.shape]) || grips.values[grips.shape];
  grips.shapes.forEach(({ value }, place) => {
    chips.children[place].ariaPressed = String(value === chosen);
  });
};
