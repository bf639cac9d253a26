// The picture as the effect that one looks at would make it: over the shown one, until one looks away.
import { load } from "./pictures.js";

// Cover what a stage shows by the picture at an address, whole whatever its shape; without an address uncover it.
export const showTrial = async (stage, { url, title }) => {
  stage.trial = url;
  const cover = url ? await load(url, "trial", () => stage.trial === url) : null;
  if (stage.trial !== url) return; // one looks at another by now
  stage.cover?.remove();
  stage.cover = cover;
  if (!cover) return;
  cover.alt = title;
  stage.place.append(cover);
};
