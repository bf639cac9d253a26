// The player lives in a frame that is gone with the page: what it asks and gets is written down in the top window.
(() => {
  window.top.ledger ??= { asked: 0, tracks: [], peers: [] };
  const { ledger } = window.top;
  const Peer = window.RTCPeerConnection;
  if (Peer)
    window.RTCPeerConnection = class extends Peer {
      constructor(...wishes) {
        super(...wishes);
        ledger.peers.push(this);
      }
    };
  if (!navigator.mediaDevices) return;
  const ask = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
  navigator.mediaDevices.getUserMedia = async (constraints) => {
    ledger.asked += 1;
    const stream = await ask(constraints);
    ledger.tracks.push(...stream.getTracks());
    return stream;
  };
})();
