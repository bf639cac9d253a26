// A video or an animation by its address; one that plays goes on while the page around it changes.
export default function ({ parentElement, data: { address, mime, word } }) {
  const [video, image] = [parentElement.querySelector("video"), parentElement.querySelector("img")];
  const [shown, other] = mime.startsWith("video/") ? [video, image] : [image, video];
  if (shown.getAttribute("src") !== address) shown.src = address;
  other.removeAttribute("src");
  [shown.hidden, other.hidden] = [false, true];
  video.setAttribute("aria-label", word);
  image.alt = word;
}
