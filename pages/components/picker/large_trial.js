// Asks the server for a large picture of what one rests on, and tells the page when it is there: a component by itself,
// so that a hundred tiles need not travel for the sake of one.
let tell = null; // the component that is on the page now

const onRest = ({ detail }) => tell?.("resting", detail);

export default function ({ data, setStateValue }) {
  tell = setStateValue;
  window.addEventListener("emulsion-rest", onRest);
  if (data.url) window.dispatchEvent(new CustomEvent("emulsion-large", { detail: data }));
  return () => {
    if (tell === setStateValue) tell = null;
  };
}
