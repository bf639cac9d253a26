"""Programs drawn by the page's own drawer, in a Chromium whose graphics card is software."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import numpy as np

from effects.image import Image
from effects.shaders import Program
from pages.components.page_script import page_script
from tests.chromium import address, opened_page

DRAWING = Path(__file__).parent.parent / "pages/components/drawing"

SOFTWARE = ["--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader", "--ignore-gpu-blocklist"]

BESIDE = """
let canvas, drawer;
window.begin = () => {
  canvas = document.createElement("canvas");
  drawer = createDrawer(canvas);
};
begin();
const bytesOf = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
window.show = async (address) => {
  const blob = await (await fetch(address)).blob();
  const picture = await createImageBitmap(blob, { colorSpaceConversion: "none", premultiplyAlpha: "none" });
  drawer.take(picture, picture.width, picture.height);
};
window.use = async (wire) => {
  for (const table of Object.values(wire.tables)) table.bytes = bytesOf(table.bytes);
  drawer.load(await readProgram({ ...wire, program: bytesOf(wire.program) }));
};
window.drawn = (values, t, isHalf) => {
  const begun = performance.now();
  drawer.draw(values, t, isHalf);
  const { width, height } = canvas;
  const pixels = new Uint8Array(4 * width * height);
  drawer.gl.readPixels(0, 0, width, height, drawer.gl.RGBA, drawer.gl.UNSIGNED_BYTE, pixels);
  const took = performance.now() - begun;
  let text = "";
  for (let at = 0; at < pixels.length; at += 32768) text += String.fromCharCode(...pixels.subarray(at, at + 32768));
  return [btoa(text), took];
};
"""


RUN = """text => {
  document.head.append(Object.assign(document.createElement("script"), { textContent: text }));
}"""


class Evaluates(Protocol):
    """A page of any browser: it answers what a JavaScript function, given one argument, does."""

    def evaluate(self, function: str, argument: Any = None) -> Any:
        """What the function answers."""


@dataclass
class ShaderPage:
    """A page with a drawer, and what its last drawing took, compiling included."""

    page: Evaluates
    milliseconds: float = 0.0

    def run(self, script: str) -> None:
        """Run a script, whose names are there from now on."""
        self.page.evaluate(RUN, script)

    def begin(self, image: Image) -> None:
        """Another drawer that has drawn nothing yet, with its picture."""
        self.page.evaluate("() => begin()")
        self.show(image)

    def show(self, image: Image) -> None:
        """The picture that programs begin with."""
        self.page.evaluate("address => show(address)", address(image))

    def use(self, program: Program) -> None:
        """The program that is drawn from now on."""
        wire = program.wire()
        wire["program"] = base64.b64encode(wire["program"]).decode()
        for table in wire["tables"].values():
            table["bytes"] = base64.b64encode(table["bytes"]).decode()
        self.page.evaluate("wire => use(wire)", wire)

    def drawn(self, program: Program, values: dict[str, float] | None = None) -> Image:
        """What the program makes of the picture, by its own values or by others."""
        self.use(program)
        return self.frame(None, values)

    def frame(self, t: float | None, values: dict[str, float] | None = None, *, is_half: bool = False) -> Image:
        """What the program that is used makes of the picture as a frame at `t` seconds of a video, or as a still.

        `is_half` draws it at half its sides.
        """
        text, self.milliseconds = self.page.evaluate("all => drawn(...all)", [values or {}, t, is_half])
        size = self.page.evaluate("() => [canvas.height, canvas.width]")
        pixels = np.frombuffer(base64.b64decode(text), np.uint8).reshape(*size, 4)
        assert (pixels[..., 3] == 255).all(), "the picture was opaque, and so is what is drawn of it"
        return np.ascontiguousarray(pixels[::-1, :, :3])


def with_drawer(page: Evaluates) -> ShaderPage:
    """An empty page, now with a drawer on it."""
    drawing = ShaderPage(page)
    drawing.run(page_script(DRAWING / "drawer.js") + page_script(DRAWING / "program_wire.js") + BESIDE)
    return drawing


@contextmanager
def shader_page() -> Iterator[ShaderPage]:
    """A fresh page with a drawer on it."""
    with opened_page(SOFTWARE) as page:
        yield with_drawer(page)


def differences(one: Image, other: Image) -> Any:
    """How far apart two pictures are, in levels."""
    return np.abs(one.astype(int) - other.astype(int))
