// From the first moment of a page: when its socket sends and what comes there, and every move of what stands on it.
// `time(type)` measures from the next event of that type to another picture on the stage, decoded.
window.shifts = [];
window.sent = [];
window.came = [];

window.WebSocket = class extends WebSocket {
  constructor(...wishes) {
    super(...wishes);
    this.addEventListener("message", ({ data }) => window.came.push({ at: performance.now(), data }));
  }

  send(message) {
    window.sent.push(performance.now());
    super.send(message);
  }
};

const keyOf = ({ node }) =>
  (node?.nodeType === 1 ? node : node?.parentElement)?.closest("[class*=st-key-]")?.className.match(/st-key-(\S+)/)[1];

// Also what follows an input at once, which browsers forgive: while one tunes, everything does.
new PerformanceObserver((list) => {
  for (const { value, sources } of list.getEntries()) window.shifts.push({ value, of: sources.map(keyOf) });
}).observe({ type: "layout-shift", buffered: true });

window.holds = (data, word) => new TextDecoder("latin1").decode(data).includes(word);

// The whole time, and its shares: until the page has asked, until it has its answer, until it shows the new picture's
// place, until that is fetched and decoded.
const shares = (start, place, end, address) => {
  const told = window.came.find(({ data }) => window.holds(data, address.split("/").at(-1)))?.at ?? place;
  const asked = window.sent.findLast((at) => at <= told) ?? start;
  return { all: end - start, hand: asked - start, server: told - asked, page: place - told, picture: end - place };
};

const stageRoot = () =>
  [...document.querySelectorAll(".st-key-stage *")].find(({ shadowRoot }) => shadowRoot).shadowRoot;

// From the next click to pixels of the file themselves, which come as tiles.
window.timeTile = () => {
  window.measured = new Promise((tell) => {
    const begin = () => {
      const start = performance.now();
      const look = () => {
        const passed = performance.now() - start;
        if (passed > 5000) return tell(null);
        return stageRoot().querySelector(".tile") ? tell(passed) : requestAnimationFrame(look);
      };
      look();
    };
    document.addEventListener("click", begin, { once: true, capture: true });
  });
};

window.time = (type) => {
  const stage = stageRoot();
  const before = stage.querySelector("img").src;
  window.sent.length = 0;
  window.came.length = 0;
  window.measured = new Promise((tell) => {
    const begin = () => {
      const start = performance.now();
      const look = async () => {
        const now = stage.querySelector("img");
        const place = performance.now();
        if (place - start > 3000) return tell(null);
        if (!now || now.src === before) return requestAnimationFrame(look);
        await now.decode();
        return tell(shares(start, place, performance.now(), now.src));
      };
      requestAnimationFrame(look);
    };
    document.addEventListener(type, begin, { once: true, capture: true });
  });
};
