// What one sees of Live on this device: its words, and which buttons can be pressed in which state.
import { filled } from "../filled.js";
import { room } from "./player_frame.js";
import { isWhole } from "./whole_screen.js";

const named = (button, word) => {
  button.ariaLabel = button.title = word;
};

export const writeWords = (root, { words, countdowns, burst, gif }) => {
  for (const name of ["start", "stop", "off", "countdown", "mirrored"])
    root.querySelector(`:is(button, p, span).${name}`).textContent = words[name];
  root.querySelector("span.burst").textContent = filled(words.burst, burst);
  root.querySelector("span.gif").textContent = filled(words.gif, gif);
  root.querySelector(".camera span").textContent = words.camera;
  root.querySelector("canvas").ariaLabel = words.screen;
  named(root.querySelector("summary"), words.options);
  root.querySelector("summary .sign").textContent = "timer";
  root.querySelector(".shutter .sign").textContent = "photo_camera";
  named(root.querySelector(".shutter"), words.shutter);
  const select = root.querySelector(".options select");
  if (select.length) return;
  const labels = countdowns.map((seconds) => (seconds ? filled(words.seconds, { seconds }) : words.at_once));
  select.replaceChildren(...countdowns.map((seconds, place) => new Option(labels[place], seconds)));
};

const showCameras = (select, { cameras, current }) => {
  const ids = cameras.map(({ deviceId }) => deviceId);
  if (select.told !== String(ids))
    select.replaceChildren(...cameras.map(({ label, deviceId }, place) => new Option(label || place + 1, deviceId)));
  Object.assign(select, { told: String(ids), value: current });
};

export const showState = (root, seen, words) => {
  const [isOff, isOn] = [seen.state === "off", seen.state === "on"];
  root.querySelector(".start").hidden = !isOff;
  root.querySelector(".stop").hidden = isOff;
  root.querySelector("canvas").classList.toggle("dark", !isOn);
  const note = root.querySelector(".off");
  note.hidden = isOn || seen.state === "opening";
  note.textContent = seen.state === "asking" ? words.asking : words.off;
  root.querySelector(".camera").hidden = !isOn || seen.cameras.length < 2;
  if (isOn) showCameras(root.querySelector(".camera select"), seen);
  root.querySelector(".count").textContent = seen.count || "";
  root.querySelector(".shutter").disabled = !isOn || seen.isBusy;
  const record = root.querySelector(".record");
  const isRecording = seen.seconds !== null;
  record.disabled = !isOn || !seen.canRecord;
  record.classList.toggle("running", isRecording);
  record.firstChild.textContent = isRecording ? "stop" : "radio_button_checked";
  named(record, isRecording ? filled(words.finish, { seconds: Math.round(seen.seconds) }) : words.record);
  if (root.getRootNode().activeElement?.hidden) root.querySelector(isOff ? ".start" : ".stop").focus();
  root.classList.toggle("whole", isWhole());
  const full = root.querySelector(".full");
  full.firstChild.textContent = isWhole() ? "fullscreen_exit" : "fullscreen";
  named(full, isWhole() ? words.leave : words.enter);
  root.querySelector(".words").textContent = words[seen.why] ?? seen.answer;
};

// Lying, a phone has the booth beside the screen (`device.css`), and only the page's head above it, in px.
const BESIDE = 144;
const OVER = 104;
const roomWhereLow = (wide, shape) => Math.round(Math.min((wide - BESIDE) / shape, window.innerHeight - OVER));

// The screen's room is there before its picture is; `shape` is width by height.
export const fit = (root, shape) => {
  const place = root.querySelector(".place");
  const isLow = matchMedia("(min-width: 641px) and (max-height: 500px)").matches;
  const high = isLow ? roomWhereLow(root.clientWidth, shape) : room(root.clientWidth, shape, window);
  Object.assign(place.style, { height: `${high}px`, width: `${Math.round(high * shape)}px` });
};
