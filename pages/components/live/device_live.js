// One Live on this device: the camera, the stack, the booth, from the page that shows it to the page that is left.
import { boothOn } from "./device_booth.js";
import { editPiece } from "./device_edit.js";
import { showState, writeWords } from "./device_face.js";
import { hearKeys } from "./device_keys.js";
import { isQuick } from "./device_pace.js";
import { hearPage, whyNoCamera } from "./device_page.js";
import { showPieces } from "./device_pieces.js";
import { wirePresses } from "./device_presses.js";
import { videoOn } from "./device_video.js";
import { viewOn } from "./device_view.js";

const AT_FIRST = { state: "off", why: "", cameras: [], current: "", count: 0, isBusy: false, seconds: null };

export const startLive = (root, data, tellWhyNot) => {
  const film = root.querySelector("video");
  let told = data;
  let seen = { ...AT_FIRST, answer: whyNoCamera(window, data.answers) };
  let isAble = true;

  const show = () => showState(root, seen, told.words);
  const become = (change) => {
    seen = { ...seen, ...change };
    if (change.state === "off") booth.end();
    show();
  };
  const fail = (why) => {
    if (!isAble) return;
    isAble = false;
    video.turnOff();
    tellWhyNot(why);
  };
  const view = viewOn(root, { told: () => told, isOn: () => seen.state === "on", fail });
  const onUnsent = (isUnsent) => {
    if (isUnsent || seen.answer === told.words.unsent_gif) become({ answer: isUnsent ? told.words.unsent_gif : "" });
  };
  const booth = boothOn(root, film, view, { told: () => told, become, unsent: onUnsent });
  const video = videoOn(film, become, (t) => {
    if (view.draw(t) && seen.state === "opening") {
      become({ state: "on" });
      view.fit();
    }
  });
  seen.canRecord = booth.isAble();

  const onProgram = async (program) => {
    await view.load(program);
    if (told.choosing && seen.state === "off" && view.screen.isReady() && !isQuick(view.screen)) fail("slow");
  };
  const onAnswer = (answer) => become({ answer });
  const turnOn = () => video.turnOn(told.wish);
  wirePresses(root, { turnOn, video, booth });
  const endKeys = hearKeys(root, () => {
    view.fit();
    show();
  });
  const endPage = hearPage({ onProgram, onValues: view.screen.move, onAnswer, onLeave: video.turnOff }, data.answers);
  if (!view.screen.isAble()) fail("unable");

  return {
    follow: (fresh) => {
      const isOther = JSON.stringify(fresh.wish) !== JSON.stringify(told.wish);
      told = fresh;
      writeWords(root, told);
      showPieces(root, told.words, told.most.pieces, (piece) => editPiece(piece, () => onAnswer(told.words.unsent)));
      view.turn();
      view.fit();
      show();
      if (!isOther) return;
      video.choose("");
      if (seen.state !== "off") turnOn(); // another size or side of the camera that runs
    },
    end: () => {
      isAble = false; // and there is nobody to be told so
      video.turnOff();
      for (const end of [endKeys, endPage, view.end]) end();
    },
  };
};
