// A recording of the canvas, as a film of the first form that this browser writes.
const FORMS = [
  ["video/mp4;codecs=avc1.42E01F", "mp4"],
  ["video/mp4", "mp4"],
  ["video/webm;codecs=vp9", "webm"],
  ["video/webm", "webm"],
];
const RATE = 30; // fps
const BITS = 5_000_000; // a second

export const formOf = (isSupported) => FORMS.find(([form]) => isSupported(form));

// `give` is called with the film when it is finished: by the person, after so many seconds, or with the camera.
export const recorderOf = (canvas, most, tell, give) => {
  let recorder = null;
  let timer = 0;

  const finish = () => {
    if (recorder?.state === "recording") recorder.stop();
  };

  const begin = () => {
    const [form, ending] = formOf((each) => MediaRecorder.isTypeSupported(each)) ?? [];
    if (!form || recorder) return;
    const stream = canvas.captureStream(RATE);
    const sides = `${canvas.width} ${canvas.height}`;
    const parts = [];
    const began = performance.now();
    recorder = new MediaRecorder(stream, { mimeType: form, videoBitsPerSecond: BITS });
    recorder.ondataavailable = ({ data }) => data.size && parts.push(data);
    recorder.onstop = () => {
      clearInterval(timer);
      for (const track of stream.getTracks()) track.stop();
      recorder = null;
      tell(null);
      const mime = form.split(";")[0];
      if (parts.length) give(new Blob(parts, { type: mime }), ending);
    };
    recorder.onerror = finish;
    recorder.start(1000);
    tell(0);
    timer = setInterval(() => {
      const seconds = (performance.now() - began) / 1000;
      tell(seconds);
      // A film has one size: where the stack makes another one, what there is of it is finished.
      if (seconds >= most || `${canvas.width} ${canvas.height}` !== sides) finish();
    }, 250);
  };

  return {
    begin,
    finish,
    isOn: () => Boolean(recorder),
    isAble: () => Boolean(window.MediaRecorder && canvas.captureStream),
  };
};
