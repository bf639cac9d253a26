// Outlines around the faces that were found: a press on one is a press on the box on the card that it is ticked by.
import { put } from "./laid.js";
import { roomOf } from "./room.js";
import { rectangle } from "./zoom.js";

const LEAST = 44; // CSS pixels a side that a finger finds

const newMark = () => {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "face";
  button.tabIndex = -1; // keys have the boxes on the card
  button.onclick = () => document.querySelector(`.st-key-${button.dataset.face} input`)?.click();
  return button;
};

// Where a mark lies: over its face, and not smaller than a finger, in CSS pixels of the place.
export const markSides = ([left, top, wide, high], there) => {
  const [width, height] = [Math.max(wide * there.width, LEAST), Math.max(high * there.height, LEAST)];
  return {
    left: there.left + (left + wide / 2) * there.width - width / 2,
    top: there.top + (top + high / 2) * there.height - height / 2,
    width,
    height,
  };
};

export const layFaces = (stage) => {
  const { faces: layer, data } = stage;
  const there = rectangle(stage.view, roomOf(stage));
  while (layer.children.length > data.faces.length) layer.lastChild.remove();
  while (layer.children.length < data.faces.length) layer.append(newMark());
  data.faces.forEach(({ key, number, words, box, is_hidden }, place) => {
    const button = layer.children[place];
    button.dataset.face = key;
    button.textContent = number;
    button.title = button.ariaLabel = words;
    button.ariaPressed = String(is_hidden);
    put(button, markSides(box, there));
  });
};
