// What the stage does by hand: the bar is moved, the picture, or what lies in it.
import { hold, look, moveBar, zoomBy } from "./acts.js";
import { barAt, barLine, takesBar } from "./bar.js";
import { heldOf } from "./held.js";
import { beginLine, drawLine, endLine } from "./line.js";
import { beginStroke, drawStroke, endStroke } from "./mask_paint.js";
import { pickColour } from "./mask_pick.js";
import { beginPull, dragHandle } from "./pulls.js";
import { roomOf } from "./room.js";
import { openWriting } from "./writing.js";
import { panned, rectangle, scaled } from "./zoom.js";

// Whether each press on the picture means something: a dot of a brush, a colour.
const takesPresses = ({ data }) => Boolean(data?.grips?.brush || data?.grips?.seen);

// What is done with a hand on the picture; see `hearHands`.
export const handActs = (stage) => {
  let [isOnBar, moved] = [false, null]; // what is in hand: the bar, or words and where they were
  let picked = null; // where a colour is picked
  const there = () => [rectangle(stage.view, roomOf(stage)), roomOf(stage)];
  return {
    press: (at) => {
      isOnBar = false;
      if (!stage.shown) return false;
      picked = stage.data.grips?.seen ? at : null;
      if (picked) return false;
      if (stage.data.grips?.brush) return beginStroke(stage, at);
      const { x } = at;
      const grips = stage.view.zoom === null ? stage.data.grips : null;
      moved = grips?.words ? { from: heldOf(stage), began: at } : null;
      if (moved) beginPull();
      if (grips?.turned) return beginLine(stage, at);
      const line = barLine(Number(stage.range.value), ...there());
      isOnBar = !stage.bar.hidden && takesBar(x, line, stage.view.zoom === null);
      if (isOnBar) moveBar(stage, barAt(x, ...there()));
      return !isOnBar;
    },
    drag: ({ at, across, down, via }) => {
      picked = null;
      if (stage.stroke) return drawStroke(stage, via);
      if (isOnBar) moveBar(stage, barAt(at.x, ...there()));
      else if (stage.line.from) drawLine(stage, at);
      else if (moved) dragHandle(stage, "place", moved.from, moved.began, at);
      else look(stage, panned(stage.view, roomOf(stage), across, down));
    },
    pinch: ({ at, factor, across, down }) => {
      endStroke(stage, false);
      endLine(stage, false); // the first finger's, which was meant for two
      stage.view = scaled(stage.view, roomOf(stage), factor, at);
      look(stage, panned(stage.view, roomOf(stage), across, down));
    },
    lift: (isMeant) => {
      endStroke(stage, isMeant);
      if (picked && isMeant) pickColour(stage, picked);
      picked = null;
      endLine(stage, isMeant);
    },
    twice: (at) =>
      !takesPresses(stage) &&
      (moved ? openWriting(stage) : zoomBy(stage, stage.view.zoom === null ? "100" : "fit", at)),
    hold: (isHolding) => hold(stage, isHolding),
  };
};
