// Streamlit shows its own few words under the button; their coming is the one sign of a failed download.
const SIGN = ":is(.st-key-download, .st-key-cube) [data-testid=stDownloadButtonError]";

export default function ({ setTriggerValue }) {
  let seen = false;
  const look = () => {
    const there = Boolean(document.querySelector(SIGN));
    if (there && !seen) setTriggerValue("failed", true);
    seen = there;
  };
  const observer = new MutationObserver(look);
  observer.observe(document.body, { childList: true, subtree: true });
  return () => observer.disconnect();
}
