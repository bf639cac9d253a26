// The stack in the address, exchanged in place.

// The address with another recipe, or with none; null where it has this one already.
export const withRecipe = (href, recipe) => {
  const address = new URL(href);
  if ((address.searchParams.get("recipe") || "") === recipe) return null;
  if (recipe) address.searchParams.set("recipe", recipe);
  else address.searchParams.delete("recipe");
  return address;
};

export default function ({ data }) {
  const address = withRecipe(window.location.href, data.recipe);
  if (address) window.history.replaceState(window.history.state, "", address);
}
