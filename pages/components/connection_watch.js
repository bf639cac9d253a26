// Whether the server is there: Streamlit knows, and tells it in a box over the page that names Streamlit and offers
// nothing to do. Here it is told in the page's own words, with a way on, and the page stays in sight.
import { FRAMES } from "./live/player_frames.js";

const LOCAL = ["localhost", "127.0.0.1", "[::1]"]; // reached without any network
const LOOK = 300; // ms
const PATIENCE = 1500; // ms; shorter gaps close by themselves before anyone notices

// What is wrong, by Streamlit's word for its connection ("" before it has one) and by the browser's for the network.
export const trouble = (state, isOnline, host) => {
  if (state === "DISCONNECTED_FOREVER") return "gone";
  if (!isOnline && !LOCAL.includes(host)) return "offline";
  return state && state !== "CONNECTED" ? "lost" : "";
};

// What a watch knows: since when something is wrong (ms, null: all is well), and whether a live video was running then.
export const CALM = { since: null, wasLive: false };

// One look: what is known from now on, and the names of the sentences to tell. Where it gives none, what stands there is
// left; an empty list takes it away.
export const look = ({ since, wasLive }, { wrong, now, players, playing, isToldByPage }) => {
  if (wrong) {
    const known = { since: since ?? now, wasLive: wasLive || playing > 0 };
    if (now - known.since <= PATIENCE) return { known };
    return { known, told: known.wasLive ? [wrong, "live"] : [wrong], canReload: wrong !== "offline" };
  }
  const isStopped = wasLive && players > 0 && !playing;
  return {
    known: { since: null, wasLive: isStopped },
    told: isStopped && !isToldByPage ? ["back"] : [],
    canReload: false,
  };
};

const connection = () => document.querySelector("[data-testid=stApp]")?.dataset.testConnectionState;

const closeOther = () => {
  for (const dialog of document.querySelectorAll("[role=dialog]")) {
    if (dialog.textContent.trim().startsWith("Connection error"))
      dialog.querySelector("button[aria-label=Close]")?.click();
  }
};

const watches = new WeakMap(); // by the component's box: one watch each, however often its words change

export default function ({ parentElement, data }) {
  const box = parentElement.querySelector(".word");
  const words = box.querySelector("p");
  const button = box.querySelector("button");
  button.textContent = data.words.reload;
  const one = watches.get(box) ?? { known: CALM };
  watches.set(box, one);
  const tell = (sentence, reload) => {
    if (words.textContent !== sentence) words.textContent = sentence;
    box.hidden = !sentence;
    button.hidden = !reload;
  };
  const watch = () => {
    const frames = [...document.querySelectorAll(FRAMES)];
    const wrong = trouble(connection(), navigator.onLine, location.hostname);
    if (wrong) closeOther();
    const next = look(one.known, {
      wrong,
      now: Date.now(),
      players: frames.length,
      playing: frames.filter((frame) => frame.contentDocument?.querySelector("video")).length,
      isToldByPage: Boolean(document.querySelector("[data-testid=stAlert]")), // where the server lived on
    });
    one.known = next.known;
    if (next.told) tell(next.told.map((name) => data.words[name]).join(" "), next.canReload);
  };
  button.onclick = () => location.reload();
  clearInterval(one.timer);
  one.timer = setInterval(watch, LOOK);
  return () => {
    if (!parentElement.isConnected) clearInterval(one.timer); // what is told late ends no watch that goes on
  };
}
