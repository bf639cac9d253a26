"""What is asked of every photo of a batch: the stack or a look, and what the files are to be."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

import streamlit as st

from effects import Pipeline, RecipeError
from effects.batch.names import check_template
from effects.batch.work import Wishes
from effects.looks import LOOK_BOOK
from pages.components.save.download import (
    APP,
    choose_companions,
    choose_format,
    choose_long_side,
    format_for,
    quality_of,
    result_name,
)
from pages.components.save.file_name import name_part
from pages.components.stack.card import titles_of
from pages.components.words import _
from pages.components.workbench import Workbench

STACK = ""
"""The choice of the stack itself, among the names of looks."""

USUAL_TEMPLATE = "{stem}-{look}"
MAX_TEMPLATE = 40  # letters

UNFIT = re.compile(r'[<>:"|?*\\/\x00-\x1f](?![^{]*\})')
"""Signs that some system has in no name; in a gap such as {number:03} they mean something else."""


@dataclass(frozen=True)
class BatchWishes:
    """The wishes for every photo, and what the results are called; `trouble` says why that is no name."""

    wishes: Wishes
    template: str
    look: str
    trouble: str


def batch_wishes(bench: Workbench) -> BatchWishes:
    """Choose all of it."""
    pipeline, look = choose_stack(bench)
    form = choose_format(format_for(pipeline))
    quality = quality_of(form, is_given_back=False)
    long_side = choose_long_side()
    template = st.text_input(
        _("File names"),
        USUAL_TEMPLATE,
        max_chars=MAX_TEMPLATE,
        key="batch_names",
        persist_state="session",
        help=_(
            "`{gap_stem}` is the photo's own name, `{gap_look}` the look's, `{gap_number}` the photo's place; "
            "`{gap_padded}` is 007."
        ).format(gap_stem="{stem}", gap_look="{look}", gap_number="{number}", gap_padded="{number:03}"),
    )
    keep, embed = choose_companions()
    try:
        recipe, trouble = pipeline.to_json(), template_trouble(template)
    except RecipeError as error:  # more strokes of a brush than a recipe holds
        recipe, trouble = Pipeline().to_json(), str(error)
    wishes = Wishes(
        recipe,
        pipeline.tables,
        form.name,
        quality,
        long_side or None,
        "keep" if keep else "strip",
        embed_recipe=embed,
    )
    return BatchWishes(wishes, template, look, trouble)


def choose_stack(bench: Workbench) -> tuple[Pipeline, str]:
    """Choose what is done to the photos, and what that is called in a file's name."""
    stack = bench.pipeline
    own = {name: Pipeline((group,)) for name, group in bench.own.items()}
    looks: Mapping[str, Pipeline] = own | {name: look.pipeline for name, look in LOOK_BOOK.items()}
    titles = {name: group.title for name, group in bench.own.items()}
    titles |= {name: _(look.title) for name, look in LOOK_BOOK.items()}
    mine = (
        _("My stack: {steps}").format(steps=titles_of(stack)) if len(stack) else _("No effects, the photos as they are")
    )
    chosen = st.selectbox(
        _("What is done"),
        [STACK, *looks],
        format_func=lambda name: titles.get(name, mine),
        key="batch_look",
        persist_state="session",
        help=_("The stack is the one you have made on Snapshot; a look stands for itself."),
    )
    if chosen in looks:
        return looks[chosen], name_part(titles[chosen]) or APP
    return stack, result_name(bench) or APP


def template_trouble(template: str) -> str:
    """Why files cannot be called like that, in a sentence; nothing where they can."""
    try:
        check_template(template)
    except ValueError as error:
        return str(error)
    if unfit := UNFIT.search(template):
        return _("No file can have {sign} in its name everywhere.").format(sign=unfit[0])
    return ""
