// The histograms of what the stage shows, over it: counted from the pictures themselves, once they are asked for.
import { countLevels, endWords, heights } from "./counts.js";
import { load } from "./pictures.js";

const COLORS = { luma: "#cfcfcf", red: "#ff5a5a", green: "#4fd06a", blue: "#5b9bff" };
let isOpen = false; // on this page load, whichever component stands for it

const pixelsOf = (picture) => {
  const [width, height] = [picture.naturalWidth, picture.naturalHeight];
  const context = new OffscreenCanvas(width, height).getContext("2d", { willReadFrequently: true });
  context.drawImage(picture, 0, 0);
  return context.getImageData(0, 0, width, height).data;
};

const plot = (canvas, counts) => {
  const { width, height } = canvas;
  const context = canvas.getContext("2d");
  context.clearRect(0, 0, width, height);
  for (const [name, levels] of Object.entries(heights(counts)).reverse()) {
    context.globalCompositeOperation = name === "luma" ? "source-over" : "lighter";
    context.globalAlpha = name === "luma" ? 0.45 : 0.6;
    context.fillStyle = COLORS[name];
    for (const [level, share] of levels.entries()) context.fillRect(level, height * (1 - share), 1, height * share);
  }
};

// Show one picture's histogram, as long as its component's data are the last.
const show = async (figure, address, word, sentence, isWanted) => {
  figure.hidden = !address;
  if (!address) return;
  const picture = await load(address, "", isWanted);
  if (!isWanted() || !picture.naturalWidth) return;
  const counts = countLevels(pixelsOf(picture));
  const [caption, canvas] = figure.children;
  caption.textContent = word;
  canvas.ariaLabel = endWords(sentence, word, counts);
  canvas.title = canvas.ariaLabel;
  plot(canvas, counts);
};

const lay = (root, data) => {
  const [button, plate] = root.children;
  const { says } = data;
  root.hidden = data.hidden;
  button.title = button.ariaLabel = says.title;
  button.ariaExpanded = String(isOpen);
  plate.hidden = !isOpen;
  if (!isOpen || data.hidden) return;
  const isWanted = () => isOpen && root.shownData === data;
  const [before, after, facts] = plate.children;
  show(before, data.former, says.before, says.ends, isWanted);
  show(after, data.picture, data.former ? says.after : says.title, says.ends, isWanted);
  facts.textContent = data.facts.join(" ");
};

export default function ({ parentElement, data }) {
  const root = parentElement.querySelector(".histogram");
  root.shownData = data;
  root.firstElementChild.onclick = () => {
    isOpen = !isOpen;
    lay(root, root.shownData);
  };
  root.onkeydown = (event) => {
    if (event.key !== "Escape" || !isOpen) return;
    isOpen = false;
    lay(root, root.shownData);
    root.firstElementChild.focus();
  };
  lay(root, data);
}
