// A transparent range lies over the two pictures: the browser brings mouse, touch, keys and screen readers along.
const KEY = 2; // %, how far an arrow key moves the bar
const WAYS = { ArrowLeft: -KEY, ArrowDown: -KEY, ArrowRight: KEY, ArrowUp: KEY };

// Where a key moves the bar from here (as a field tells it: in letters); null for a key that does not.
export const moved = (at, key) => (key in WAYS ? Number(at) + WAYS[key] : null);

export default function ({ parentElement, data }) {
  const figure = parentElement.querySelector("figure");
  const range = figure.querySelector("input");

  const place = () => figure.style.setProperty("--at", `${range.value}%`);
  range.oninput = place;
  range.onkeydown = (event) => {
    const at = moved(range.value, event.key);
    if (at === null) return;
    event.preventDefault();
    range.value = at;
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
    for (const picture of pictures) figure.querySelector(`.${picture.className}`).replaceWith(picture);
    figure.style.setProperty("--aspect", data.aspect);
    figure.hidden = false;
  });
}
