// Tiles that cannot be drawn here, by their names: the server is told, and makes them.
const refused = new Set();
let teller = null; // the component that is on the page

const tellRefused = () => teller?.setStateValue("refused", [...refused]);

// By whom the server is told from now on, null for nobody; of what it has not heard, at once.
export const tellBy = (component) => {
  teller = component;
  if (refused.size > component?.data.refused) tellRefused();
};

export const refuse = (name) => {
  refused.add(name);
  tellRefused();
};
