// The camera's buttons and what they do.
import { isMirror, nameOf, otherCamera, wishFor } from "./camera_choice.js";
import { cameraOf } from "./camera_stream.js";
import { show, write } from "./capture_face.js";
import { still } from "./still.js";

const SECOND = 1000; // ms
const instances = new WeakMap(); // by the component's root
const visit = { photos: 0, choice: { facingMode: "user" }, mirror: undefined };

const finder = (root) => {
  const video = root.querySelector("video");
  const [mirrored, kept] = root.querySelectorAll("input");
  const camera = cameraOf(navigator.mediaDevices, () => turnOff());
  let seen = { state: "off", count: 0, cameras: 1 };
  let timer = 0;

  const become = (change) => {
    seen = { ...seen, ...change };
    show(root, seen);
  };

  const turnOff = () => {
    clearTimeout(timer);
    camera.letGo();
    video.srcObject = null;
    become({ state: "off" });
  };

  const turnOn = async () => {
    turnOff();
    become({ state: "asking" });
    const isThere = await camera.ask(wishFor(visit.choice));
    if (isThere === null) return;
    if (!isThere) {
      visit.choice = { facingMode: "user" }; // the one that was chosen may be gone
      turnOff();
      return;
    }
    mirrored.checked = isMirror(camera.track().getSettings().facingMode, visit.mirror);
    mirror();
    video.srcObject = camera.stream();
    become({ state: "opening" });
    become({ cameras: (await camera.others()).length });
  };

  const take = async () => {
    const mine = camera.turn();
    become({ state: "taking" });
    const photo = await still(video, camera.track(), kept.checked);
    if (mine !== camera.turn()) return;
    turnOff();
    visit.photos += 1;
    const file = new File([photo], nameOf(visit.photos), { type: photo.type });
    window.dispatchEvent(new CustomEvent("emulsion-photos", { detail: [file] }));
  };

  const countDown = (count) => {
    if (!count) return take();
    become({ state: "counting", count });
    timer = setTimeout(countDown, SECOND, count - 1);
  };

  const cancel = () => {
    if (seen.state !== "counting") return turnOff();
    clearTimeout(timer);
    become({ state: "on" });
  };

  const turnToOther = async () => {
    visit.choice = otherCamera(await camera.others(), camera.track().getSettings());
    turnOn();
  };

  const mirror = () => video.classList.toggle("turned", mirrored.checked);

  const actions = { turn_on: turnOn, shoot: () => countDown(Number(root.querySelector("select").value)), cancel };
  for (const button of root.querySelectorAll("button"))
    button.onclick = { ...actions, other: turnToOther, off: turnOff }[button.classList[0]];
  mirrored.onchange = () => {
    visit.mirror = mirrored.checked;
    mirror();
  };
  video.onloadeddata = () => {
    if (seen.state === "opening") become({ state: "on" });
  };
  become({});
  return { turnOff };
};

export default function ({ parentElement, data }) {
  if (!instances.has(parentElement)) {
    instances.set(parentElement, { ...finder(parentElement), answers: data.answers });
    window.addEventListener("pagehide", instances.get(parentElement).turnOff);
  }
  const instance = instances.get(parentElement);
  write(parentElement, data.words);
  if (instance.answers !== data.answers) instance.turnOff(); // another photo lies on the table
  instance.answers = data.answers;
  return () => {
    instance.turnOff();
    window.removeEventListener("pagehide", instance.turnOff);
    instances.delete(parentElement);
  };
}
