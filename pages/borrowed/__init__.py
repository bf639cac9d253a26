"""Names that Streamlit, streamlit-webrtc and aiortc do not promise to keep: see `effects.borrowed`, which says how."""
