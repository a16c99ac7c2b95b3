"""Photos for tests: real ones of cameras where they are, drawn stand-ins of the same names and contents elsewhere."""

import io
import os
import struct
import tempfile
import zlib
from functools import cache
from pathlib import Path
from typing import Any

from PIL import Image, ImageCms, ImageDraw
from PIL.ExifTags import GPS, IFD, Base
from pillow_heif import register_heif_opener

register_heif_opener()

ROOT = Path(__file__).parents[2]
RED, GREEN, BLUE, YELLOW = (220, 30, 30), (30, 170, 50), (30, 60, 210), (240, 210, 40)
CORNERS = (RED, GREEN, BLUE, YELLOW)
"""Top left, top right, bottom left, bottom right."""
KINDS = ("JPEG", "PNG", "WEBP", "HEIF", "AVIF")
TURNS_BACK = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}


@cache
def folder() -> Path:
    """Where the photos are: FIELDWORK_PHOTOS, or shared/photos beside the project, or a folder of stand-ins."""
    real = Path(os.environ.get("FIELDWORK_PHOTOS") or ROOT.parent / "shared" / "photos")
    return real if (real / "DSCN0010.jpg").is_file() else _stand_ins()


def photo(name: str) -> Path:
    """A photo by its name."""
    return folder() / name


def photos() -> list[Path]:
    """All of them, those that other programs found damaged too."""
    return sorted(path for path in folder().rglob("*") if path.suffix.lower() in {".jpg", ".heic"})


def drawn(width: int = 640, height: int = 480) -> Image.Image:
    """A picture whose corners differ, with fine lines in the middle."""
    picture = Image.new("RGB", (width, height), (235, 230, 220))
    draw = ImageDraw.Draw(picture)
    w, h = width // 3, height // 3
    for colour, (left, top) in zip(
        CORNERS, ((0, 0), (width - w, 0), (0, height - h), (width - w, height - h)), strict=True
    ):
        draw.rectangle((left, top, left + w, top + h), fill=colour)
    for at in range(w, width - w, 7):
        draw.line((at, h, width - at, height - h), fill=(60, 60, 60), width=2)
    return picture


def corners(picture: Image.Image) -> list[tuple[int, ...]]:
    """The colours near the four corners, in the order of CORNERS."""
    picture = picture.convert("RGB")
    x, y = picture.width // 8, picture.height // 8
    places = ((x, y), (picture.width - x, y), (x, picture.height - y), (picture.width - x, picture.height - y))
    return [picture.getpixel(place) for place in places]  # type: ignore[misc]


def is_like(one: tuple[int, ...], other: tuple[int, ...]) -> bool:
    """Whether two colours differ no more than a JPEG may."""
    return all(abs(a - b) <= 24 for a, b in zip(one, other, strict=True))


def encoded(picture: Image.Image, kind: str = "JPEG", *, orientation: int = 1, **options: Any) -> bytes:
    """The bytes of a file. Turned the way a camera held so would write it, and saying so."""
    exif = options.pop("exif", Image.Exif())
    if orientation != 1:
        exif[Base.Orientation] = orientation
        picture = picture.transpose(TURNS_BACK[orientation])
    written = io.BytesIO()
    picture.save(written, kind, exif=exif, **options)
    return written.getvalue()


def exif_of(
    *, main: dict[int, Any] | None = None, camera: dict[int, Any] | None = None, gps: dict[int, Any] | None = None
) -> Image.Exif:
    """EXIF with these tags."""
    exif = Image.Exif()
    exif.update(main or {})
    exif.get_ifd(IFD.Exif).update(camera or {})
    exif.get_ifd(IFD.GPSInfo).update(gps or {})
    return exif


def grb_profile() -> bytes:
    """A colour profile in which red means green and green red: nobody who heeds it can be mistaken."""
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    profile[:] = profile.replace("sRGB".encode("utf-16-be"), "sGRB".encode("utf-16-be"))
    red, green = profile.index(b"rXYZ"), profile.index(b"gXYZ")
    profile[red + 4 : red + 12], profile[green + 4 : green + 12] = (
        profile[green + 4 : green + 12],
        profile[red + 4 : red + 12],
    )
    return bytes(profile)


def png_claiming(width: int, height: int) -> bytes:
    """A small PNG that says it is of this size."""
    content = bytearray(encoded(Image.new("RGB", (8, 8)), "PNG"))
    struct.pack_into(">II", content, 16, width, height)
    struct.pack_into(">I", content, 29, zlib.crc32(content[12:29]))
    return bytes(content)


# --- stand-ins


def _stand_ins() -> Path:
    where = Path(tempfile.mkdtemp(prefix="fieldwork-photos-"))
    (where / "bad").mkdir()
    nikon = exif_of(
        main={Base.Make: "NIKON", Base.Model: "COOLPIX P6000"},
        camera={Base.DateTimeOriginal: "2008:10:22 16:28:39"},
        gps=_gps("N", (43.0, 28.0, 2.814), "E", (11.0, 53.0, 6.456)),
    )
    (where / "DSCN0010.jpg").write_bytes(encoded(drawn(), exif=nikon))
    apple = exif_of(
        main={Base.Make: "Apple", Base.Model: "iPhone 11 Pro Max"},
        camera={Base.DateTimeOriginal: "2021:04:11 15:47:53", Base.OffsetTimeOriginal: "-05:00"},
        gps=_gps("N", (39.0, 3.0, 4.84), "W", (94.0, 17.0, 19.58))
        | {GPS.GPSAltitudeRef: b"\0", GPS.GPSAltitude: 260.56},
    )
    (where / "IMG_5195.HEIC").write_bytes(encoded(drawn(2566, 3313), "HEIF", exif=apple, quality=40))
    (where / "iphone_hdr_YES.jpg").write_bytes(encoded(drawn(3264, 2448)))
    for orientation in (1, 3, 6, 8):
        (where / f"landscape_{orientation}.jpg").write_bytes(encoded(drawn(600, 450), orientation=orientation))
        (where / f"portrait_{orientation}.jpg").write_bytes(encoded(drawn(450, 600), orientation=orientation))
    (where / "bad" / "corrupted.jpg").write_bytes(encoded(drawn()).replace(b"Exif\0\0", b"Exif\0\1"))
    return where


def _gps(north: str, lat: tuple[float, ...], east: str, lon: tuple[float, ...]) -> dict[int, Any]:
    return {GPS.GPSLatitudeRef: north, GPS.GPSLatitude: lat, GPS.GPSLongitudeRef: east, GPS.GPSLongitude: lon}
