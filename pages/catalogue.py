"""Catalogue: every effect on one picture."""

import streamlit as st

st.title("Catalogue")
