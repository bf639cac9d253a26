// The stack in the address, exchanged in place.
export default function ({ data }) {
  const address = new URL(window.location.href);
  if ((address.searchParams.get("recipe") || "") === data.recipe) return;
  if (data.recipe) address.searchParams.set("recipe", data.recipe);
  else address.searchParams.delete("recipe");
  window.history.replaceState(window.history.state, "", address);
}
