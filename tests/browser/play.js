// A frame of a recording as this browser shows it: a PNG in base64.
async ([kind, data]) => {
  const shown = document.createElement(kind.startsWith("video") ? "video" : "img");
  const there = new Promise((done, fail) => {
    shown.onloadeddata = shown.onload = done;
    shown.onerror = () => fail(new Error(shown.error ? shown.error.message : "no picture"));
  });
  shown.muted = true;
  shown.src = `data:${kind};base64,${data}`;
  await there;
  if (shown.seekable) {
    const found = new Promise((done) => {
      shown.onseeked = done;
    });
    shown.currentTime = 0.25;
    await found;
  }
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [shown.videoWidth || shown.naturalWidth, shown.videoHeight || shown.naturalHeight];
  canvas.getContext("2d").drawImage(shown, 0, 0);
  return canvas.toDataURL("image/png").split(",")[1];
};
