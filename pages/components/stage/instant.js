// Hands the stage what it can draw by itself, as the server has told it; once more to a stage that comes later.
let programNews = null;

const tellProgram = () => {
  if (programNews) window.dispatchEvent(new CustomEvent("emulsion-program", { detail: programNews }));
};

export default function ({ data }) {
  programNews = data;
  window.addEventListener("emulsion-program-wanted", tellProgram);
  tellProgram();
}
