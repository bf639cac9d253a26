"""A page with errors that nobody foresaw: in a callback, in itself, and in a part that is drawn by itself."""

import streamlit as st

from pages.components.unforeseen import edge, fragment, unforeseen


def part() -> None:
    if st.toggle("Fail in a part"):
        raise KeyError("secret")


def fail() -> None:
    raise ZeroDivisionError("secret")


unforeseen()
with edge():
    st.title("Here")
    st.button("Fail in a callback", on_click=fail)
    fragment(part)()
    if st.toggle("Fail in the page"):
        raise OSError("secret")
    st.write("The end")
