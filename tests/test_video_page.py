"""The page Video without a browser: how a video comes in, what is made of it, how it is fetched, and what is left."""

from __future__ import annotations

import asyncio
import gc
import io
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import numpy as np
import PIL.Image
import pytest
from starlette.requests import Request
from streamlit.testing.v1 import AppTest

from effects import EFFECTS, Pipeline
from effects.video import VideoFacts, jobs, probe, render_video
from effects.video.jobs import Standing
from effects.video.limits import PAGE_LIMITS
from effects.video.rendering import Rendered
from pages.components.settings import SETTINGS
from pages.components.video import reel as reels
from pages.components.video import rendition as renditions
from pages.components.video.reel import MAX_BYTES, Reel, Video, close_reels, reel_of
from pages.components.video.rendition import Order, Rendition
from pages.components.video.scrubber import length, usual_part
from pages.components.video.video_bar import told_of
from pages.components.video.video_wishes import proposed
from pages.shell.reels import send_video, take_video
from tests.pictures import photograph
from tests.unforeseen import unforeseen

PATIENCE = 60.0
"""Seconds that a busy machine may take for what takes one."""

ROOT = Path(__file__).parent.parent
SEPIA = Pipeline((EFFECTS["sepia"].step(),))


def animation(frames: int = 6) -> bytes:
    """An animated GIF, each frame another and shown for a fifth of a second."""
    pictures = [PIL.Image.fromarray(photograph(24, 32, seed=seed)) for seed in range(frames)]
    file = io.BytesIO()
    pictures[0].save(file, "GIF", save_all=True, append_images=pictures[1:], duration=200)
    return file.getvalue()


GIF = animation()


@pytest.fixture
def reel() -> Reel:
    return Reel()


def bring(reel: Reel, data: bytes, *, name: str = "cat.gif", size: int | None = None, cut: bool = False) -> int:
    """Bring a video as a browser does: what the server answers. `cut`, and the browser has gone before its end."""
    messages: Iterator[dict[str, Any]] = iter(
        [{"type": "http.request", "body": data, "more_body": cut}, {"type": "http.disconnect"}]
    )

    async def receive() -> dict[str, Any]:
        return next(messages)

    query = urlencode({"name": name, "size": len(data) if size is None else size})
    scope = {
        "type": "http", "method": "PUT", "headers": [], "query_string": query.encode(),
        "path_params": {"token": reel.token},
    }  # fmt: skip
    return asyncio.run(take_video(Request(scope, receive))).status_code


