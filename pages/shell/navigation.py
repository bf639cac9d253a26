"""The frame around every page: title, mark and menu.

It stands in a folder of its own because Streamlit, on a freshly started server, runs the files of a folder named
`pages` without the script that started it; from here the first visitor of any page sees what everyone sees.
"""

import streamlit as st

st.set_page_config(page_title="Emulsion", page_icon=":material/camera:", layout="wide")
st.navigation(
    [
        st.Page("../snapshot.py", title="Snapshot", icon=":material/photo_camera:", default=True),
        st.Page("../catalogue.py", title="Catalogue", icon=":material/grid_view:"),
    ],
    position="top",
).run()
