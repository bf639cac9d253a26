// The player lives in a frame of its own, from this server, so its document can be reached. Two things are seen to in it:
// the video's room is there before the video is, so that Start moves nothing; and what the player would say of an error
// in a browser's words, or of STUN to a developer, is left to the page. Its buttons look like the page's.
const LOOKS = `
  #root > .MuiBox-root > .MuiBox-root > :is(video, .MuiPaper-root) {
    height: var(--room) !important; width: var(--wide) !important; margin: 0 auto; box-sizing: border-box;
  }
  #root video { object-fit: contain; }
  .MuiAlert-root { display: none !important; }
  #root .MuiButton-root {
    min-height: 40px; border-radius: 0.375rem; box-shadow: none; text-transform: none; letter-spacing: 0;
    font: 400 14px/1.6 "Source Sans", system-ui, sans-serif;
  }
`;
const NARROW = 640; // px, where the page becomes one column and the video stays in sight above the stack
const BELOW = 400; // px of head, controls and looks that share a wide screen with the video
const AROUND = 290; // px of controls and looks under the video where it has the whole screen
const LEAST = 180; // px

const tended = new WeakMap(); // document -> what keeps it so

const isFull = ({ document }) => document?.documentElement.dataset.booth === "full";
const most = (view) => {
  if (isFull(view)) return view.innerHeight - AROUND;
  return Math.max(LEAST, view.innerWidth <= NARROW ? view.innerHeight * 0.4 : view.innerHeight - BELOW);
};

// How high a video of this shape (width by height; 0: not known) is where there is so much width, in px.
export const room = (width, shape, view) => Math.round(Math.min(width / shape, most(view)));

export const tend = (frame, wished, failed) => {
  const page = frame.contentDocument;
  const root = page?.getElementById("root");
  if (!root || !page.head) return;
  if (!tended.has(page)) tended.set(page, keep(frame, page, root));
  Object.assign(tended.get(page), { failed }).fit(wished);
};

const keep = (frame, page, root) => {
  const looks = page.createElement("style");
  looks.textContent = LOOKS;
  page.head.append(looks);
  const kept = { shape: 0, wished: 0, failed: () => {} };
  kept.fit = (wished = kept.wished) => {
    const video = page.querySelector("#root > .MuiBox-root > .MuiBox-root > video");
    if (wished !== kept.wished) Object.assign(kept, { wished, shape: wished });
    if (video?.videoWidth) kept.shape = video.videoWidth / video.videoHeight;
    const high = room(root.clientWidth, kept.shape, window);
    page.documentElement.style.setProperty("--room", `${high}px`);
    page.documentElement.style.setProperty("--wide", kept.shape ? `${Math.round(high * kept.shape)}px` : "100%");
    frame.style.height = `${Math.ceil(root.getBoundingClientRect().height)}px`;
  };
  new ResizeObserver(() => kept.fit()).observe(root);
  new MutationObserver(() => {
    if (page.querySelector(".MuiAlert-colorError")) kept.failed();
  }).observe(root, { childList: true, subtree: true });
  // Start, once clicked, is Stop: Space, which takes a photo, must not find it in the focus.
  page.addEventListener("click", ({ detail, target }) => detail && target.closest("button")?.blur());
  page.addEventListener("resize", () => kept.fit(), true); // a video's own: its size has changed
  return kept;
};
