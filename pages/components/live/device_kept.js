// What was taken on this device, while another way is shown: its tile, and all of it large.
import { editPiece } from "./device_edit.js";
import { sendWaiting } from "./device_gif.js";
import { showPieces } from "./device_pieces.js";

export const showKept = (root, { words, most }) => {
  const sayUnsent = () => {
    root.querySelector(".words").textContent = words.unsent;
  };
  root.querySelector(".whence").textContent = words.whence;
  sendWaiting(sayUnsent);
  showPieces(root, words, most.pieces, (piece) => editPiece(piece, sayUnsent));
};
