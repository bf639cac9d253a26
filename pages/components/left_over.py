"""What is shown of a photo whose stack could not be made."""

from __future__ import annotations

import numpy as np

from effects import Photo, Pipeline

GREY = 128


def left_over(pipeline: Pipeline, photo: Photo) -> Photo:
    """The photo as it was; where the stack hides something, nothing of it: whatever fails, nobody is shown."""
    return Photo(np.full_like(photo.image, GREY)) if pipeline.hides else photo
