"""Video: the stack on a whole video or an animation, which is looked at frame by frame, made, played and saved."""

from functools import partial

import streamlit as st

from effects import PictureError
from effects.video import jobs
from effects.video.limits import PAGE_LIMITS
from pages.components import session
from pages.components.address import address
from pages.components.own.own_store import own_store
from pages.components.picker.picker import picker
from pages.components.presses import presses
from pages.components.save.recipe_io import open_link
from pages.components.save.share import link_to_share, share
from pages.components.stack.stack import stack, undo_redo
from pages.components.stage.compare import compare, is_comparing
from pages.components.stage.instant import instant
from pages.components.stage.preview import preview
from pages.components.trouble import of_file, trouble
from pages.components.unforeseen import fragment
from pages.components.video.reel import MAX_BYTES, MEGABYTE, Reel, Video
from pages.components.video.scrubber import frame_of, scrubber
from pages.components.video.video_bar import follow, video_bar
from pages.components.video.video_input import video_input
from pages.components.video.video_wishes import video_wishes
from pages.components.words import _, later
from pages.components.workbench import VIDEO

WHAT_THIS_IS = later(
    "Your stack on a whole video of up to {seconds} s and {most} MB: bring one, look at any frame of it, and make it."
)

bench, reel = session.workbench(home=VIDEO), session.hold("reel", Reel)
open_link(bench)


def look_into(video: Video) -> None:
    """Learn what a video is; one that cannot be read is gone, and why is told."""
    try:
        video.facts = jobs.probe(video.source)
    except PictureError as error:
        reel.drop(of_file(video.name, error))


@fragment
def table(video: Video) -> None:
    """The frame one looks at, and the stack; a slider redraws only this."""
    picture, panel = st.columns([13, 7], gap="medium")
    with picture:
        with st.container(key="video_view"):
            presses(bench)
            try:
                preview(bench, frame_of(video), comparing=is_comparing(bench))
            except PictureError as error:
                trouble(str(error))
        scrubber(video)
    with panel:
        with st.container(key="toolbar", horizontal=True, vertical_alignment="center"):
            undo_redo(bench)
            compare(bench)
            share(bench)
        with st.container():
            link_to_share(bench)
        video_wishes(video)
        picker(bench, lambda: frame_of(video).preview, partial(stack, bench, moving=True))
        address(bench)
        own_store(bench)
        instant(bench)


if reel.video is not None and reel.video.facts is None:
    look_into(reel.video)
with st.container(key="video_bar", horizontal=True, vertical_alignment="center"):
    st.title(_("Video"), anchor=False, width="stretch")
    video_bar(bench, reel)
with st.container():
    trouble(bench.link_trouble)
    trouble(str(reel.trouble))
    if reel.video is None:
        st.write(_(WHAT_THIS_IS).format(seconds=f"{PAGE_LIMITS.seconds:.0f}", most=MAX_BYTES // MEGABYTE))
video_input(reel)
follow(reel)
if reel.video is not None:
    table(reel.video)
else:
    address(bench)
    own_store(bench)
