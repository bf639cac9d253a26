// The address holds the stack, and whatever else it held.
import assert from "node:assert/strict";
import test from "node:test";
import { withRecipe } from "../../pages/components/address.js";

const changed = (href, recipe) => String(withRecipe(href, recipe));

test("a recipe comes into the address, and everything else of it stays", () => {
  assert.equal(
    changed("http://a.example/live?embed=true#top", "v1.sepia"),
    "http://a.example/live?embed=true&recipe=v1.sepia#top",
  );
});

test("a recipe takes the place of the one before", () => {
  assert.equal(changed("http://a.example/?recipe=v1.sepia&x=1", "v1.blur"), "http://a.example/?recipe=v1.blur&x=1");
});

test("without a stack the address has no recipe", () => {
  assert.equal(changed("http://a.example/?recipe=v1.sepia&x=1", ""), "http://a.example/?x=1");
});

test("any signs of a recipe are read back as they were", () => {
  const recipe = "a=1&b=2#c d+é%";
  assert.equal(withRecipe("http://a.example/", recipe).searchParams.get("recipe"), recipe);
});

test("an address that says it already is left alone", () => {
  assert.equal(withRecipe("http://a.example/?recipe=a%20b", "a b"), null);
  assert.equal(withRecipe("http://a.example/?x=1", ""), null);
});
