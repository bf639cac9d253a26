// What a visit of the page remembers of its camera, and where its photos go.
import { nameOf } from "./camera_choice.js";

export const visit = { photos: 0, choice: { facingMode: "user" }, mirror: undefined };

// The photo goes the way of all that comes in; see `intake`.
export const handOver = (photo) => {
  visit.photos += 1;
  const file = new File([photo], nameOf(visit.photos), { type: photo.type });
  window.dispatchEvent(new CustomEvent("emulsion-photos", { detail: [file] }));
};
