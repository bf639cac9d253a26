// What lies on a sheet: photos that the server knows of, and those that are only on their way there.

let laid = null; // the sheet of this page load

// A sheet as it comes onto the page: as it was left, where the roll is the same; photos of it may still be on their way.
export const layOut = (data) => {
  const isSame = laid?.address === data.address;
  if (!isSame) laid = { local: new Map(), leftOut: new Set(data.left_out), next: 1, sending: 0, beyond: 0 };
  return laid;
};

// The photos that a choice of files brings, with their numbers; those for which there is no room are counted.
export const expectPhotos = (sheet, files) => {
  for (const [number, { sentence }] of sheet.local) if (sentence) sheet.local.delete(number); // tried again, or not
  const taken = files.slice(0, Math.max(0, sheet.data.most.photos - settled(sheet).length));
  sheet.beyond = files.length - taken.length;
  return taken.map((file) => {
    const photo = { number: sheet.next, name: file.name, status: "coming", file };
    sheet.next += 1;
    sheet.local.set(photo.number, photo);
    return photo;
  });
};

// All of them in their order: what the server says of a photo, and its small picture from here until there is a result.
export const settled = ({ data, local }) => {
  const known = new Map(data.photos.map((photo) => [photo.number, photo]));
  const numbers = [...new Set([...known.keys(), ...local.keys()])].sort((one, other) => one - other);
  return numbers.map((number) => {
    const [there, here] = [known.get(number), local.get(number)];
    return { ...here, ...(here?.status === "coming" ? {} : there), url: there?.url || here?.small || "" };
  });
};

// Let go of what the server has let go of, or has never heard of, being another; no number is given twice.
export const forgetGone = (sheet) => {
  const { address, gone, photos } = sheet.data;
  const isOther = address !== (sheet.address ?? address);
  sheet.address = address;
  for (const [number, { small }] of sheet.local) {
    if (number > gone && !isOther) continue;
    if (small) URL.revokeObjectURL(small);
    sheet.local.delete(number);
    sheet.leftOut.delete(number);
  }
  sheet.next = Math.max(sheet.next, gone + 1, ...photos.map(({ number }) => number + 1));
};
