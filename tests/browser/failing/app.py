"""An app whose page fails where it is told to, with the real edges around it."""

import streamlit as st

from pages.components.unforeseen import tell_failure

app = st.App("page.py", on_script_error=tell_failure)