def fetch(reel: Reel, name: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
    """What a player gets: status, headers and the bytes."""
    sent: list[Any] = []

    async def send(message: Any) -> None:
        sent.append(message)

    async def receive() -> dict[str, Any]:
        await asyncio.sleep(PATIENCE)
        return {"type": "http.disconnect"}

    raw = [(key.encode(), value.encode()) for key, value in headers.items()]
    scope = {"type": "http", "method": "GET", "headers": raw, "path_params": {"token": reel.token, "name": name}}

    async def answer() -> None:
        response = await send_video(Request(scope))
        await response(scope, receive, send)

    asyncio.run(answer())
    told = {key.decode(): value.decode() for key, value in sent[0]["headers"]}
    return sent[0]["status"], told, b"".join(each.get("body", b"") for each in sent[1:])


def here(
    source: Path,
    target: Path,
    recipe_json: str,
    tables: Mapping[str, Any],
    *,
    tell: Any,
    meanwhile: Any,
    **options: Any,
) -> Rendered:
    """A video made where it is asked for, by the library."""
    meanwhile()
    pipeline = Pipeline.from_json(recipe_json, tables)
    return render_video(source, target, pipeline, progress=lambda at, total: tell(Standing(0, at, total)), **options)


class Waiting:
    """A renderer that is at work until nobody wants the video any more."""

    def __init__(self) -> None:
        self.is_at_work = threading.Event()
        self.writes = b""

    def __call__(
        self, source: Path, target: Path, *words: Any, meanwhile: Callable[[], None], **options: Any
    ) -> Rendered:
        """As the server's process does it."""
        with target.open("wb") as file:
            file.write(self.writes)
        self.is_at_work.set()
        while True:
            meanwhile()
            time.sleep(0.01)


def order(reel: Reel, ending: str = "gif", **wishes: Any) -> Order:
    assert reel.video is not None
    return Order(
        reel.video.source, reel.place(ending), f"cat.{ending}", "image/gif", SEPIA.to_json(), SEPIA.tables, **wishes
    )


def begin(reel: Reel, monkeypatch: pytest.MonkeyPatch, render: Any, **wishes: Any) -> Rendition:
    """Begin a video that is rendered like that."""
    monkeypatch.setattr(reels, "Rendition", lambda order: Rendition(order, render))
    reel.start(order(reel, **wishes))
    assert reel.rendition is not None
    return reel.rendition


def test_a_video_comes_in_is_made_with_the_stack_and_is_fetched_whole_and_in_parts(
    reel: Reel, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert bring(reel, GIF) == 200
    assert reel.video is not None
    assert reel.video.source.read_bytes() == GIF
    rendition = begin(reel, monkeypatch, here, start=0.2, end=0.8)
    assert rendition.wait(PATIENCE)
    assert rendition.made is not None
    expected = tmp_path / "expected.gif"
    render_video(reel.video.source, expected, SEPIA, start=0.2, end=0.8)
    name = rendition.order.target.name
    status, headers, data = fetch(reel, name)
    assert (status, headers["content-type"], data) == (200, "image/gif", expected.read_bytes())
    assert rendition.bytes == len(data)
    status, headers, some = fetch(reel, name, range="bytes=10-19")
    assert (status, headers["content-range"], some) == (206, f"bytes 10-19/{len(data)}", data[10:20])
    assert fetch(reel, "1.source")[0] == 404
    assert told_of(rendition.made).startswith("3 frames of 32 × 24, no sound.")


def test_what_is_too_large_or_empty_or_does_not_come_whole_is_not_kept(
    reel: Reel, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert bring(reel, b"", size=MAX_BYTES + 1) == 413
    most = MAX_BYTES // 2**20
    assert str(reel.trouble) == f"The video has {most}.0 MB; at most {most} MB are taken."
    assert bring(reel, b"") == 413
    assert str(reel.trouble) == "The file is empty."
    assert bring(reel, GIF, cut=True) == 200
    assert bring(reel, GIF, size=len(GIF) - 1) == 200  # it says it is smaller
    assert (reel.video, reel.coming, [*reel.folder.iterdir()]) == (None, None, [])
    monkeypatch.setattr(reels, "SETTINGS", replace(SETTINGS, videos_mb=1))
    other = Reel()
    assert other.expect("a.mp4", 2**20 - 9) is not None
    assert bring(reel, GIF) == 413
    assert str(reel.trouble).startswith("The server holds as many videos as it may.")
    other.settle(has_come=False)
    assert bring(reel, GIF) == 200
    assert str(reel.trouble) == ""


def test_another_video_takes_the_place_of_the_first_but_not_while_one_comes_or_is_made(
    reel: Reel, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert bring(reel, GIF, name="first.gif") == 200
    rendition = begin(reel, monkeypatch, here)
    assert rendition.wait(PATIENCE)
    assert reel.expect("second.gif", 9) is not None
    assert bring(reel, GIF) == 409
    reel.settle(has_come=False)
    assert bring(reel, GIF[:-1], name="third.gif") == 200
    assert reel.video is not None
    assert (reel.video.name, reel.rendition) == ("third.gif", None)
    assert [path.name for path in reel.folder.iterdir()] == [reel.video.source.name]
    waiting = Waiting()
    begin(reel, monkeypatch, waiting)
    assert waiting.is_at_work.wait(PATIENCE)
    assert bring(reel, GIF) == 409
    reel.token = "stranger's"
    assert bring(reel, GIF) == 404


def test_one_that_is_cancelled_leaves_nothing_and_another_can_begin_at_once(
    reel: Reel, monkeypatch: pytest.MonkeyPatch
) -> None:
    bring(reel, GIF)
    waiting = Waiting()
    first = begin(reel, monkeypatch, waiting)
    assert waiting.is_at_work.wait(PATIENCE)
    reel.start(order(reel))  # a second press
    assert reel.rendition is first
    reel.cancel()
    assert not reel.is_busy
    second = begin(reel, monkeypatch, here)
    assert first.wait(1)
    assert first.is_cancelled
    assert second.wait(PATIENCE)
    assert second.made is not None
    assert {path.suffix for path in reel.folder.iterdir()} == {".source", ".gif"}
    assert not first.order.target.exists()


def test_a_result_that_grows_beyond_bounds_ends_in_a_sentence(reel: Reel, monkeypatch: pytest.MonkeyPatch) -> None:
    bring(reel, GIF)
    monkeypatch.setattr(renditions, "MOST_BYTES", 2**20)
    monkeypatch.setattr(renditions, "LOOK_SECONDS", 0.0)
    waiting = Waiting()
    waiting.writes = bytes(2**20 + 1)
    rendition = begin(reel, monkeypatch, waiting)
    assert rendition.wait(PATIENCE)
    assert str(rendition.trouble).startswith("The file would have more than 1 MB.")
    assert not rendition.order.target.exists()


def test_a_reel_that_nobody_has_any_more_leaves_nothing_and_its_work_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    reel, waiting = Reel(), Waiting()
    bring(reel, GIF)
    rendition, folder, token = begin(reel, monkeypatch, waiting), reel.folder, reel.token
    assert waiting.is_at_work.wait(PATIENCE)
    assert folder.is_dir()
    del reel
    gc.collect()
    assert reel_of(token) is None
    assert rendition.wait(PATIENCE)
    assert not folder.exists()


def test_a_server_that_ends_ends_what_is_being_made(reel: Reel, monkeypatch: pytest.MonkeyPatch) -> None:
    bring(reel, GIF)
    rendition = begin(reel, monkeypatch, Waiting())
    close_reels()
    assert rendition.wait(PATIENCE)
    assert rendition.is_cancelled


def test_what_cannot_be_made_is_told_in_a_sentence(reel: Reel, monkeypatch: pytest.MonkeyPatch) -> None:
    bring(reel, GIF[:9])
    rendition = begin(reel, monkeypatch, here)
    assert rendition.wait(PATIENCE)
    assert rendition.made is None
    assert str(rendition.trouble).endswith(".")

    def failing(*words: Any, **options: Any) -> Rendered:
        raise RuntimeError

    rendition = begin(reel, monkeypatch, failing)
    assert rendition.wait(PATIENCE)
    assert str(rendition.trouble).startswith("This video met something that nobody foresaw.")


def test_as_much_as_is_taken_is_chosen_at_first_and_a_videos_own_kind_is_proposed(tmp_path: Path) -> None:
    def lasting(seconds: float | None, name: str = "a.mov") -> Video:
        return Video(1, name, tmp_path / "1", 9, VideoFacts(4, 4, seconds, 30.0, has_sound=False))

    assert length(lasting(6.01)) == pytest.approx(6.1)
    assert length(lasting(6.0)) == pytest.approx(6.0)
    assert length(lasting(None)) >= (PAGE_LIMITS.seconds or 0)
    assert list(usual_part(lasting(3.2))) == pytest.approx([0.0, 3.2])
    start, end = usual_part(lasting(400.0))
    assert (start, end <= (PAGE_LIMITS.seconds or 0) < end + 1) == (0.0, True)
    kinds = [proposed(lasting(1.0, name)) for name in ("a.mov", "A.GIF", "b.webp", "c.webm", "d.png", "e", "f.mkv")]
    assert kinds == ["MP4", "GIF", "WebP", "WebM", "APNG", "MP4", "MP4"]


def test_a_folder_that_is_removed_meanwhile_holds_no_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def vanishing(self: Path, pattern: str) -> Iterator[Path]:
        del pattern
        yield self / "gone"
        raise FileNotFoundError(self)

    monkeypatch.setattr(Path, "glob", vanishing)
    assert renditions.written(tmp_path / "1.mp4") == 0


@pytest.mark.slow
def test_the_page_shows_the_frame_that_is_asked_for_and_makes_the_part_that_is_chosen() -> None:
    app = AppTest.from_file(str(ROOT / "pages/video.py"), default_timeout=PATIENCE).run()
    assert app.button(key="video_start").disabled
    reel: Reel = app.session_state["reel"]
    bring(reel, GIF, name="cat.gif")
    app.run()
    video = reel.video
    assert video is not None
    assert video.facts == probe(video.source)
    assert video.frame is not None
    first = video.frame[1].preview.image
    app.slider(key="moment_1").set_value(0.5).run()
    assert not np.array_equal(video.frame[1].preview.image, first)
    app.slider(key="part_1").set_value((0.2, 0.8)).run()
    app.button(key="video_start").click().run()
    rendition = reel.rendition
    assert rendition is not None
    assert rendition.wait(PATIENCE)
    jobs.close()
    assert rendition.made is not None, str(rendition.trouble)
    assert (rendition.made.frames, rendition.order.name) == (3, "cat.gif")
    app.run()
    assert any(caption.value.startswith("3 frames of 32 × 24") for caption in app.caption)
    assert not unforeseen(app)
    bring(reel, b"no video", name="odd.mp4")
    app.run()
    assert [error.value.split(":")[0] for error in app.error] == ["odd.mp4"]
    assert reel.video is None
