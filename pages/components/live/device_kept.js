// What was taken on this device, while another way is shown: its tile, and all of it large.
import { editPiece } from "./device_edit.js";
import { showPieces } from "./device_pieces.js";
import { sendWaiting } from "./device_unsent.js";

export const showKept = (root, { words, most }) => {
  const say = (sentence) => {
    root.querySelector(".words").textContent = sentence;
  };
  root.querySelector(".whence").textContent = words.whence;
  sendWaiting((isUnsent) => say(isUnsent ? words.unsent_gif : ""));
  showPieces(root, words, most.pieces, (piece) => editPiece(piece, () => say(words.unsent)));
};
