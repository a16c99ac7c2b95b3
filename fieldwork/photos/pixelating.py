"""Covering parts of a picture for good: a few large blocks of one colour each, from which nothing can be read back.

Eight blocks to the height of a number plate are still read by programs. So a box has three blocks along its shorter
side, eight along its longer one at most, none smaller than a sixtieth of the picture, and their colours are coarse.

Where boxes overlap, the coarser one wins, whatever their order: the coarsest is covered first, so that a finer one
finds nothing finer than its blocks there, and again last, so that nothing finer is drawn over it.
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
Area = tuple[int, int, int, int]


def covered(path: Path, boxes: Boxes) -> tuple[dict[int, bytes], str]:
    """All derivatives of this picture (one of ours: upright, without metadata) with the boxes covered, and the
    placeholder of that. Every size is made of the covered picture, none of what lies beneath.

    Raises:
        Unreadable: the picture is broken.
    """
    with Image.open(path) as opened:
        picture = opened.convert("RGB")
    _cover_all(picture, boxes)
    written = io.BytesIO()
    picture.save(written, "PNG", compress_level=1)
    made = make_derivatives(written)
    with Image.open(io.BytesIO(made[min(made)])) as small:
        return made, placeholder_of(small)


def placeholder(path: Path) -> str:
    """The placeholder of a picture of ours."""
    with Image.open(path) as picture:
        return placeholder_of(picture)


def _cover_all(picture: Image.Image, boxes: Boxes) -> None:
    """Cover every box of what stands there, covered or not: so nothing comes back by another box."""
    coarsest_first = sorted(boxes, key=lambda box: (-_block_px(_area(picture, box), picture), box))
    for box in [*coarsest_first, *reversed(coarsest_first)]:
        _cover(picture, _area(picture, box))


def _cover(picture: Image.Image, area: Area) -> None:
    part = picture.crop(area)
    block_px = _block_px(area, picture)
    across, down = (max(1, int(side / block_px)) for side in part.size)
    few = part.resize((across, down), Image.Resampling.BOX)
    picture.paste(ImageOps.posterize(few, COLOUR_BITS).resize(part.size, Image.Resampling.NEAREST), area)


def _area(picture: Image.Image, box: list[float]) -> Area:
    """The pixels of a box: left, top, right, bottom."""
    left, top, width, height = box
    right, bottom = (left + width) * picture.width, (top + height) * picture.height
    return (
        int(left * picture.width), int(top * picture.height),
        min(picture.width, int(right) + 1), min(picture.height, int(bottom) + 1),
    )  # fmt: skip


def _block_px(area: Area, picture: Image.Image) -> float:
    """The least side of a block."""
    left, top, right, bottom = area
    sides = right - left, bottom - top
    return max(min(sides) / ALONG_SHORTER, max(sides) / ALONG_LONGER, max(picture.size) / BLOCKS_A_PICTURE)
