// A transparent range lies over the two pictures: the browser brings mouse, touch, keys and screen readers along.
const KEY = 2; // % that an arrow key moves the bar
const WAYS = { ArrowLeft: -KEY, ArrowDown: -KEY, ArrowRight: KEY, ArrowUp: KEY };

export default function ({ parentElement, data }) {
  const figure = parentElement.querySelector("figure");
  const range = figure.querySelector("input");

  const place = () => figure.style.setProperty("--at", range.value + "%");
  range.oninput = place;
  range.onkeydown = (event) => {
    if (!(event.key in WAYS)) return;
    event.preventDefault();
    range.value = Number(range.value) + WAYS[event.key];
    place();
  };
  place();

  // Both are exchanged at once, when both can be drawn: until then one sees what was there.
  figure.wanted = data;
  const coming = ["before", "after"].map(async (side) => {
    const picture = new Image();
    picture.className = side;
    picture.alt = "";
    picture.src = data[side];
    await picture.decode().catch(() => {}); // an address just replaced is gone, and the next is on its way
    return picture;
  });
  Promise.all(coming).then((pictures) => {
    if (figure.wanted !== data) return;
    for (const picture of pictures) figure.querySelector("." + picture.className).replaceWith(picture);
    figure.style.setProperty("--aspect", data.aspect);
    figure.hidden = false;
  });
}
