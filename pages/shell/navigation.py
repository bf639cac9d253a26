"""The frame around every page: title, mark and menu.

It stands in a folder of its own because Streamlit, on a freshly started server, runs the files of a folder named
`pages` without the script that started it; from here the first visitor of any page sees what everyone sees.
"""

from pathlib import Path

import streamlit as st

from pages.components.connection_watch import connection_watch
from pages.components.picture_retry import picture_retry
from pages.components.unforeseen import edge, unforeseen
from pages.components.words import _

HERE = Path(__file__).parent

st.set_page_config(page_icon=HERE / "icon.svg", layout="wide")
st.logo(HERE / "wordmark.svg", size="large")
st.html(HERE / "style.css")
st.html(HERE / "frame.css")
connection_watch()
page = st.navigation(
    [
        st.Page("../snapshot.py", title=_("Snapshot"), icon=":material/photo_camera:", default=True),
        st.Page("../live.py", title=_("Live"), icon=":material/videocam:"),
        st.Page("../batch.py", title=_("Batch"), icon=":material/photo_library:"),
        st.Page("../video.py", title=_("Video"), icon=":material/movie:"),
        st.Page("../catalogue.py", title=_("Catalogue"), icon=":material/grid_view:"),
    ],
    position="top",
)
st.set_page_config(page_title=f"{page.title} · Emulsion")
picture_retry()
with st.container():
    unforeseen()
with edge():
    page.run()
