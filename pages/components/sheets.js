// Which part of the page is up above the bar: told to the style sheet by an attribute of the page itself.
const page = document.documentElement;

// What a press of a button brings up: its own sheet, or none where that is up already.
export const next = (shown, pressed) => (shown === pressed ? "" : pressed);

export default function ({ parentElement, data }) {
  const bar = parentElement.querySelector("nav");
  bar.ariaLabel = data.name;

  const mark = () => {
    for (const button of bar.children)
      if (button.dataset.sheet !== data.switch)
        button.ariaExpanded = String(button.dataset.sheet === page.dataset.sheet);
  };
  const show = (sheet) => {
    page.dataset.sheet = sheet;
    mark();
  };
  const press = (sheet) => {
    if (sheet !== data.switch) show(next(page.dataset.sheet, sheet));
    else document.querySelector(`.st-key-${sheet} input`)?.click();
  };

  bar.replaceChildren(
    ...data.sheets.map(({ key, title, sign }) => {
      const button = document.createElement("button");
      const icon = document.createElement("span");
      icon.className = "sign";
      icon.ariaHidden = "true";
      icon.textContent = sign;
      button.type = "button";
      button.dataset.sheet = key;
      button.append(icon, title);
      button.onclick = () => press(key);
      return button;
    }),
  );
  mark();
  return () => delete page.dataset.sheet;
}
