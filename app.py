"""The app a server runs: the pages, and a health check beside them."""

import streamlit as st
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route


async def healthz(request: Request) -> PlainTextResponse:
    """Say that the server answers, for load balancers and containers."""
    return PlainTextResponse("ok")


app = st.App("pages/shell/navigation.py", routes=[Route("/healthz", healthz)])
