// A photo goes on to Snapshot: the camera's own picture goes up by an uploader that nobody sees.
import { sendSurely } from "./device_unsent.js";

// `giveUp` is called where it does not go up.
export const editPiece = ({ raw, name }, giveUp) =>
  sendSurely(new File([raw], name, { type: raw.type }), ".st-key-device_photo", { giveUp });
