// How something is laid over the picture: in CSS pixels, about a point, turned.
export const put = (element, { left, top, width, height, turn = 0 }) => {
  element.hidden = false;
  for (const [side, value] of Object.entries({ left, top, width, height })) element.style[side] = `${value}px`;
  element.style.transform = turn ? `rotate(${turn}deg)` : "";
};

// About a point, so wide and so high.
export const around = ({ x, y }, width, height, turn) => ({
  left: x - width / 2,
  top: y - height / 2,
  width,
  height,
  turn,
});
