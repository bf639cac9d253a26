// Which camera is asked for, and whether its finder is a mirror.
const WISHED_SIDE = 4096; // pixels; a camera gives what it has nearest to this

// The wish for a camera, as large as its own pictures are.
export const wishFor = (choice) => ({
  video: { ...choice, width: { ideal: WISHED_SIDE }, height: { ideal: WISHED_SIDE } },
});

// The camera after the one in use. Phones have several behind: of more than two, those of the other side are meant.
export const otherCamera = (cameras, { facingMode, deviceId }) => {
  if (facingMode && cameras.length > 2)
    return { facingMode: { ideal: facingMode === "environment" ? "user" : "environment" } };
  const place = cameras.findIndex((camera) => camera.deviceId === deviceId);
  return { deviceId: { exact: cameras[(place + 1) % cameras.length].deviceId } };
};

// One who looks at oneself expects a mirror; whoever looks at the world does not. A choice of one's own goes before.
export const isMirror = (facingMode, chosen) => chosen ?? facingMode !== "environment";

// What the photos of a visit are called.
export const nameOf = (number) => (number > 1 ? `photo-${number}.jpg` : "photo.jpg");
