"""What the bytes of a file say before any decoder sees them: other files carried along, and JPEGs made to take hours.

Cameras append much to a JPEG (a second picture, a depth map, a film clip): that stays allowed. Refused is what another
program would open as its own: an archive, a PDF, a web page, a script.
"""

import mmap
import re
import zipfile
from pathlib import Path

# each begins with a plain byte: the search for it runs at a gigabyte a second, and ignoring case would cost thirty-fold
_CARRIED = tuple(
    re.compile(pattern)
    for pattern in (
        rb"<(?:\?[pP][hH][pP]|[sS][cC][rR][iI][pP][tT]|[hH][tT][mM][lL]|![dD][oO][cC][tT][yY][pP][eE]\s+[hH][tT][mM][lL])[\s>]",
        rb"%[pP][dD][fF]-[0-9]",
        rb"Rar!\x1a\x07",
        rb"7z\xbc\xaf\x27\x1c",
    )
)
_TAKEN = re.compile(
    rb"\xff\xd8\xff|\x89PNG\r\n\x1a\n|RIFF....WEBP|....ftyp(?:he(?:ic|ix|im|is|vc|vx)|mif1|msf1|avif|avis)", re.DOTALL
)
_ZIP_DIRECTORY = b"PK\x01\x02"
MARKER = re.compile(rb"\xff([\x01-\xcf\xd8-\xfe])")  # of a JPEG, but for those that only restart a scan
START_OF_SCAN = 0xDA
_START_OF_IMAGE, _END_OF_IMAGE = 0xD8, 0xD9
_BARE_MARKERS = frozenset({0x01, _START_OF_IMAGE})
_MARKERS_MAX = 5000  # cameras' files have up to 29

Content = bytes | mmap.mmap


def is_of_a_kind_taken(content: Content) -> bool:
    """Whether the file begins like a JPEG, PNG, WebP, HEIC or AVIF."""
    return _TAKEN.match(content) is not None


def carries_another_file(path: Path, content: Content) -> bool:
    """Whether the file is an archive, PDF, web page or script as well."""
    if any(pattern.search(content) for pattern in _CARRIED):
        return True
    return zipfile.is_zipfile(path) and content.rfind(_ZIP_DIRECTORY) >= 0


def scans_of_jpeg(content: Content) -> int | None:
    """How many passes the first picture of a JPEG is coded in; None where it has no end, or too many markers.

    A sequential one has 1 to 3, a progressive one about 10. A file of a few megabytes can have thousands, each of which
    makes the decoder go over all pixels.
    """
    scans, marker = 0, MARKER.search(content, 2)
    for _ in range(_MARKERS_MAX):
        if marker is None:
            break
        kind = content[marker.start() + 1]
        if kind == _END_OF_IMAGE:
            return scans
        scans += kind == START_OF_SCAN
        length = 0 if kind in _BARE_MARKERS else int.from_bytes(content[marker.end() : marker.end() + 2], "big")
        marker = MARKER.search(content, marker.end() + length)
    return None
