// Photos that come in from anywhere on the page: which of them go up, and which are told of.
import assert from "node:assert/strict";
import test from "node:test";
import { filled } from "../../pages/components/filled.js";
import { leftOut, smallEnough } from "../../pages/components/photo/handed_files.js";
import { hasFiles, isForPage } from "../../pages/components/photo/page_drop.js";
import { isTyped } from "../../pages/components/photo/page_paste.js";
import { NO_PICTURE, pictureIn } from "../../pages/components/photo/photo_buttons.js";

const FILES = ["notes.txt", "one.jpg", "one.jpg"].map((name) => ({ name }));

test("all but the one that is open are named, in their order, also one of the same name", () => {
  assert.deepEqual(leftOut(FILES, FILES[1]), ["notes.txt", "one.jpg"]);
});

test("where none is open all are named", () =>
  assert.deepEqual(leftOut(FILES, null), ["notes.txt", "one.jpg", "one.jpg"]));

test("a sentence is filled with a name as it is, whatever signs are in it", () => {
  assert.equal(filled("{name} has {size} MB.", { name: "$& {size}.jpg", size: 3 }), "$& {size}.jpg has 3 MB.");
});

test("a file of just the most goes up, and one byte more is told with its size", () => {
  const [most, large] = [
    { name: "most.jpg", size: 25 * 2 ** 20 },
    { name: "large.jpg", size: 25 * 2 ** 20 + 1 },
  ];
  const sentence = "{name} has {size} MB, at most {most}";
  assert.deepEqual(smallEnough([large, most], most.size, sentence), {
    small: [most],
    told: "large.jpg has 25.0 MB, at most 25",
  });
  assert.deepEqual(smallEnough([most], most.size, sentence), { small: [most], told: "" });
});

// An element inside others, by what each of them matches.
const within = (...selectors) => ({ closest: (selector) => selectors.includes(selector) || null });

test("a drop belongs to the page, but not where a field for files takes it", () => {
  const [photo, other] = [".st-key-upload", "[data-testid=stFileUploader]"];
  assert.equal(isForPage(within(), 1), true);
  assert.equal(isForPage({}, 1), true); // the document itself
  assert.equal(isForPage(within(other), 1), false);
  assert.equal(isForPage(within(other), 2), false);
  assert.equal(isForPage(within(photo, other), 1), false);
  assert.equal(isForPage(within(photo, other), 2), true);
});

test("only files count as something to drop", () => {
  assert.equal(hasFiles(["text/uri-list", "Files"]), true);
  assert.equal(hasFiles(["text/plain"]), false);
  assert.equal(hasFiles(undefined), false);
});

for (const [field, typed] of [
  [{ localName: "input", type: "text" }, true],
  [{ localName: "input", type: "url" }, true],
  [{ localName: "input", type: "number" }, true],
  [{ localName: "input", type: "range" }, false],
  [{ localName: "input", type: "file" }, false],
  [{ localName: "input", type: "checkbox" }, false],
  [{ localName: "textarea" }, true],
  [{ localName: "div", isContentEditable: true }, true],
  [{ localName: "div", isContentEditable: false }, false],
  [{ localName: "body" }, false],
  [undefined, false],
])
  test(`what is pasted ${typed ? "stays with" : "is a photo of the page's at"} ${JSON.stringify(field)}`, () =>
    assert.equal(isTyped(field), typed));

const item = (...types) => ({ types, getType: async (type) => new Blob(["pixels"], { type }) });

test("the first picture in a clipboard is taken, past words, under a name of its kind", async () => {
  const read = async () => [item("text/plain"), item("text/html", "image/png"), item("image/webp")];
  const file = await pictureIn({ read });
  assert.deepEqual([file.name, file.type, await file.text()], ["pasted.png", "image/png", "pixels"]);
});

test("a clipboard without a picture is told of as that", () =>
  assert.rejects(pictureIn({ read: async () => [item("text/plain")] }), { message: NO_PICTURE }));
