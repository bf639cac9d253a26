// Photos and recordings of this visit, in the browser alone: the newest on its tile, and all of them where it is large.
import { announce, fly, hasCome } from "./flight.js";
import { fillLarge, medium, nameActs } from "./large_view.js";

let count = 0;
let pieces = []; // the newest first
const onPage = { root: null, words: null, most: 0, act: () => {} };

const find = (number) => pieces.find((piece) => piece.number === number);

const drop = (number) => {
  const gone = find(number);
  pieces = pieces.filter((piece) => piece !== gone);
  if (gone) URL.revokeObjectURL(gone.url);
};

const act = (name, number) => {
  if (name === "edit") onPage.act(find(number));
  else drop(number);
  showTile();
};

const open = (piece) => {
  const dialog = onPage.root.querySelector("dialog");
  fillLarge(dialog, piece, act);
  const others = pieces.length > 1 ? pieces : [];
  const tiles = others.map((other) => {
    const tile = document.createElement("button");
    Object.assign(tile, {
      type: "button",
      title: other.name,
      ariaLabel: other.name,
      ariaCurrent: String(other === piece),
    });
    tile.append(medium(other.url, other.mime));
    tile.onclick = () => open(other);
    return tile;
  });
  dialog.querySelector(".others").replaceChildren(...tiles);
  if (!dialog.open) dialog.showModal();
};

const showTile = () => {
  const { root, words } = onPage;
  const tile = root.querySelector(".tile");
  const [newest] = pieces;
  tile.disabled = !newest;
  tile.ariaLabel = tile.title = newest ? words.open : words.none;
  tile.onclick = () => open(newest);
  tile.replaceChildren(...(newest ? [medium(newest.url, newest.mime)] : []));
};

// What is taken from now on is shown by this component; `edit` is called with the piece that is to be edited.
export const showPieces = (root, words, most, edit) => {
  Object.assign(onPage, { root, words, most, act: edit });
  hasCome(0);
  nameActs(root.querySelector("dialog"), words);
  root.querySelector(".others").ariaLabel = words.others;
  showTile();
};

// Another piece: a PNG or a film, and for a photo the camera's own picture.
export const addPiece = ({ blob, raw }, word, ending, from) => {
  count += 1;
  const name = word === "recording" ? `emulsion-${count}.${ending}` : `emulsion-${word}-${count}.${ending}`;
  const piece = { number: count, url: URL.createObjectURL(blob), name, mime: blob.type, raw, can_edit: Boolean(raw) };
  pieces = [piece, ...pieces];
  for (const old of pieces.slice(onPage.most)) drop(old.number);
  showTile();
  if (!hasCome(count)) return;
  announce(onPage.root, word === "recording" ? onPage.words.recording : onPage.words.photo);
  const [picture] = onPage.root.querySelector(".tile").children;
  picture.decode?.().then(
    () => fly(picture, from),
    () => {},
  );
};
