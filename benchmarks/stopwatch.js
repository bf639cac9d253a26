// Armed before a move: the time from the key to another picture than the one shown now, decoded.
() => {
  const stage = [...document.querySelectorAll(".st-key-stage *")].find(({ shadowRoot }) => shadowRoot).shadowRoot;
  const picture = () => stage.querySelector("img");
  const before = picture().src;
  window.measured = new Promise((done) =>
    document.addEventListener(
      "keydown",
      () => {
        const started = performance.now();
        const look = async () => {
          const now = picture();
          const waited = performance.now() - started;
          if (now && now.src !== before) {
            await now.decode();
            done(performance.now() - started);
          } else if (waited > 3000) done(NaN);
          else requestAnimationFrame(look);
        };
        requestAnimationFrame(look);
      },
      { once: true, capture: true },
    ),
  );
};
