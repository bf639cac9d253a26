// What a browser keeps of a photo, and when it offers it.
import assert from "node:assert/strict";
import test from "node:test";
import { newestFirst, sourceOf } from "../../pages/components/photo/chosen_files.js";
import { short } from "../../pages/components/photo/kept_photo.js";
import { isOffered, keepPhoto, ownOrLast, recordOf, surplus } from "../../pages/components/photo/kept_record.js";
import { lossWatch } from "../../pages/components/photo/lost_photo.js";

const file = (name, size = 1) => ({ name, size });

test("a photo on the page is found among the chosen files by name and size", () => {
  const files = [file("a.jpg", 10), file("b.jpg", 10), file("a.jpg", 20)];
  assert.equal(sourceOf({ name: "a.jpg", size: 20 }, files), files[2]);
  assert.equal(sourceOf({ name: "c.jpg", size: 10 }, files), undefined);
});

test("of two files that look the same the newest is meant, and only the last three are kept in hand", () => {
  const [first, second] = [file("a.jpg"), file("a.jpg")];
  assert.equal(sourceOf({ name: "a.jpg", size: 1 }, newestFirst([second], [first])), second);
  const many = ["1", "2", "3", "4"].reduce((earlier, name) => newestFirst([file(name)], earlier), []);
  assert.deepEqual(
    many.map(({ name }) => name),
    ["4", "3", "2"],
  );
});

test("several files at once come in their order", () => {
  assert.deepEqual(newestFirst(new Set(["a", "b"]), ["c", "d"]), ["a", "b", "c"]);
});

test("what is stored has this shape, and nothing of the page's in it", () => {
  const photo = { id: "hash", name: "a.jpg", size: 3, url: "/media/x" };
  assert.deepEqual(recordOf(photo, "bytes", 7), { id: "hash", name: "a.jpg", file: "bytes", at: 7 });
});

test("a tab is offered its own photo, a new one what came last, and the last three tabs' are kept", () => {
  const records = new Map([
    ["old", { id: "o", at: 1 }],
    ["of an earlier version", { id: "v" }],
    ["late", { id: "l", at: 9 }],
    ["middle", { id: "m", at: 5 }],
  ]);
  assert.equal(ownOrLast(records, "old").id, "o");
  assert.equal(ownOrLast(records, "new").id, "l");
  assert.equal(ownOrLast(new Map(), "new"), undefined);
  assert.deepEqual(surplus(records), ["of an earlier version"]);
  assert.deepEqual(surplus(new Map([...records].slice(1))), []);
});

test("a stored photo is offered unless the page has it, or there is none", () => {
  assert.equal(isOffered({ id: "one" }, ["two"]), true);
  assert.equal(isOffered({ id: "one" }, ["two", "one"]), false);
  assert.equal(isOffered(undefined, []), false);
});

test("a name of up to forty letters is said whole, a longer one is cut to about as many", () => {
  assert.equal(short("a".repeat(40)), "a".repeat(40));
  assert.equal(short("a".repeat(41)), `${"a".repeat(38)} ...`);
});

test("signs of two units count as one letter, and none is cut in two", () => {
  assert.equal(short("🌄".repeat(40)), "🌄".repeat(40));
  assert.equal(short("🌄".repeat(41)), `${"🌄".repeat(38)} ...`);
});

// A browser's storage of one photo, and files that come when they are told to.
const shelf = () => {
  const held = { record: undefined, coming: new Map() };
  held.fileOf = ({ id }) => new Promise((come) => held.coming.set(id, come));
  held.records = {
    read: async () => held.record,
    write: async (record) => {
      held.record = record;
    },
  };
  held.keep = (id) => keepPhoto({ id, name: `${id}.jpg` }, held.fileOf, held.records);
  return held;
};
const soon = () => new Promise((resolve) => setTimeout(resolve));

test("an earlier photo whose file comes late does not take a later one's place", async () => {
  const held = shelf();
  const outcomes = [held.keep("first"), held.keep("second")];
  await soon();
  held.coming.get("second")("its file");
  await soon();
  held.coming.get("first")("its file");
  assert.deepEqual(await Promise.all(outcomes), ["late", "kept"]);
  assert.equal(held.record.id, "second");
});

test("a photo is kept once, and one without a file is asked for", async () => {
  const held = shelf();
  const outcome = held.keep("first");
  await soon();
  held.coming.get("first")(undefined);
  assert.equal(await outcome, "wanted");
  held.record = { id: "first" };
  assert.equal(await held.keep("first"), "kept");
  assert.deepEqual(held.record, { id: "first" });
});

test("a photo that the page had open and the server knows no more is lost, and that is told once", () => {
  const watch = lossWatch();
  const record = { id: "one" };
  assert.equal(watch.isLost(record, []), false, "a reload: this page has had nothing open");
  watch.see("one");
  assert.equal(watch.isLost(record, ["one"]), false, "put aside: the server has it");
  assert.equal(watch.wasLost("one"), false);
  assert.equal(watch.isLost(record, []), true);
  assert.equal(watch.wasLost("one"), true);
  assert.equal(watch.isLost(record, []), false, "it could not be opened again");
  watch.see("one");
  assert.equal(watch.isLost(undefined, []), false, "forgotten by the person");
  assert.equal(watch.isLost({ id: "two" }, []), false, "what another tab keeps is not this one's");
  assert.equal(watch.isLost(record, []), true, "lost once more");
});
