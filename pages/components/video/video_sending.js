// A file on its way to the server, which can be watched and stopped.

// Where it goes; of one that is too large, or empty, the server only hears, and says why it is not taken.
export const placeOf = ({ name, size }, { address, most }) => {
  const isTaken = size > 0 && size <= most;
  return [`${address}?${new URLSearchParams({ name, size })}`, isTaken];
};

// Send it; `onEnd` hears whether the server has answered, unless it was stopped.
export const sendFile = (file, data, { onShare, onEnd }) => {
  const request = new XMLHttpRequest();
  const [place, isTaken] = placeOf(file, data);
  request.open("PUT", place);
  request.upload.onprogress = ({ loaded, total }) => onShare(total ? loaded / total : 0);
  request.onload = () => onEnd(request.status === 200 || request.status === 413);
  request.onerror = () => onEnd(false);
  onShare(0);
  request.send(isTaken ? file : null);
  return request;
};
