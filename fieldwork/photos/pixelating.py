"""Covering parts of a picture for good: a few large blocks of one colour each, from which nothing can be read back.

Eight blocks to the height of a number plate are still read by programs. So a box has three blocks along its shorter
side, eight along its longer one at most, none smaller than a sixtieth of the picture, and their colours are coarse.
"""

import io
from pathlib import Path

from PIL import Image, ImageOps

from fieldwork.photos.derivatives import make_derivatives
from fieldwork.photos.making import placeholder_of

ALONG_SHORTER, ALONG_LONGER = 3, 8
BLOCKS_A_PICTURE = 60
COLOUR_BITS = 4

Boxes = list[list[float]]


def covered(path: Path, boxes: Boxes) -> tuple[dict[int, bytes], str]:
    """All derivatives of this picture (one of ours: upright, without metadata) with the boxes covered, and the
    placeholder of that. Every size is made of the covered picture, none of what lies beneath.

    Raises:
        Unreadable: the picture is broken.
    """
    with Image.open(path) as opened:
        picture = opened.convert("RGB")
    ground = picture.copy()
    for box in boxes:
        _cover(picture, ground, box)
    written = io.BytesIO()
    picture.save(written, "PNG", compress_level=1)
    made = make_derivatives(written)
    with Image.open(io.BytesIO(made[min(made)])) as small:
        return made, placeholder_of(small)


def placeholder(path: Path) -> str:
    """The placeholder of a picture of ours."""
    with Image.open(path) as picture:
        return placeholder_of(picture)


def _cover(picture: Image.Image, ground: Image.Image, box: list[float]) -> None:
    left, top, width, height = box
    right, bottom = (left + width) * picture.width, (top + height) * picture.height
    area = (
        int(left * picture.width), int(top * picture.height),
        min(picture.width, int(right) + 1), min(picture.height, int(bottom) + 1),
    )  # fmt: skip
    part = ground.crop(area)
    few = part.resize(_blocks(part.size, max(picture.size)), Image.Resampling.BOX)
    picture.paste(ImageOps.posterize(few, COLOUR_BITS).resize(part.size, Image.Resampling.NEAREST), area)


def _blocks(size: tuple[int, int], longest: int) -> tuple[int, int]:
    """How many blocks a part has across and down."""
    smallest = max(min(size) / ALONG_SHORTER, max(size) / ALONG_LONGER, longest / BLOCKS_A_PICTURE)
    return max(1, int(size[0] / smallest)), max(1, int(size[1] / smallest))
