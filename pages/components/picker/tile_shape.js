// A tile's width for pictures of this shape (width by height), in widths of one of 3 by 2: so that its area is the same.
export const width = (aspect) => Math.sqrt(aspect / 1.5);

export const setShape = (box, aspect) => {
  box.style.setProperty("--aspect", aspect);
  box.style.setProperty("--wide", width(aspect));
};
