"""The stack's colours as a .cube file, for whoever goes on in another program."""

from __future__ import annotations

import streamlit as st

from effects import EFFECTS, Pipeline, workers
from effects.plan.colors import colors_of
from effects.plan.edges import softened_by_table
from effects.tables.baking import BAKED_SIZES, USUAL_SIZE
from pages.components import pieces
from pages.components.save.download import result_name
from pages.components.save.exports import turn
from pages.components.trouble import trouble
from pages.components.words import _
from pages.components.workbench import Workbench


def cube_file(bench: Workbench, *, is_read: bool) -> None:
    """Choose how fine the table is, read what it cannot hold, and get it.

    What it cannot hold is looked for only where somebody reads it (`is_read`).
    """
    pipeline = bench.pipeline
    size = st.segmented_control(
        _("Points a side"),
        BAKED_SIZES,
        default=USUAL_SIZE,
        required=True,
        key="cube_size",
        persist_state="session",
        help=_("More points follow steep tones more closely; {usual} is what most programs expect.").format(
            usual=USUAL_SIZE
        ),
    )

    saver = turn()

    def file() -> str:
        bench.cube_trouble, bench.download_trouble, now = "", "", bench.pipeline
        try:
            with saver.taken() as meanwhile:
                return workers.bake(now.to_json(), now.tables, size or USUAL_SIZE, meanwhile).text
        except ValueError as error:
            bench.cube_trouble = str(error)
            raise

    st.download_button(
        _("Save its colours as a table (.cube)"),
        file,
        f"{result_name(bench) or 'emulsion'}.cube",
        "text/plain",
        key="cube",
        on_click="ignore",
        disabled=not bench.stack,
    )
    trouble(bench.cube_trouble)
    if is_read:
        pieces.passes()  # with the stack that it is said of
        lacks(pipeline, size or USUAL_SIZE)


def lacks(pipeline: Pipeline, size: int) -> None:
    """Say what a table of so many points a side cannot hold, and beside whose edges it is how far off."""
    left_out = colors_of(pipeline.steps)[2]
    if left_out:
        titles = ", ".join(_(EFFECTS[name].title) for name in left_out)
        st.caption(_("No colour table can hold {titles}: the file will be without.").format(titles=titles))
    for soft in softened_by_table(pipeline.steps, size):
        sentence = _("{title} has edges too sharp for {count} points a side: up to {levels} levels off beside them.")
        title = _(EFFECTS[soft.effect].title)
        st.caption(sentence.format(title=title, count=size, levels=soft.levels))
