"""A watermark on a print picture (2400 px) against bare Pillow reading and writing that picture, turn by turn."""

import io
from collections.abc import Iterator

from PIL import Image

from fieldwork.photos import watermark
from fieldwork.photos.derivatives import make_derivatives
from tests.bench.table import Line
from tests.bench.turns import in_turn
from tests.support.pictures import photo

LINES = ("2026-11-23 10:12（相机时间）", "北峰县 · 松涧镇 · 青石坳村", "清垣市直机关工委 · 林岚")


def measured() -> Iterator[Line]:
    """No bar: what drawing costs beside what cannot be saved."""
    jpeg = make_derivatives(photo("iphone_hdr_YES.jpg"), (2400,))[2400]
    seconds = in_turn(bare=lambda: _bare(jpeg), ours=lambda: watermark.drawn(jpeg, LINES))
    yield Line("watermark on 2400 px / bare Pillow reading and writing it", seconds["ours"] / seconds["bare"])
    yield Line("the same, ms", seconds["ours"] * 1000)


def _bare(jpeg: bytes) -> int:
    written = io.BytesIO()
    with Image.open(io.BytesIO(jpeg)) as picture:
        picture.load()  # at once: left to `save`, it takes half as long again
        picture.save(written, "JPEG", quality="keep")
    return written.tell()
