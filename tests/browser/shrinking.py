"""Photos handed to the phone's shrink.js, what it makes of them, and pictures with what cameras write."""

import io
import struct
from dataclasses import dataclass
from pathlib import Path

from PIL import Image
from PIL.ExifTags import GPS, Base
from playwright.sync_api import Page

from tests.browser.modules import call, choose, unpacked
from tests.support.pictures import drawn, encoded, exif_of

PREPARE = """
  try {
    const {blob, width, height, shrunk} = await m.prepared(files[0]);
    return {bytes: await bytesOf(blob), type: blob.type, size: [width, height], shrunk};
  } catch (refused) {
    return {reason: refused.reason || String(refused)};
  }
"""
GPS_SEEN = {
    GPS.GPSLatitudeRef: "N",
    GPS.GPSLatitude: (25.0, 3.0, 4.84),
    GPS.GPSLongitudeRef: "E",
    GPS.GPSLongitude: (102.0, 42.0, 19.5),
    GPS.GPSAltitudeRef: b"\0",
    GPS.GPSAltitude: 1891.25,
}


@dataclass(frozen=True)
class Prepared:
    """What the phone would send."""

    content: bytes
    type: str
    size: tuple[int, int]
    shrunk: bool

    def picture(self) -> Image.Image:
        return Image.open(io.BytesIO(self.content))


def prepared(page: Page, file: bytes | Path) -> Prepared:
    choose(page, [file])
    answer = call(page, "shrink", PREPARE)
    assert "reason" not in answer, answer["reason"]
    return Prepared(unpacked(answer["bytes"]), answer["type"], tuple(answer["size"]), answer["shrunk"])


def refused(page: Page, file: bytes | Path) -> str | None:
    choose(page, [file])
    return call(page, "shrink", PREPARE).get("reason")


def large(**options: object) -> bytes:
    return encoded(drawn(2400, 1800), **options)  # type: ignore[arg-type]


def seen() -> Image.Exif:
    """What a camera writes that knows where and when it is."""
    return exif_of(
        main={Base.Make: "HUAWEI", Base.Model: "P60"},
        camera={Base.DateTimeOriginal: "2026:11:20 10:12:00", Base.OffsetTimeOriginal: "+08:00"},
        gps=GPS_SEEN,
    )


def encoded_with(written: bytes) -> bytes:
    """A large picture with this very EXIF."""
    content = io.BytesIO()
    drawn(2400, 1800).save(content, "JPEG", **({"exif": written} if written else {}))
    return content.getvalue()


def with_preview(order: str, preview: bytes) -> bytes:
    """EXIF with a make, orientation 3, and a second directory that holds a preview."""
    first, make, second = 8, 8 + 2 + 2 * 12 + 4, 8 + 2 + 2 * 12 + 4 + 8
    after = second + 2 + 2 * 12 + 4
    return b"".join(
        [
            (b"II" if order == "<" else b"MM") + struct.pack(f"{order}HI", 42, first),
            struct.pack(f"{order}H", 2),
            struct.pack(f"{order}HHII", 0x010F, 2, 8, make),
            struct.pack(f"{order}HHIHH", 0x0112, 3, 1, 3, 0),
            struct.pack(f"{order}I", second),
            b"NIKON P\0",
            struct.pack(f"{order}H", 2),
            struct.pack(f"{order}HHII", 0x0201, 4, 1, after),
            struct.pack(f"{order}HHII", 0x0202, 4, 1, len(preview)),
            struct.pack(f"{order}I", 0),
            preview,
        ]
    )
