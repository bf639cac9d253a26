// A camera that shows what time it is. getUserMedia gives a canvas whose frames carry their millisecond clock as a bar
// code of 20 bits: a white and a black cell to compare with, the bits, and a second row with their complement. It
// survives VP8, mirroring and inverting. `glass.read(ms)` reads the code back from the player and tells how long each
// frame took, from the canvas to the screen.
(() => {
  const BITS = 20;
  const CELLS = BITS + 2;
  const ROUND = 2 ** BITS;
  const HIGH = 1 / 12;
  const glass = { tracks: [], asked: 0, firstFull: null, born: null };
  window.glass = glass;

  const draw = (pen, width, height, now) => {
    pen.fillStyle = `hsl(${(now / 20) % 360} 40% 45%)`;
    pen.fillRect(0, 0, width, height);
    // A scene with edges that move, so that the codecs have work.
    for (let n = 0; n < 12; n++) {
      pen.fillStyle = `hsl(${n * 30} 60% ${35 + 3 * n}%)`;
      const x = ((now / 8 + (n * width) / 6) % (width * 1.3)) - width * 0.15;
      pen.fillRect(x, height * (0.25 + (n % 6) / 9), width / 9, height / 7);
    }
    const cell = width / CELLS;
    const high = height * HIGH;
    const code = Math.floor(now) % ROUND;
    for (const row of [0, 1]) {
      for (let n = 0; n < CELLS; n++) {
        const bit = n === 0 ? true : n === 1 ? false : Boolean(code & (1 << (n - 2))) !== Boolean(row);
        pen.fillStyle = bit ? "#fff" : "#000";
        pen.fillRect(n * cell, row * high, cell + 1, high + 1);
      }
    }
  };

  const camera = (constraints) => {
    const wish = constraints?.video || {};
    const canvas = document.createElement("canvas");
    canvas.width = glass.size?.[0] || wish.width?.ideal || 640;
    canvas.height = glass.size?.[1] || wish.height?.ideal || 480;
    const pen = canvas.getContext("2d", { alpha: false });
    const stream = canvas.captureStream(0);
    const track = stream.getVideoTracks()[0];
    glass.born = null;
    const timer = setInterval(() => {
      if (track.readyState === "ended") return clearInterval(timer);
      if (glass.paused) return undefined;
      draw(pen, canvas.width, canvas.height, Date.now());
      track.requestFrame();
      if (glass.born === null) glass.born = performance.now();
      return undefined;
    }, 1000 / 30);
    glass.tracks.push(track);
    return stream;
  };
  if (navigator.mediaDevices) {
    navigator.mediaDevices.getUserMedia = async (constraints) => {
      glass.asked += 1;
      return camera(constraints);
    };
  }

  const strip = document.createElement("canvas");
  strip.width = CELLS * 8;
  strip.height = 16;
  const eye = strip.getContext("2d", { willReadFrequently: true, alpha: false });
  const decode = (picture) => {
    const [width, height] = [picture.videoWidth ?? picture.width, picture.videoHeight ?? picture.height];
    eye.drawImage(picture, 0, 0, width, height * HIGH * 2, 0, 0, strip.width, strip.height);
    const pixels = eye.getImageData(0, 0, strip.width, strip.height).data;
    const at = (n, row) => pixels[4 * ((row * 8 + 4) * strip.width + n * 8 + 4) + 1];
    const [asItIs, mirrored] = [(n) => n, (n) => CELLS - 1 - n];
    for (const cell of [asItIs, mirrored]) {
      const white = at(cell(0), 0);
      const black = at(cell(1), 0);
      if (Math.abs(white - black) < 60) continue;
      let code = 0;
      let sure = true;
      for (let n = 0; n < BITS; n++) {
        const [one, other] = [0, 1].map(
          (row) => Math.abs(at(cell(n + 2), row) - white) < Math.abs(at(cell(n + 2), row) - black),
        );
        sure = sure && one !== other;
        if (one) code |= 1 << n;
      }
      if (sure) return code;
    }
    return null;
  };

  // From Start on: when the first frame of full size was there.
  glass.watch = () => {
    const look = () => {
      const video = document.querySelector("video");
      if (video?.videoWidth && glass.born !== null) {
        glass.first ??= performance.now();
        if (video.videoWidth >= (glass.wanted || 640)) {
          glass.firstFull = performance.now() - glass.first;
          return;
        }
      }
      setTimeout(look, 20);
    };
    look();
  };

  // As `glass.read`, off a canvas, each time that the screen shows something new.
  glass.look = (canvas, ms) =>
    new Promise((done) => {
      const [ages, codes, began] = [[], new Set(), performance.now()];
      const see = () => {
        const code = decode(canvas);
        if (code !== null && !codes.has(code)) {
          codes.add(code);
          ages.push(((Math.floor(Date.now()) % ROUND) - code + ROUND) % ROUND);
        }
        const spent = performance.now() - began;
        if (spent < ms) requestAnimationFrame(see);
        else done({ ages, unread: 0, seconds: spent / 1000, width: canvas.width, height: canvas.height });
      };
      see();
    });

  glass.read = (ms) =>
    new Promise((done) => {
      const video = document.querySelector("video");
      const ages = [];
      const codes = new Set();
      const began = performance.now();
      let unread = 0;
      const seen = () => {
        const code = decode(video);
        if (code === null) unread += 1;
        else if (!codes.has(code)) {
          codes.add(code);
          ages.push(((Math.floor(Date.now()) % ROUND) - code + ROUND) % ROUND);
        }
        const spent = performance.now() - began;
        if (spent < ms) video.requestVideoFrameCallback(seen);
        else done({ ages, unread, seconds: spent / 1000, width: video.videoWidth, height: video.videoHeight });
      };
      video.requestVideoFrameCallback(seen);
      setTimeout(
        () => done({ ages, unread, seconds: ms / 1000, width: video.videoWidth, height: video.videoHeight }),
        ms + 3000,
      );
    });
})();
