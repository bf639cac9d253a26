// The newest piece on its tile, and large over the page.
// A recording is a film: its first frame stands for it, small, and it plays where it is large.
import { canShare, fetchFile, shareFile } from "../web_share.js";
import { announce, fly, hasCome } from "./flight.js";

const medium = (url, mime) => {
  const shown = document.createElement(mime.startsWith("video/") ? "video" : "img");
  shown.src = url;
  return shown;
};

const fill = (root, piece, setTriggerValue) => {
  const dialog = root.querySelector("dialog");
  const large = medium(piece.url, piece.mime);
  if (large.tagName === "VIDEO") large.controls = true;
  else large.alt = piece.name;
  dialog.ariaLabel = piece.name;
  dialog.querySelector(".large").replaceChildren(large);
  const act = (name, press) => {
    dialog.querySelector(`.${name}`).onclick = press;
  };
  const tell = (name) => () => {
    dialog.close();
    setTriggerValue(name, piece.number);
  };
  const save = dialog.querySelector(".save");
  save.href = piece.url;
  save.download = piece.name;
  const isShared = canShare(navigator, piece.name, piece.mime);
  const coming = isShared ? fetchFile(piece).catch(() => null) : null; // a browser shares what was asked for just now
  dialog.querySelector(".share").hidden = !isShared;
  dialog.querySelector(".edit").hidden = !piece.can_edit;
  act("share", async () => {
    const file = await coming;
    if (file) shareFile(file);
  });
  act("edit", tell("edit"));
  act("delete", tell("delete"));
  act("close", () => dialog.close());
  dialog.onclose = () => dialog.querySelector(".large").replaceChildren(); // a film that is closed plays no more
};

export default function ({ parentElement: root, data, setTriggerValue }) {
  const { piece, words } = data;
  const tile = root.querySelector(".tile");
  const dialog = root.querySelector("dialog");
  for (const name of ["save", "share", "edit", "delete", "close"])
    dialog.querySelector(`.${name}`).textContent = words[name];
  tile.disabled = !piece.url;
  tile.ariaLabel = tile.title = piece.url ? words.open : words.none;
  tile.onclick = () => {
    fill(root, piece, setTriggerValue);
    dialog.showModal();
  };
  if (tile.number !== piece.number) {
    tile.replaceChildren(...(piece.url ? [medium(piece.url, piece.mime)] : []));
    if (hasCome(piece.number)) {
      announce(root, piece.word);
      const [picture] = tile.children;
      if (picture.tagName === "IMG")
        picture.decode().then(
          () => fly(picture),
          () => {},
        );
    }
    tile.number = piece.number;
  }
}
