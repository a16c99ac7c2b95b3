"""Opening pictures that strangers sent: the kinds we take, told by content, and one refusal for all that is broken."""

import errno
import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from PIL import ExifTags, Image, PngImagePlugin
from pillow_heif import register_heif_opener

from fieldwork.errors import Refused
from fieldwork.photos.memory import give_back_large_pieces

give_back_large_pieces()
PngImagePlugin.MAX_TEXT_MEMORY = 4 * PngImagePlugin.MAX_TEXT_CHUNK  # 4 MB; with its own 64, a PNG of 100 KB took 244 MB
register_heif_opener(thumbnails=False, depth_images=False, aux_images=False)

FORMATS = ("JPEG", "PNG", "WEBP", "HEIF", "AVIF")
PIXELS_MAX = 60_000_000
TURNED = frozenset({5, 6, 7, 8})  # EXIF orientations that swap width and height

# what Pillow and its decoders raise over files that are not as they should be
BROKEN = (
    OSError, EOFError, SyntaxError, ValueError, TypeError, ArithmeticError, LookupError, RuntimeError, struct.error,
    zlib.error,
)  # fmt: skip


def blame_disk(problem: Exception) -> None:
    """Raise again what the system, not a decoder, says: no fault of the picture, which may come again.

    Decoders' own OSErrors carry no number; EINVAL comes of a place before the file's beginning that a picture names.
    """
    if isinstance(problem, OSError) and problem.errno not in (None, errno.EINVAL):
        raise problem


class Unreadable(Refused):
    """The file is no picture we take, or a broken one."""

    status = 422


class TooLarge(Refused):
    """The picture has more bytes or more pixels than we take."""

    status = 413


@contextmanager
def opened(source: Path | BinaryIO) -> Iterator[Image.Image]:
    """The picture, its header read and its pixels not yet; closed at the end.

    Raises:
        TooLarge: it has more pixels than PIXELS_MAX.
        Unreadable: it is of no kind we take, or turns out to be broken in here or while it is decoded inside `with`.
        OSError: the disk fails, which says nothing about the picture.
    """
    try:
        with Image.open(source, formats=FORMATS) as picture:
            if picture.width * picture.height > PIXELS_MAX:
                raise _too_large()
            yield picture
    except Image.DecompressionBombError as problem:
        raise _too_large() from problem
    except BROKEN as problem:
        blame_disk(problem)
        raise Unreadable("photo_broken") from problem


def _too_large() -> TooLarge:
    return TooLarge("photo_too_large", megapixels=PIXELS_MAX // 1_000_000)


def orientation_of(picture: Image.Image) -> int:
    """How the camera was held, 1 to 8 as in EXIF; 1 where nothing sensible is said. Decodes no pixel."""
    try:
        # the plain class's, since PNG's own decodes the picture to look for EXIF behind the pixels
        said = Image.Image.getexif(picture).get(ExifTags.Base.Orientation)
    except BROKEN as problem:
        blame_disk(problem)
        return 1
    return said if isinstance(said, int) and 1 <= said <= 8 else 1
