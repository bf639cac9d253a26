// The order of cards under a hand: where one lands, who steps aside, and what the page is told of it.
import assert from "node:assert/strict";
import test from "node:test";
import { aside, dotRules, isSecond, landing, movedOrder, orderRules } from "../../pages/components/stack/card_order.js";

const ORDER = ["c1", "c2", "c3", "c4"];

test("a card moves by so many places, and no farther than the ends", () => {
  assert.deepEqual(movedOrder(ORDER, "c2", 1), ["c1", "c3", "c2", "c4"]);
  assert.deepEqual(movedOrder(ORDER, "c3", -2), ["c3", "c1", "c2", "c4"]);
  assert.deepEqual(movedOrder(ORDER, "c2", 999), ["c1", "c3", "c4", "c2"]);
  assert.deepEqual(movedOrder(ORDER, "c2", -999), ["c2", "c1", "c3", "c4"]);
  assert.deepEqual(ORDER, ["c1", "c2", "c3", "c4"]);
});

// Cards of 40 px, 10 px apart; the third one is open and 200 px high.
const BOXES = [
  { top: 0, bottom: 40 },
  { top: 50, bottom: 90 },
  { top: 100, bottom: 300 },
  { top: 310, bottom: 350 },
];

test("a dragged card lands where its edge has passed half of another one", () => {
  assert.equal(landing(BOXES, 0, 29), 0); // its lower edge is at 69, half of the second at 70
  assert.equal(landing(BOXES, 0, 31), 1);
  assert.equal(landing(BOXES, 3, -109), 3); // its upper edge is at 201, half of the third at 200
  assert.equal(landing(BOXES, 3, -111), 2);
  assert.equal(landing(BOXES, 3, -5000), 0);
  assert.equal(landing(BOXES, 0, 5000), 3);
});

test("an open card has no farther to go than a closed one", () => {
  assert.equal(landing(BOXES, 2, 29), 2); // its lower edge is at 329, half of the last at 330
  assert.equal(landing(BOXES, 2, 31), 3);
  assert.equal(landing(BOXES, 2, -31), 1);
});

test("those between a card's old place and its new one step aside by the room that it takes", () => {
  const steps = (from, to) => ORDER.map((_, place) => aside(place, from, to, 50));
  assert.deepEqual(steps(0, 2).slice(1), [-50, -50, 0]);
  assert.deepEqual(steps(3, 1).slice(0, 3), [0, 50, 50]);
  assert.deepEqual(steps(1, 1), [0, 0, 0, 0]);
});

test("rules number the cards from the top, and a card that they do not name comes last", () => {
  const rules = orderRules(["c7", "c2"]);
  const numbers = [...rules.matchAll(/card-(c\d+)\) \{ order: (\d+)/g)].map(([, card, place]) => [card, place]);
  assert.deepEqual(numbers, [
    ["c7", "0"],
    ["c2", "1"],
  ]);
  assert.match(rules, /^\.st-key-cards > \* \{ order: 999; \}/);
});

test("a dot is there for each setting that differs, and for none where none does", () => {
  assert.equal(dotRules(["c1-radius", "c2-strength"]).match(/--differs: "•"/g).length, 2);
  assert.equal(dotRules([]), "");
});

test("two clicks on the same name soon after each other are a double click", () => {
  const click = (key, at) => ({ key, at });
  assert.equal(isSecond(click("c1-x", 1000), click("c1-x", 1399)), true);
  assert.equal(isSecond(click("c1-x", 1000), click("c1-x", 1400)), false);
  assert.equal(isSecond(click("c1-y", 1000), click("c1-x", 1100)), false);
});
