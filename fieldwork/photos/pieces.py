"""What a file is made of, counted before any library takes it apart: made of millions of pieces, one of 24 MB held the
process for 22 seconds and took a gigabyte; an AVIF of 100 KB that refers to itself 65 000 times, for 33.

Of 431 JPEGs of cameras, with panoramas, depth maps and split colour profiles among them, the most had 18 segments
before the picture and 29 in all, 642 bytes of tables, and 64 KB of EXIF; with the longest segments, 25 MB have 382.
HEIC of telephones had up to 84 boxes and 1.7 KB of tables, and libheif takes no more than a thousand items.
"""

from collections.abc import Iterator
from itertools import islice, repeat

from fieldwork.photos.contents import MARKER, START_OF_SCAN, Content

PIECES_MAX = 5000
EXIF, TABLES, FILM = "exif", "tables", "film"
BYTES_MAX = {EXIF: 1_000_000, TABLES: 32_768, FILM: 1_000_000}
"""In all: what the camera says; tables of which each entry costs time, in cameras' files a few KB; a film's index."""

_OTHER = ("", 0)
_APPLICATION, _COMMENT, _EXIF, _PHOTOSHOP = range(0xE0, 0xF0), 0xFE, 0xE1, 0xED
_WITHOUT_LENGTH = frozenset({0x01, 0xC8, *range(0xD0, 0xDA), *range(0xF0, 0xFE)})
_BEGINNING_OF_INNER = {b"meta": 4, b"iprp": 0, b"ipco": 0, b"iinf": 6}
_ROLES_OF_BOXES = {b"iloc": TABLES, b"iref": TABLES, b"ipma": TABLES, b"grpl": TABLES, b"moov": FILM}
_DEPTH_MAX = 4

Piece = tuple[str, int]
"""Which sum of BYTES_MAX it counts to, if any, and its bytes."""


def is_intricate(content: Content) -> bool:
    """Whether a library would be busy with the header of this file, of a kind we take, for long."""
    pieces = list(islice(_pieces(content), PIECES_MAX + 1))
    said = {of: sum(size for role, size in pieces if role == of) for of in BYTES_MAX}
    return len(pieces) > PIECES_MAX or any(said[of] > most for of, most in BYTES_MAX.items())


def _pieces(content: Content) -> Iterator[Piece]:
    match content[:4]:
        case b"\x89PNG":
            return _chunks_of_png(content)
        case b"RIFF":
            return _chunks_of_webp(content)
        case start if start.startswith(b"\xff\xd8"):
            return _segments_of_jpeg(content)
        case _:
            return _boxes(content, 0, len(content))


def _segments_of_jpeg(content: Content) -> Iterator[Piece]:
    """Those before the picture, and each byte that belongs to none: a reader looks at it by itself."""
    at = 2
    while (found := MARKER.search(content, at)) is not None:
        kind = content[found.start() + 1]
        yield from repeat(_OTHER, found.start() - at)
        if kind == START_OF_SCAN:
            return
        at = found.end()
        size = 0 if kind in _WITHOUT_LENGTH else max(2, _number(content, at, 2))
        yield from _segment(kind, content[at + 2 : at + size], size)
        at += size
    yield from repeat(_OTHER, len(content) - at)


def _segment(kind: int, body: bytes, size: int) -> Iterator[Piece]:
    if kind == _EXIF and body.startswith(b"Exif\0"):
        yield EXIF, size
    else:
        yield (_OTHER if kind in _APPLICATION or kind == _COMMENT else (TABLES, size))
    if kind == _PHOTOSHOP:
        yield from repeat(_OTHER, body.count(b"8BIM"))


def _chunks_of_png(content: Content) -> Iterator[Piece]:
    """Those before the picture."""
    at = 8
    while at + 8 <= len(content) and (name := content[at + 4 : at + 8]) != b"IDAT":
        size = _number(content, at, 4)
        yield EXIF if name == b"eXIf" else "", size
        at += 12 + size


def _chunks_of_webp(content: Content) -> Iterator[Piece]:
    """Those of the file and of each frame, whose own begin after 16 bytes."""
    at = 12
    while at + 8 <= len(content):
        name, size = content[at : at + 4], int.from_bytes(content[at + 4 : at + 8], "little")
        yield EXIF if name == b"EXIF" else "", size
        at += 8 + (16 if name == b"ANMF" else size + size % 2)


def _boxes(content: Content, at: int, end: int, depth: int = 0) -> Iterator[Piece]:
    """Those of HEIC and AVIF, and the boxes in them that describe items."""
    while at + 8 <= end:
        size, name, head = _number(content, at, 4), content[at + 4 : at + 8], 8
        if size == 1:
            size, head = _number(content, at + 8, 8), 16
        size = size or end - at
        if size < head:
            return
        yield _ROLES_OF_BOXES.get(name, ""), size
        if name in _BEGINNING_OF_INNER and depth < _DEPTH_MAX:
            wider = 2 if name == b"iinf" and content[at + head : at + head + 1] > b"\0" else 0
            inner = at + head + _BEGINNING_OF_INNER[name] + wider
            yield from _boxes(content, inner, min(at + size, end), depth + 1)
        at += size


def _number(content: Content, at: int, size: int) -> int:
    return int.from_bytes(content[at : at + size], "big")
