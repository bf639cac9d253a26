// Pictures of tiles are fetched, or drawn here, when they come near what is to be seen: of a hundred, the first screen's
// come first.
const NEAR = "120px";
export const DRAWN = "drawn:"; // how the address begins of what is drawn here; the rest says of which picture
export const WANTED = "emulsion-tile-wanted"; // what the window hears of a picture (`detail`) that is to be drawn
export const DRAWER = "emulsion-tile-drawer"; // and where there is somebody to draw it

const fetchNow = (picture) => {
  const { url } = picture.dataset;
  if (!url || (picture.drawn ?? picture.getAttribute("src")) === url) return;
  if (url.startsWith(DRAWN)) {
    window.dispatchEvent(new CustomEvent(WANTED, { detail: picture }));
    return;
  }
  letGo(picture);
  picture.src = url;
};

const observer = globalThis.IntersectionObserver
  ? new IntersectionObserver(
      (entries) => {
        for (const { target, isIntersecting } of entries) {
          target.isNear = isIntersecting;
          if (isIntersecting) fetchNow(target);
        }
      },
      { rootMargin: NEAR, scrollMargin: NEAR },
    )
  : null;

export const watchPicture = (picture) => observer.observe(picture);

// Another picture for the same tile: at once where one sees it, else when one comes near.
export const setPicture = (picture, url) => {
  picture.dataset.url = url;
  if (picture.isNear) fetchNow(picture);
};

// Ask for what is near once more: somebody has come who draws.
export const fetchNear = (box) => {
  for (const picture of box.querySelectorAll("img")) if (picture.isNear) fetchNow(picture);
};

// Hold nothing of what was drawn here.
export const letGo = (picture) => {
  if (picture.drawn) URL.revokeObjectURL(picture.src);
  picture.drawn = null;
};

// Show what was drawn here for the address that the picture has now.
export const showDrawn = (picture, blob) => {
  letGo(picture);
  picture.drawn = picture.dataset.url;
  picture.src = URL.createObjectURL(blob);
};
