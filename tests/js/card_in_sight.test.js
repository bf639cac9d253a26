// A new card comes in sight: how far its panel scrolls for it.
import assert from "node:assert/strict";
import test from "node:test";
import { scrollFor } from "../../pages/components/stack/card_in_sight.js";

const PANEL = { top: 100, bottom: 400 };
const card = (top, height) => ({ top, bottom: top + height });

test("a panel scrolls as little as shows the whole card, and not at all for one that is seen", () => {
  assert.equal(scrollFor(card(150, 200), PANEL), 0);
  assert.equal(scrollFor(card(350, 200), PANEL), 158);
  assert.equal(scrollFor(card(20, 200), PANEL), -88);
});

test("of a card that is taller than its panel the head is seen", () => {
  for (const top of [-200, 90, 350]) assert.equal(scrollFor(card(top, 500), PANEL), top - 108);
});
