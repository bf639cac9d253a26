// All that a message holds of a component's script: where it is. A browser gets it once, and not with every message.
const ADDRESS = new URL("./static/shell/{name}", document.baseURI).href;
const LONGEST = 3000; // ms between two tries: a network that is gone for a moment costs no component

const load = async (wait) => {
  try {
    return await import(`${ADDRESS}?${wait}`); // what failed once is not asked for again under the same address
  } catch (error) {
    if (wait > LONGEST) throw error;
    await new Promise((later) => setTimeout(later, wait));
    return load(2 * wait);
  }
};

const { default: run } = await load(200);
export default run;
