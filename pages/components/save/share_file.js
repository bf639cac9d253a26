import { canShare, fetchFile, shareFile } from "../web_share.js";

// A browser shares only what a press has just asked for. Where the file takes longer than it remembers the press, the
// button says that the file is ready, and is pressed once more.
const places = new WeakMap(); // by the element that holds the button

// What stands on the button: "ready" with the file at hand, "making" while it is waited for.
export const face = ({ asked, file }, { answered, file: made }) => {
  if (file && made && file.number === made.number) return "ready";
  return made || asked > answered ? "making" : "share";
};

const openPlace = (root) => {
  const [button, status] = ["button", "[role=status]"].map((one) => root.querySelector(one));
  const place = { asked: 0, file: null };
  const show = () => {
    const { data } = place;
    const now = face(place, data);
    button.textContent = data.words[now];
    button.ariaBusy = String(now === "making");
    status.textContent = now === "share" ? "" : data.words[now];
  };
  const take = async ({ file, name, mime }) => {
    const content = await fetchFile({ url: file.url, name, mime });
    if (place.data.file?.number !== file.number) return; // another was made meanwhile, or none is wanted
    place.file = { number: file.number, content };
    show();
    if (place.asked && navigator.userActivation?.isActive) shareFile(content);
  };
  button.onclick = () => {
    const { data, setTriggerValue } = place;
    const now = face(place, data);
    if (now === "ready") shareFile(place.file.content);
    if (now !== "share") return;
    place.asked = data.answered + 1;
    setTriggerValue("asked", place.asked);
    show();
  };
  place.show = () => {
    const { data } = place;
    button.hidden = !canShare(navigator, data.name, data.mime);
    const box = root.getRootNode().host?.closest(".st-key-share_file");
    if (box) box.style.position = button.hidden ? "absolute" : ""; // what is not there takes no room
    show();
    const isNew = data.file && place.file?.number !== data.file.number && place.coming !== data.file.number;
    if (!isNew) return;
    place.coming = data.file.number;
    take(data).catch(() => {
      place.coming = 0; // it is fetched again at the next change
    });
  };
  return place;
};

export default function ({ parentElement, ...given }) {
  const place = places.get(parentElement) ?? openPlace(parentElement);
  places.set(parentElement, Object.assign(place, given));
  place.show();
  return () => places.delete(parentElement);
}
