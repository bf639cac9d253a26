"""The app a server runs: the pages and what is sent before them, a health check, workers that start and end with it."""

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib import import_module
from pkgutil import walk_packages
from threading import Thread

import streamlit as st
from starlette.middleware import Middleware
from starlette.routing import Route

from effects import __version__, workers
from effects.codec.limits import MAX_MEGABYTES
from effects.looks import find_grey_looks
from effects.memory.sheets import SHEETS
from effects.settings import SettingError, check_settings
from effects.tuning import tune
from effects.video import jobs as videos
from pages import components
from pages.borrowed.leaving import let_pages_be_left
from pages.borrowed.messages import take_back_whole_parts
from pages.borrowed.sending import send_together
from pages.borrowed.thrift import save_work
from pages.borrowed.visits import allow_uploads
from pages.components import pieces
from pages.components.batch.roll import PATH as ROLL_PATH
from pages.components.batch.roll import close_rolls
from pages.components.floor import FLOOR
from pages.components.save.parcel import PATH
from pages.components.unforeseen import tell_failure
from pages.components.video.reel import PATH as REEL_PATH
from pages.components.video.reel import close_reels
from pages.shell.assets import Assets
from pages.shell.closed_tabs import watch_closed_tabs, watched
from pages.shell.events import tell, tell_end, write_events
from pages.shell.front_page import FrontPage
from pages.shell.garbage import settle
from pages.shell.headers import Headers
from pages.shell.health import healthz
from pages.shell.metrics import Readers, count_end, count_failures, metrics
from pages.shell.parcels import send_parcel
from pages.shell.reels import send_video, take_video
from pages.shell.rolls import send_zip, take_photo
from pages.shell.uploads import UploadBounds

try:
    check_settings()
except SettingError as error:
    sys.exit(f"emulsion: {error}")

WITH_PLAYER = f"{components.__name__}.live."  # Streamlit serves a component of the old kind that a page's run imports
MAX_UNUSED_BYTES = 24_000_000  # whole pictures are worked on by the workers; here are previews of 4 MB


@asynccontextmanager
async def lifespan(app: st.App) -> AsyncIterator[None]:
    """Have the workers ready before the first picture, and leave none behind.

    What is loaded by then stays for good: who looks for garbage need not walk through all the libraries each time.
    """
    tune()
    SHEETS.keep_at_most(MAX_UNUSED_BYTES)
    write_events()
    count_failures()
    for listener in (count_end, tell_end):
        workers.listen(listener)
        videos.listen(listener)
    allow_uploads(MAX_MEGABYTES)
    let_pages_be_left()
    take_back_whole_parts()
    send_together()
    save_work(FLOOR.taken, pieces.foresee)
    workers.warm()
    tell("start", is_trouble=False, version=__version__)
    for each in walk_packages(components.__path__, f"{components.__name__}."):  # not before Streamlit runs, which they
        if not each.name.startswith(WITH_PLAYER):  # ask for caches
            import_module(each.name)
    settle()
    Thread(target=find_grey_looks).start()  # awaited at the end: in the middle of a picture it would take all down
    giving_back = watched(asyncio.create_task(watch_closed_tabs()))
    yield
    giving_back.cancel()
    tell("stop", is_trouble=False)
    close_rolls()
    close_reels()
    workers.close()
    videos.close()


app = st.App(
    "pages/shell/navigation.py",
    lifespan=lifespan,
    routes=[
        Route("/healthz", healthz),
        Route("/metrics", metrics),
        Route(f"/{PATH}/{{token}}", send_parcel),
        Route(f"/{ROLL_PATH}/{{token}}", send_zip),
        Route(f"/{ROLL_PATH}/{{token}}/{{number:int}}", take_photo, methods=["PUT"]),
        Route(f"/{REEL_PATH}/{{token}}", take_video, methods=["PUT"]),
        Route(f"/{REEL_PATH}/{{token}}/{{name}}", send_video),
    ],
    on_script_error=tell_failure,
    middleware=[Middleware(each) for each in (Headers, Readers, UploadBounds, Assets, FrontPage)],
)
