"""Snapshot: take or open a picture, stack effects on it, download it."""

import streamlit as st

st.title("Snapshot")
