// A button that has the browser fetch a file, as its link does.
export default function ({ parentElement, data }) {
  const [button, link] = [parentElement.querySelector("button"), parentElement.querySelector("a")];
  Object.assign(link, { href: data.address, download: data.name });
  button.textContent = data.word;
  button.onclick = () => link.click();
}
