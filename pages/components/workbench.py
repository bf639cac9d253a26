"""What one person has on the table: a picture, a stack of cards on it, and the way back."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field

from effects import Group, Pipeline, RecipeError
from effects.image import Box
from pages.components.photo.open_photo import OpenPhoto, Picked, with_recent
from pages.components.stack.cards import Cards

SNAPSHOT, LIVE, VIDEO = "../snapshot.py", "../live.py", "../video.py"
"""The pages on which one works at a stack, as Streamlit is told of them."""

MAX_KNOWN = 1000
"""Links, and originals of files with a recipe, that a session remembers."""


@dataclass
class Workbench(Cards):
    """One session's work: the stack, and what it is applied to."""

    picked: Picked | None = None
    match_picked: Picked | None = None  # to be matched, not opened yet
    address_asked: str = ""  # of a photo in the web, not fetched yet
    photo: OpenPhoto | None = None
    recent: tuple[OpenPhoto, ...] = ()  # the person's own, the newest first
    page: str = ""  # where the person is
    visits: int = 0  # of any page
    home: str = SNAPSHOT  # where the person last worked at the stack
    answers: int = 0  # to pictures that were chosen: each was opened or refused
    left_out: tuple[str, ...] = ()  # files dropped together with the one that was opened
    shots: int = 0  # taken by the camera
    looks_of: OpenPhoto | None = None  # the photo that the strip of looks shows
    own_shown: Mapping[str, Group] | None = None  # the looks of the person's own that are in it
    looks_part: str = ""  # what Streamlit knows that strip by
    link_wanted: bool = False  # the next run shows the link to the stack
    has_chosen: bool = False  # something in the catalogue, which one then leaves
    camera_on: bool = False
    sample_asked_for: bool = False  # by another part of the app than the source
    shared: str = ""  # what a link brought is called, as long as it is shown on the sample
    links: dict[str, None] = field(default_factory=dict)  # the recipes that the address has had, the last at the end
    originals: dict[str, Pipeline] = field(default_factory=dict)  # what opened files were made of, by its hash, and how
    # A sentence each about the last thing that could not be done:
    photo_trouble: str = ""
    preview_trouble: str = ""
    download_trouble: str = ""

    def enter(self, page: str) -> None:
        """Be on a page; a camera that was turned on before the person left it has to be asked for again."""
        if page != self.page:
            self.page, self.camera_on = page, False
            self.visits += 1

    def open(self, photo: OpenPhoto) -> None:
        """Put a photo on the table; what lay there stays one click away. Nothing is done to it that it has in it."""
        self.photo_trouble, self.left_out = "", ()
        self.photo = photo
        self.shared = "" if photo.is_own else self.shared
        self.recent = with_recent(photo, self.recent)
        with suppress(RecipeError):  # one that cannot be read is told of where it is offered
            self.set_aside(
                Pipeline.from_json(photo.preview.metadata.recipe or Pipeline().to_json(), self.pipeline.tables)
            )

    def _forget_troubles(self) -> None:
        """Who goes on with the photo that is open has read what came of another."""
        super()._forget_troubles()
        if self.photo is not None:
            self.photo_trouble, self.left_out = "", ()

    def put_away(self) -> None:
        """Take the photo off the table, and leave its stack for the next one."""
        self.photo = None

    def set_face_hidden(self, photo: OpenPhoto, face: Box, *, is_hidden: bool) -> None:
        """Have a face in the photo on the table hidden with all others, or seen; of another photo, nothing is done."""
        before = self.photo
        if before is None or before.data is not photo.data:
            return
        others = tuple(box for box in before.unhidden if box != face)
        self.photo = before.with_unhidden(others if is_hidden else (*others, face))
        self.recent = tuple(self.photo if other is before else other for other in self.recent)
        if self.looks_of is before and not Pipeline(tuple(self.own.values())).hides:
            self.looks_of = self.photo  # no look in the strip hides anybody

    def unhidden_now(self, photo: OpenPhoto) -> tuple[Box, ...]:
        """The faces of this photo that are to be seen as was said last; none once another photo is on the table."""
        return self.photo.unhidden if self.photo is not None and self.photo.data is photo.data else ()

    @property
    def has_looks_shown(self) -> bool:
        """Whether the strip of looks shows this photo, with all looks that there are."""
        return self.looks_of is self.photo and (self.photo is None or self.own_shown is self.own)

    def remember_link(self, link: str) -> bool:
        """Whether this link was not known yet: the address of a page may lag behind what was done on it."""
        if not link or link in self.links:
            return False
        self.links = dict([*self.links.items(), (link, None)][-MAX_KNOWN:])
        return True

    def remember_original(self, sha256: str, pipeline: Pipeline) -> None:
        """A file was made of the picture with this hash by this pipeline."""
        if sha256:
            self.originals = dict([*self.originals.items(), (sha256, pipeline)][-MAX_KNOWN:])
