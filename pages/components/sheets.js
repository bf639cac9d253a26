// Which part of the page is up above the bar: told to the style sheet by an attribute of the page itself.
const page = document.documentElement;

// What is up after a press: what its button brings up, or nothing where that is up already; the same for a mere switch.
export const next = (shown, { title, sheet }) => {
  if (!sheet) return shown;
  return shown === title ? "" : title;
};

export default function ({ parentElement, data }) {
  const bar = parentElement.querySelector("nav");
  bar.ariaLabel = data.name;

  const show = (shown) => {
    bar.dataset.shown = shown;
    page.dataset.sheet = data.buttons.find(({ title }) => title === shown)?.sheet ?? "";
    data.buttons.forEach(({ title, sheet }, place) => {
      if (sheet) bar.children[place].ariaExpanded = String(title === shown);
    });
  };
  const press = (button) => {
    const shown = next(bar.dataset.shown ?? "", button);
    show(shown);
    if (!button.sheet || shown) document.querySelector(`.st-key-${button.press} :is(button, input)`)?.click();
  };

  bar.replaceChildren(
    ...data.buttons.map((button) => {
      const made = document.createElement("button");
      const sign = document.createElement("span");
      sign.className = "sign";
      sign.ariaHidden = "true";
      sign.textContent = button.sign;
      made.type = "button";
      made.append(sign, button.title);
      made.onclick = () => press(button);
      return made;
    }),
  );
  show(bar.dataset.shown ?? "");
  return () => delete page.dataset.sheet;
}
