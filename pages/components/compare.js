// A transparent range lies over the two pictures: the browser brings mouse, touch, keys and screen readers along.
const THUMB = 16; // px, as browsers draw it: the thumb's middle runs from half of it to the width less half of it

export default function ({ parentElement, data }) {
  const figure = parentElement.querySelector("figure");
  const range = figure.querySelector("input");

  for (const side of ["before", "after"]) {
    const picture = figure.querySelector("." + side);
    if (picture.getAttribute("src") !== data[side]) picture.src = data[side];
  }
  figure.querySelector(".after").alt = data.alt;
  figure.style.setProperty("--aspect", data.aspect);

  const place = () => {
    const travel = Math.max(figure.clientWidth - THUMB, 1);
    const at = THUMB / 2 + (range.value / 100) * travel;
    figure.style.setProperty("--at", at + "px");
  };
  range.oninput = place;
  place();

  const resized = new ResizeObserver(place);
  resized.observe(figure);
  return () => resized.disconnect();
}
