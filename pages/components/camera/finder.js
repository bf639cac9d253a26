// The finder: a camera that is asked for, looked through, counted down and let go, by the buttons that are pressed.
import { isMirror, otherCamera, wishFor } from "./camera_choice.js";
import { cameraOf } from "./camera_stream.js";
import { show } from "./capture_face.js";
import { countdown } from "./countdown.js";
import { still } from "./still.js";
import { handOver, visit } from "./visit.js";

export const finder = (root) => {
  const video = root.querySelector("video");
  const [mirrored, kept] = root.querySelectorAll("input");
  const camera = cameraOf(navigator.mediaDevices, () => turnOff());
  let seen = { state: "off", count: 0, cameras: 1 };

  const become = (change) => {
    seen = { ...seen, ...change };
    show(root, seen);
  };

  const turnOff = () => {
    count.stop();
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
    handOver(photo);
  };

  const count = countdown((left) => become({ state: "counting", count: left }), take);

  const cancel = () => {
    if (seen.state !== "counting") return turnOff();
    count.stop();
    become({ state: "on" });
  };

  const turnToOther = async () => {
    visit.choice = otherCamera(await camera.others(), camera.track().getSettings());
    turnOn();
  };

  const mirror = () => video.classList.toggle("turned", mirrored.checked);

  const actions = { turn_on: turnOn, shoot: () => count.begin(Number(root.querySelector("select").value)), cancel };
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
