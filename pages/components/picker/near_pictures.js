// Pictures of tiles are fetched when they come near what is to be seen: of a hundred, the first screen's come first.
const NEAR = "120px";

const fetchNow = (picture) => {
  if (picture.dataset.url && picture.getAttribute("src") !== picture.dataset.url) picture.src = picture.dataset.url;
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
