// Tells the server that this browser draws tiles by itself: as one that has done so before comes, or as it is proven.
import { isRemembered, PROVEN } from "./proven_tiles.js";

let tell = null; // the component that is on the page now

const onProven = () => tell?.("proven", true);

export default function ({ data, setStateValue }) {
  tell = setStateValue;
  if (!data.known && isRemembered()) tell("proven", true);
  window.addEventListener(PROVEN, onProven);
  return () => {
    if (tell === setStateValue) tell = null;
  };
}
