// The canvas that stacks are drawn on, one for all stages: pictures one after another, each when the last one is there.
import { canvasPixels } from "../drawing/canvas_pixels.js";
import { createDrawer } from "../drawing/drawer.js";
import { readsBack } from "../drawing/proof.js";

const LARGEST_SIDE = 4096; // px a side, which every graphics card draws; a preview is far smaller

const createEasel = () => {
  const canvas = document.createElement("canvas");
  canvas.className = "instant";
  canvas.ariaHidden = "true"; // the picture under it has the name
  const drawer = readsBack() ? createDrawer(canvas, LARGEST_SIDE) : null;
  if (!drawer) return null;
  const { gl } = drawer;
  let [fence, begun] = [null, 0];
  return {
    canvas,
    drawer,
    isDrawing: () => fence !== null,
    // Begin a picture; one that is drawn `anew` leaves nothing out that was drawn before.
    begin: (values, { anew = false, isHalf = false } = {}) => {
      begun = performance.now();
      if (anew) drawer.forget();
      drawer.draw(values, null, isHalf);
      fence = gl.fenceSync(gl.SYNC_GPU_COMMANDS_COMPLETE, 0);
      gl.flush();
    },
    // How many ms the picture has taken that is drawn, null while it is not.
    ended: () => {
      if (fence && gl.clientWaitSync(fence, 0, 0) === gl.TIMEOUT_EXPIRED) return null;
      gl.deleteSync(fence);
      fence = null;
      return performance.now() - begun;
    },
    pixels: () => canvasPixels(gl),
  };
};

let easel; // undefined before it was asked for, null where there is none

// The easel of this page, null where the browser has none, or has lost it: what was on it is gone.
export const easelThere = () => easel ?? null;

// The same, made when it is first asked for.
export const easelWanted = () => {
  if (easel === undefined) {
    easel = createEasel();
    easel?.canvas.addEventListener("webglcontextlost", () => {
      easel = null;
      window.dispatchEvent(new CustomEvent("emulsion-easel-lost"));
    });
  }
  return easel;
};
