// All that a message holds of a component's script: where it is. A browser gets it once, and not with every message.
const ADDRESS = new URL("./static/shell/{name}", document.baseURI).href;

// However long a network is gone, that costs no component: for about ten minutes, the last tries 3 s apart. A server that
// has other scripts by then gives this one no more.
const load = async (count, wait) => {
  try {
    return await import(count ? `${ADDRESS}?${count}` : ADDRESS); // what failed is asked for by another address
  } catch {
    await new Promise((later) => setTimeout(later, wait));
    return count < 200 ? load(count + 1, Math.min(2 * wait, 3000)) : { default: () => {} };
  }
};
export default (await load(0, 200)).default;
