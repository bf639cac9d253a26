// The stage as one sees it: everything is laid out anew from its state, whatever has changed.
import { barLine } from "./bar.js";
import { showDial } from "./dial.js";
import { layFaces } from "./face_marks.js";
import { layHandles } from "./marks.js";
import { roomOf } from "./room.js";
import { tellSight } from "./tiles.js";
import { rectangle, zoomWord } from "./zoom.js";

// Lay out a stage: the picture, the bar and the words over it, and what its root tells of it.
export const draw = (stage) => {
  const { root, sheet, view, former, shown } = stage;
  if (!shown) return;
  const room = roomOf(stage);
  const there = rectangle(view, room);
  const isBar = stage.data.comparing && Boolean(former) && !stage.isHolding;
  for (const side of ["left", "top", "width", "height"]) sheet.style[side] = `${there[side]}px`;
  sheet.style.transform = showDial(stage);
  root.dataset.zoom = zoomWord(view);
  root.classList.toggle("zoomed", view.zoom !== null);

  if (former && (isBar || stage.isHolding)) sheet.append(former);
  else former?.remove();
  const line = barLine(Number(stage.range.value), there, room);
  const cut = isBar ? ((line - there.left) / there.width) * 100 : 100;
  if (former) former.style.clipPath = `inset(0 ${100 - cut}% 0 0)`;
  const [top, bottom] = [Math.max(there.top, 0), Math.min(there.top + there.height, room.height)];
  Object.assign(stage.bar.style, { left: `${line}px`, top: `${top}px`, height: `${bottom - top}px` });
  stage.bar.hidden = !isBar;
  stage.range.hidden = !(stage.data.comparing && former);
  stage.words[0].hidden = !isBar && !(stage.isHolding && former);
  stage.words[1].hidden = !isBar;
  const edge = Math.max(there.left, 0);
  stage.words[0].style.left = stage.words[1].style.right = `${edge}px`;
  for (const word of stage.words) word.style.top = `${top}px`;
  layHandles(stage);
  layFaces(stage);
  tellSight(stage);
};

// What is said of the picture and its controls, which Python writes.
export const say = ({ root, place, range, words }, { says }) => {
  place.ariaLabel = says.place;
  range.ariaLabel = says.bar;
  words[0].textContent = says.before;
  words[1].textContent = says.after;
  root.querySelector(".zoom [data-zoom=fit]").textContent = says.whole;
  for (const button of root.querySelectorAll(".zoom button")) {
    button.title = button.ariaLabel = says[button.dataset.zoom];
  }
};
