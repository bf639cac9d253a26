// Whether the server is there: Streamlit knows, and tells it in a box over the page that names Streamlit and offers
// nothing to do. Here it is told in the page's own words, with a way on, and the page stays in sight.
const FRAMES = "iframe[src*='streamlit_webrtc']"; // the live player's
const LOCAL = ["localhost", "127.0.0.1", "[::1]"]; // reached without any network
const LOOK = 300; // ms
const PATIENCE = 1500; // ms; shorter gaps close by themselves before anyone notices

const WORDS = {
  offline: "This device is offline. The page goes on by itself once there is a network again.",
  lost:
    "The connection to the server was lost. The page keeps trying to get it back; if it does not come, check your " +
    "network or reload the page.",
  gone: "The connection to the server cannot be restored. Reload the page to go on.",
  live: " If live video stops, press Start once the connection is back.",
  back: "The connection is back. Press Start to go on with live video.",
};

const videos = () =>
  [...document.querySelectorAll(FRAMES)].filter((frame) => frame.contentDocument?.querySelector("video"));

const trouble = () => {
  const state = document.querySelector("[data-testid=stApp]")?.dataset.testConnectionState;
  if (state === "DISCONNECTED_FOREVER") return "gone";
  if (state && state !== "CONNECTED") return navigator.onLine || LOCAL.includes(location.hostname) ? "lost" : "offline";
  return navigator.onLine || LOCAL.includes(location.hostname) ? "" : "offline";
};

const closeOther = () => {
  for (const dialog of document.querySelectorAll("[role=dialog]")) {
    if (dialog.textContent.trim().startsWith("Connection error"))
      dialog.querySelector("button[aria-label=Close]")?.click();
  }
};

export default function ({ parentElement }) {
  const box = parentElement.querySelector(".word"),
    words = box.querySelector("p"),
    button = box.querySelector("button");
  let since = null,
    live = false; // when it went, and whether a live video was running then
  const tell = (sentence, reload) => {
    if (words.textContent !== sentence) words.textContent = sentence;
    box.hidden = !sentence;
    button.hidden = !reload;
  };
  const look = () => {
    const what = trouble();
    if (what) {
      closeOther();
      since ??= Date.now();
      live ||= videos().length > 0;
      if (Date.now() - since > PATIENCE) tell(WORDS[what] + (live ? WORDS.live : ""), what !== "offline");
      return;
    }
    since = null;
    const stopped = live && document.querySelector(FRAMES) && !videos().length;
    const told = document.querySelector("[data-testid=stAlert]"); // by the page itself, where the server lived on
    live &&= Boolean(stopped);
    tell(stopped && !told ? WORDS.back : "", false);
  };
  button.onclick = () => location.reload();
  const timer = setInterval(look, LOOK);
  return () => clearInterval(timer);
}
