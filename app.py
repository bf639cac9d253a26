"""The app a server runs: the pages, a health check beside them, and workers that start and end with it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import streamlit as st
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from effects import workers


async def healthz(request: Request) -> PlainTextResponse:
    """Say that the server answers, for load balancers and containers."""
    return PlainTextResponse("ok")


@asynccontextmanager
async def lifespan(app: st.App) -> AsyncIterator[None]:
    """Have the workers ready before the first picture, and leave none behind."""
    workers.warm()
    yield
    workers.close()


app = st.App("pages/shell/navigation.py", lifespan=lifespan, routes=[Route("/healthz", healthz)])
