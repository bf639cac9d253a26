// Hands the stage what it can draw by itself, as the server has told it; once more to a stage that comes later.
let programNews = null;
let teller = null; // the component that is on the page

const tellProgram = () => {
  if (programNews) window.dispatchEvent(new CustomEvent("emulsion-program", { detail: programNews }));
};

export default function ({ parentElement, data }) {
  [programNews, teller] = [data, parentElement];
  window.addEventListener("emulsion-program-wanted", tellProgram);
  tellProgram();
  return () => {
    if (teller !== parentElement) return; // another one has come already
    window.removeEventListener("emulsion-program-wanted", tellProgram); // Live wants its own
    programNews = teller = null;
  };
}
