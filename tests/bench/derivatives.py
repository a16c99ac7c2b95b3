"""Photo derivatives (320, 1280, 2400 of a 2048-px JPEG) against bare Pillow doing just that, turn by turn."""

import io
import tempfile
from collections.abc import Iterator
from pathlib import Path

from PIL import Image, ImageOps

from fieldwork.photos import decoding
from fieldwork.photos.derivatives import QUALITY, SIZES, make_derivatives
from fieldwork.photos.making import make
from tests.bench.table import Line
from tests.bench.turns import ROUNDS, in_turn
from tests.support.pictures import photo

LONGEST = 2048


def measured() -> Iterator[Line]:
    """The bar of the contract, what the worker adds to it, and what other formats would cost."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "photo"
        with Image.open(photo("iphone_hdr_YES.jpg")) as large:
            picture = ImageOps.exif_transpose(large).convert("RGB")
        picture.thumbnail((LONGEST, LONGEST))
        picture.save(path, "JPEG", quality=85)
        seconds = in_turn(
            bare=lambda: _bare(path),
            ours=lambda: make_derivatives(path),
            worker=lambda: decoding.run(make, path),
            progressive=lambda: _bare(path, progressive=True),
            webp=lambda: _bare(path, "WEBP"),
        )
        bare = seconds["bare"]
        yield Line(f"derivatives of 2048 px, bare Pillow: ms ({ROUNDS} rounds)", bare * 1000)
        yield Line("derivatives / bare Pillow", seconds["ours"] / bare, 1.15)
        yield Line("with placeholder, in the decoding process / bare Pillow", seconds["worker"] / bare)
        yield Line("progressive JPEG / bare Pillow, time", seconds["progressive"] / bare)
        yield Line("progressive JPEG / bare Pillow, bytes", _bare(path, progressive=True) / _bare(path))
        yield Line("WebP / bare Pillow, time", seconds["webp"] / bare)
        yield Line("WebP / bare Pillow, bytes", _bare(path, "WEBP") / _bare(path))


def _bare(path: Path, form: str = "JPEG", **options: bool) -> int:
    """Pillow doing just that, as its documentation shows it; the bytes written."""
    picture = ImageOps.exif_transpose(Image.open(path)).convert("RGB")
    written = 0
    for size in SIZES:
        smaller = picture.copy()
        smaller.thumbnail((size, size))
        body = io.BytesIO()
        smaller.save(body, form, quality=QUALITY, **options)
        written += len(body.getvalue())
    return written
