"""The pictures we show: smaller JPEGs of an original, upright, in sRGB, with nothing of its metadata.

Measured on camera photos of 2048 px: sequential JPEGs each made from the next larger one cost what bare Pillow costs;
progressive ones are 5 % smaller and take three quarters more time. At quality 80 a screen picture has 204 KB and
PSNR 35 to 43 dB; 85 costs 18 % more bytes for 1.2 dB. WebP would have 0.6 of the bytes and take six times as long
(`make bench`).
"""

import io
from collections.abc import Sequence
from pathlib import Path
from typing import BinaryIO

from PIL import Image, ImageCms

from fieldwork.photos.pictures import opened, orientation_of

SIZES = (320, 1280, 2400)
QUALITY = 80

_srgb = ImageCms.createProfile("sRGB")
_SEE_THROUGH = {"RGBA", "LA"}
_WHITE = (255, 255, 255)
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


def make_derivatives(source: Path | BinaryIO, sizes: Sequence[int] = SIZES) -> dict[int, bytes]:
    """A JPEG for each size, its longer side so many pixels, or fewer where the original has fewer: never enlarged.

    The original is decoded once, wholly: this is also what proves that it can be shown. It takes 4 bytes a pixel (60
    megapixels: 240 MB), JPEGs often less; that only one at a time is decoded is seen to by `decoding`.

    Raises:
        Unreadable: the picture is broken.
    """
    made: dict[int, bytes] = {}
    with opened(source) as original:
        picture = _largest(original, max(sizes))
        for size in sorted(sizes, reverse=True):
            is_larger = max(picture.size) > size
            picture = _shrunk(picture, size)
            made[size] = _jpeg(picture) if is_larger or not made else made[min(made)]
    return made


def _largest(original: Image.Image, longest: int) -> Image.Image:
    """The picture as it is to be seen, as large as the largest derivative."""
    orientation, profile = orientation_of(original), original.info.get("icc_profile")
    original.draft(None, (longest, longest))  # JPEG decodes to a half, quarter or eighth at less cost
    picture = _on_white(_in_srgb(_shrunk(_plain(original), longest), profile))
    return picture.transpose(_TURNS[orientation]) if orientation in _TURNS else picture


def _plain(picture: Image.Image) -> Image.Image:
    """Decoded, in a mode that can be scaled: 8 bits a channel, no palette."""
    picture.load()
    if picture.mode == "P":
        return picture.convert("RGBA" if "transparency" in picture.info else "RGB")
    if picture.mode == "PA":
        return picture.convert("RGBA")
    if picture.mode in {"RGB", "L"} and "transparency" in picture.info:
        return picture.convert("RGBA")
    if picture.mode.startswith("I"):  # 16 bits of grey, which convert would cut off instead of scaling
        return picture.convert("I").point(lambda value: value * (1 / 257)).convert("L")
    if picture.mode == "1":
        return picture.convert("L")
    return picture


def _shrunk(picture: Image.Image, longest: int) -> Image.Image:
    """The picture with its longer side so many pixels at most. May change the one given."""
    if max(picture.size) > longest:
        picture.thumbnail((longest, longest), Image.Resampling.BICUBIC, reducing_gap=2.0)
    return picture


def _in_srgb(picture: Image.Image, profile: bytes | None) -> Image.Image:
    """The colours the picture's own profile means (Display P3 of phones, CMYK of print) as every screen shows them."""
    if not profile:
        return picture
    alpha = picture.getchannel("A") if picture.mode in _SEE_THROUGH else None
    colours = picture.convert(picture.mode.rstrip("A")) if alpha else picture
    try:
        own = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        if "sRGB" in ImageCms.getProfileDescription(own):
            return picture
        converted = ImageCms.profileToProfile(colours, own, _srgb, outputMode="RGB")
    except (ImageCms.PyCMSError, OSError, ValueError):
        return picture  # a broken profile, or one of another kind of picture: the colours as they are
    if converted is not None and alpha:
        converted.putalpha(alpha)
    return converted or picture


def _on_white(picture: Image.Image) -> Image.Image:
    if picture.mode not in _SEE_THROUGH:
        return picture.convert("RGB")
    ground = Image.new("RGB", picture.size, _WHITE)
    ground.paste(picture.convert("RGB"), mask=picture.getchannel("A"))
    return ground


def _jpeg(picture: Image.Image) -> bytes:
    picture.info.clear()  # comments would be written along
    written = io.BytesIO()
    picture.save(written, "JPEG", quality=QUALITY)
    return written.getvalue()
