// What the buttons do that stand under the screen.
export const wirePresses = (root, { turnOn, video, booth }) => {
  const presses = { start: turnOn, stop: () => video.turnOff(), shutter: booth.shoot, record: booth.record };
  for (const [name, press] of Object.entries(presses)) root.querySelector(`.${name}`).onclick = () => press();
  root.querySelector(".camera select").onchange = ({ target }) => {
    video.choose(target.value);
    turnOn();
  };
};
