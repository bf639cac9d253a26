// What is known of a place on the page: how many are there, a text, a value, the field itself, or a point to press.
export const seek = (steps, wish) => {
  // What is in an element, through open shadow roots and frames of the page's own.
  const inside = (element) => element.shadowRoot ?? element.contentDocument;
  function* all(root, css) {
    yield* root.querySelectorAll(css);
    for (const element of [root, ...root.querySelectorAll("*")]) {
      const within = inside(element);
      if (within) yield* all(within, css);
    }
  }
  let found = [document];
  for (const { css, text } of steps) {
    found = [...new Set(found.flatMap((root) => [...all(root, css)]))].filter(
      (element) => text === "" || element.textContent.trim() === text,
    );
  }
  const seen = found.find((element) => element.getBoundingClientRect().width > 0);
  // The middle of an element, seen from its own frame, and from the window.
  const middle = (element) => {
    const box = element.getBoundingClientRect();
    const inFrame = [box.x + box.width / 2, box.y + box.height / 2];
    let [x, y] = inFrame;
    for (let view = element.ownerDocument.defaultView; view.frameElement; view = view.parent) {
      const around = view.frameElement.getBoundingClientRect();
      [x, y] = [x + around.x, y + around.y];
    }
    return { inFrame, inWindow: [Math.round(x), Math.round(y)] };
  };
  // A pointer there hits the element, or what is in it or around it; not where it lies out of sight, or covered.
  const isHit = (element) => {
    const { inFrame, inWindow } = middle(element);
    const hit = document.elementFromPoint(...inWindow) && element.getRootNode().elementFromPoint(...inFrame);
    return hit && (element.contains(hit) || hit.contains(element));
  };
  const point = (element) => {
    if (!isHit(element)) element.scrollIntoView({ block: "center", behavior: "instant" });
    return isHit(element) ? middle(element).inWindow : null;
  };
  const wishes = {
    count: () => found.length,
    field: () => found[0] ?? null, // Streamlit's own are not to be seen
    text: () => seen?.textContent ?? null,
    value: () => seen?.value ?? null,
    focus: () => seen?.focus(),
    point: () => (seen ? point(seen) : null),
  };
  return wishes[wish]() ?? null;
};
