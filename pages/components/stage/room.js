// The room of a stage: its place, and the picture in it; see zoom.js.
export const roomOf = ({ place, data, down }) => ({
  width: place.clientWidth || 1,
  height: place.clientHeight || 1,
  across: data.width,
  down: down ?? data.height,
  pixel: 1 / (window.devicePixelRatio || 1),
});
