// A link that looks like a button: the browser fetches the file by itself.
export default function ({ parentElement, data }) {
  const link = parentElement.querySelector("a");
  Object.assign(link, { href: data.address, download: data.name, textContent: data.word });
}
