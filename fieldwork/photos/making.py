"""All that is made of an original in one go, in the decoding process: what is shown, and what stands in for it."""

import io
from base64 import b64encode
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from fieldwork.photos.derivatives import make_derivatives
from fieldwork.photos.likeness import likeness_of

PLACEHOLDER_PX = 16
PLACEHOLDER_QUALITY = 40


@dataclass(frozen=True, slots=True)
class Made:
    """The derivatives by size, and a WebP of 16 pixels in base64 (about 150 letters) to be seen until one has come.

    `likeness`: the perceptual hash, by which the same picture is known again.
    """

    pictures: dict[int, bytes]
    placeholder: str
    likeness: int


def make(path: Path) -> Made:
    """All of an original, which is decoded once; the small things are made of the smallest derivative.

    Raises:
        Unreadable, TooLarge: it cannot be shown, in words.
    """
    pictures = make_derivatives(path)
    with Image.open(io.BytesIO(pictures[min(pictures)])) as small:
        return Made(pictures, placeholder_of(small), likeness_of(small))


def placeholder_of(picture: Image.Image) -> str:
    """A WebP of 16 pixels, in base64."""
    tiny = picture.copy()
    tiny.thumbnail((PLACEHOLDER_PX, PLACEHOLDER_PX), Image.Resampling.BOX)
    written = io.BytesIO()
    tiny.save(written, "WEBP", quality=PLACEHOLDER_QUALITY, method=6)
    return b64encode(written.getvalue()).decode("ascii")
