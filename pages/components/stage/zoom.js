// How the picture lies in its place: how large it is, and which part of it is in sight. Arithmetic alone.
//
// A room is a place with a picture: `width` and `height` of the place in CSS pixels, `across` and `down` of the picture
// in pixels of the file, `pixel` how many CSS pixels one of them takes at 100 %. A view is what is seen of it: `zoom` is
// null where the whole picture fits in and 1 at 100 %, `x` and `y` are what stands in the middle, in shares.
export const FIT = { zoom: null, x: 0.5, y: 0.5 };
const LARGEST = 2;
const STOPS = [0.25, 0.5, 1, LARGEST];

export const within = (low, value, high) => Math.min(Math.max(value, low), high);

// The zoom at which the whole picture fits in.
const fitOf = ({ width, height, across, down, pixel }) => Math.min(width / across, height / down) / pixel;

// The picture's rectangle, in CSS pixels of its place.
export const rectangle = (view, room) => {
  const scale = (view.zoom ?? fitOf(room)) * room.pixel;
  const [width, height] = [room.across * scale, room.down * scale];
  return { left: room.width / 2 - view.x * width, top: room.height / 2 - view.y * height, width, height };
};

// The same view with no empty room where there is picture left to show.
export const settled = (view, room) => {
  const { width, height } = rectangle(view, room);
  const held = (at, size, place) => (size <= place ? 0.5 : within(place / 2 / size, at, 1 - place / 2 / size));
  return { zoom: view.zoom, x: held(view.x, width, room.width), y: held(view.y, height, room.height) };
};

export const middle = (room) => ({ x: room.width / 2, y: room.height / 2 });

// At this zoom, what was at a point of the place stays there.
export const zoomed = (view, room, zoom, at = middle(room)) => {
  if (zoom === null) return FIT;
  const before = rectangle(view, room);
  const [across, down] = [room.across * room.pixel * zoom, room.down * room.pixel * zoom];
  const x = (at.x - before.left) / before.width - (at.x - room.width / 2) / across;
  const y = (at.y - before.top) / before.height - (at.y - room.height / 2) / down;
  return settled({ zoom, x, y }, room);
};

// Larger by a factor, as by wheel and pinch: no smaller than it fits in, no larger than 200 %.
export const scaled = (view, room, factor, at) => {
  const fit = fitOf(room);
  const zoom = within(fit, (view.zoom ?? fit) * factor, Math.max(LARGEST, fit));
  return zoom <= fit * 1.001 ? FIT : zoomed(view, room, zoom, at);
};

// The next stop that is larger (+1) or smaller (-1).
export const stepped = (view, room, way) => {
  const fit = fitOf(room);
  const now = view.zoom ?? fit;
  const stops = STOPS.filter((stop) => stop > fit * 1.001 && (way > 0 ? stop > now * 1.001 : stop < now * 0.999));
  if (way > 0) return stops.length ? zoomed(view, room, stops[0]) : view;
  return zoomed(view, room, stops.at(-1) ?? null);
};

// The picture moved by so many CSS pixels, as far as there is picture.
export const panned = (view, room, across, down) => {
  const { width, height } = rectangle(view, room);
  return settled({ zoom: view.zoom, x: view.x - across / width, y: view.y - down / height }, room);
};

// What is in sight: left, top, right and bottom in shares of the picture.
export const sight = (view, room) => {
  const { left, top, width, height } = rectangle(view, room);
  const share = (at, start, size) => within(0, (at - start) / size, 1);
  return [
    share(0, left, width),
    share(0, top, height),
    share(room.width, left, width),
    share(room.height, top, height),
  ];
};

export const zoomWord = ({ zoom }) => (zoom === null ? "fit" : String(Math.round(zoom * 100)));
