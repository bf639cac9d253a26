// Where the players of live video are, each in a frame of its own.
export const FRAMES = "iframe[src*='streamlit_webrtc']";
