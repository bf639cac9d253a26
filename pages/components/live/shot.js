// The newest piece on its tile, and large over the page.
import { announce, fly, hasCome } from "./flight.js";
import { fillLarge, medium, nameActs } from "./large_view.js";

export default function ({ parentElement: root, data, setTriggerValue }) {
  const { piece, words } = data;
  const tile = root.querySelector(".tile");
  const dialog = root.querySelector("dialog");
  nameActs(dialog, words);
  tile.disabled = !piece.url;
  tile.ariaLabel = tile.title = piece.url ? words.open : words.none;
  tile.onclick = () => {
    fillLarge(dialog, piece, setTriggerValue);
    dialog.showModal();
  };
  if (tile.number !== piece.number) {
    tile.replaceChildren(...(piece.url ? [medium(piece.url, piece.mime)] : []));
    if (hasCome(piece.number)) {
      announce(root, piece.word);
      const [picture] = tile.children;
      if (picture.tagName === "IMG")
        picture.decode().then(
          () => fly(picture, document.querySelector(".st-key-live iframe")),
          () => {},
        );
    }
    tile.number = piece.number;
  }
}
