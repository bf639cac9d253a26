"""The app a server runs: the pages and what is sent before them, a health check, workers that start and end with it."""

import asyncio
import gc
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib import import_module

import streamlit as st
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from effects import workers
from effects.tuning import tune
from pages.components.save.parcel import PATH
from pages.components.unforeseen import tell_failure
from pages.shell.assets import Assets
from pages.shell.closed_tabs import watch_closed_tabs, watched
from pages.shell.front_page import FrontPage
from pages.shell.parcels import send_parcel


async def healthz(request: Request) -> PlainTextResponse:
    """Say that the server answers, for load balancers and containers."""
    return PlainTextResponse("ok")


@asynccontextmanager
async def lifespan(app: st.App) -> AsyncIterator[None]:
    """Have the workers ready before the first picture, and leave none behind.

    What is loaded by then stays for good: Streamlit looks for garbage after every move of a slider, and need not walk
    through all the libraries each time. That was 70 of the 116 ms that the server spent on a move.
    """
    tune()
    workers.warm()
    import_module("pages.components.session")  # not before Streamlit runs, which it asks for caches
    gc.collect()
    gc.freeze()
    giving_back = watched(asyncio.create_task(watch_closed_tabs()))
    yield
    giving_back.cancel()
    workers.close()


app = st.App(
    "pages/shell/navigation.py",
    lifespan=lifespan,
    routes=[Route("/healthz", healthz), Route(f"/{PATH}/{{token}}", send_parcel)],
    on_script_error=tell_failure,
    middleware=[Middleware(Assets), Middleware(FrontPage)],
)
