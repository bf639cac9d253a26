// What a batch's contact sheet knows by itself: numbers, room, folders, and where each photo goes.
import assert from "node:assert/strict";
import { test } from "node:test";
import { droppedPhotos, photosIn } from "../../pages/components/batch/dropped_photos.js";
import { expectPhotos, forgetGone, layOut, settled } from "../../pages/components/batch/photo_trays.js";
import { sendingOf } from "../../pages/components/batch/sending.js";

const most = { photos: 5, bytes: 100 };
const sheetWith = (photos, gone = 0) => ({
  data: { photos, gone, most },
  local: new Map(),
  leftOut: new Set(),
  next: 1,
});
const named = (...names) => names.map((name) => ({ name, size: 9 }));
const numbers = (photos) => photos.map(({ number }) => number);

test("photos are numbered in their order, and those beyond the room are counted and left out", () => {
  const sheet = sheetWith([{ number: 3, name: "old", status: "ready" }]);
  forgetGone(sheet);
  assert.deepEqual(numbers(expectPhotos(sheet, named("a", "b"))), [4, 5]);
  assert.deepEqual(numbers(expectPhotos(sheet, named("c", "d", "e", "f"))), [6, 7]);
  assert.equal(sheet.beyond, 2);
  assert.deepEqual(numbers(settled(sheet)), [3, 4, 5, 6, 7]);
});

test("what the server says of a photo counts, but for one that is on its way; its picture stays until there is a result", () => {
  const sheet = sheetWith([]);
  const [first, second] = expectPhotos(sheet, named("a", "b"));
  Object.assign(first, { status: "waiting", small: "blob:1" });
  sheet.data.photos = [
    { number: 1, name: "a", status: "failed", sentence: "Damaged.", url: "" },
    { number: 2, name: "b", status: "coming", sentence: "", url: "" },
  ];
  assert.deepEqual(
    settled(sheet).map(({ status, sentence, url }) => [status, sentence, url]),
    [
      ["failed", "Damaged.", "blob:1"],
      ["coming", undefined, ""],
    ],
  );
  sheet.data.photos[0] = { number: 1, name: "a", status: "ready", sentence: "", url: "result" };
  assert.equal(settled(sheet)[0].url, "result");
  assert.equal(second.status, "coming");
});

test("what the server let go of is gone here, too, and no number is given twice", () => {
  const sheet = sheetWith([]);
  expectPhotos(sheet, named("a", "b"));
  sheet.leftOut.add(2);
  sheet.data.gone = 7;
  forgetGone(sheet);
  assert.deepEqual([settled(sheet), [...sheet.leftOut]], [[], []]);
  assert.deepEqual(numbers(expectPhotos(sheet, named("c"))), [8]);
});

test("where the server has forgotten all, as after its start, nothing stands there as if it had come", () => {
  const sheet = sheetWith([]);
  sheet.data.address = "roll/before";
  forgetGone(sheet);
  expectPhotos(sheet, named("a", "b"));
  forgetGone(sheet);
  assert.equal(settled(sheet).length, 2);
  sheet.data = { ...sheet.data, address: "roll/after" };
  forgetGone(sheet);
  assert.equal(settled(sheet).length, 0);
});

test("one that could not be sent makes room when others are chosen", () => {
  const sheet = sheetWith([]);
  for (const photo of expectPhotos(sheet, named("a", "b", "c", "d", "e"))) photo.sentence = "Not sent.";
  assert.equal(expectPhotos(sheet, named("a", "b", "c")).length, 3);
  assert.equal(settled(sheet).length, 3);
});

test("a photo goes to its number with its name and size, and of one too large or empty only those go", () => {
  const data = { address: "roll/x", most };
  const file = { size: 100 };
  assert.deepEqual(sendingOf({ number: 2, name: "a&b=ü.jpg", file }, data), [
    "roll/x/2?name=a%26b%3D%C3%BC.jpg&size=100",
    { method: "PUT", body: file },
  ]);
  assert.equal(sendingOf({ number: 2, name: "a", file: { size: 101 } }, data)[1].body, null);
  assert.equal(sendingOf({ number: 2, name: "a", file: { size: 0 } }, data)[1].body, null);
});

test("of a folder the photos are taken, by their names and in the order of their places", () => {
  const files = ["a/10.jpg", "b/1.png", "a/2.JPG", ".hidden.jpg", "a/notes.txt", "jpg"].map((path) => ({
    name: path.split("/").at(-1),
    webkitRelativePath: path,
  }));
  assert.deepEqual(
    photosIn(files, ["jpg", "png"]).map(({ name }) => name),
    ["2.JPG", "10.jpg", "1.png"],
  );
});

const fileEntry = (name) => ({ isFile: true, file: (take) => take({ name }) });
const folderEntry = (...batches) => ({
  isDirectory: true,
  createReader: () => ({ readEntries: (take) => take(batches.shift() ?? []) }),
});
const dropped = (...entries) => ({
  items: entries.map((entry) => ({ webkitGetAsEntry: () => entry })),
  files: [{ name: "as it is" }],
});

test("a dropped folder gives all its photos, however many it tells of at a time, and files beside it come as they are", async () => {
  const deep = folderEntry([fileEntry("3.jpg")]);
  const folder = folderEntry([fileEntry("1.jpg"), fileEntry("x.txt")], [deep, fileEntry("2.jpg")]);
  const found = await droppedPhotos(dropped(fileEntry("odd.txt"), folder), ["jpg"]);
  assert.deepEqual(
    found.map(({ name }) => name),
    ["odd.txt", "1.jpg", "2.jpg", "3.jpg"],
  );
  assert.deepEqual(await droppedPhotos(dropped(fileEntry("a.jpg")), ["jpg"]), [{ name: "as it is" }]);
});

test("who comes back to the page finds the photos that are on their way; those of another roll are not there", () => {
  const data = { address: "roll/mine", photos: [], gone: 0, most, left_out: [] };
  const laid = (given) => {
    const sheet = Object.assign(layOut(given), { data: given });
    forgetGone(sheet);
    return sheet;
  };
  const sheet = laid(data);
  expectPhotos(sheet, named("a", "b"));
  sheet.sending = 2;
  assert.deepEqual([numbers(settled(laid({ ...data }))), laid({ ...data }).sending], [[1, 2], 2]);
  const other = laid({ ...data, address: "roll/other", left_out: [4] });
  assert.deepEqual([settled(other), other.sending, [...other.leftOut]], [[], 0, [4]]);
});
