// Files handed on to another app, where the browser can.

// Whether this browser can hand such a file on; asked with an empty one, before there is anything to fetch.
export const canShare = (navigator, name, mime) =>
  Boolean(navigator.share && navigator.canShare?.({ files: [new File([], name, { type: mime })] }));

export const fetchFile = async ({ url, name, mime }) => {
  const blob = await (await fetch(url)).blob();
  return new File([blob], name, { type: mime });
};

export const shareFile = (file) => navigator.share({ files: [file] }).catch(() => {}); // one may think better of it
