// A photo or recording large over the page, and what one can do with it there.
import { canShare, fetchFile, shareFile } from "../web_share.js";

// A recording is a film: its first frame stands for it, small, and it plays where it is large.
export const medium = (url, mime) => {
  const shown = document.createElement(mime.startsWith("video/") ? "video" : "img");
  shown.src = url;
  return shown;
};

export const nameActs = (dialog, words) => {
  for (const name of ["save", "share", "edit", "delete", "close"])
    dialog.querySelector(`.${name}`).textContent = words[name];
};

// `act` is called with what is to be done, "edit" or "delete", and the piece's number.
export const fillLarge = (dialog, piece, act) => {
  const large = medium(piece.url, piece.mime);
  if (large.tagName === "VIDEO") large.controls = true;
  else large.alt = piece.name;
  dialog.ariaLabel = piece.name;
  dialog.querySelector(".large").replaceChildren(large);
  const onPress = (name, press) => {
    dialog.querySelector(`.${name}`).onclick = press;
  };
  const tell = (name) => () => {
    dialog.close();
    act(name, piece.number);
  };
  const save = dialog.querySelector(".save");
  save.href = piece.url;
  save.download = piece.name;
  const isShared = canShare(navigator, piece.name, piece.mime);
  const coming = isShared ? fetchFile(piece).catch(() => null) : null; // a browser shares what was asked for just now
  dialog.querySelector(".share").hidden = !isShared;
  dialog.querySelector(".edit").hidden = !piece.can_edit;
  onPress("share", async () => {
    const file = await coming;
    if (file) shareFile(file);
  });
  onPress("edit", tell("edit"));
  onPress("delete", tell("delete"));
  onPress("close", () => dialog.close());
  dialog.onclose = () => dialog.querySelector(".large").replaceChildren(); // a film that is closed plays no more
};
