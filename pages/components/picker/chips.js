import { element } from "../element.js";
import { rove } from "../roving.js";

// A row of chips of which one is chosen, by name; `choose` is told which. The row is one stop of the Tab key.
export const showChips = (row, titles, chosen, choose) => {
  const names = Object.keys(titles);
  if (names.join() !== [...row.children].map(({ dataset }) => dataset.chip).join())
    row.replaceChildren(
      ...names.map((name) => {
        const chip = element("button", "chip", titles[name]);
        chip.type = "button";
        chip.dataset.chip = name;
        return chip;
      }),
    );
  for (const chip of row.children) {
    chip.ariaPressed = String(chip.dataset.chip === chosen);
    chip.onclick = () => choose(chip.dataset.chip);
  }
  rove(row, ".chip");
};
