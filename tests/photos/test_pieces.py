"""Files made of so many pieces that reading their header would hold up everybody are refused before it is read."""

import io
import struct
import time
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from fieldwork.errors import Refused
from fieldwork.photos import labels
from fieldwork.photos.inspection import inspect
from tests.support.memory import growth
from tests.support.pictures import drawn, encoded

MANY, SOME_MB = 6000, 1_100_000


def plain(kind: str) -> bytes:
    written = io.BytesIO()
    drawn(64, 48).save(written, kind)
    return written.getvalue()


JPEG, PNG, WEBP, AVIF = (plain(kind) for kind in ("JPEG", "PNG", "WEBP", "AVIF"))


def segment(kind: int, body: bytes = b"") -> bytes:
    return struct.pack(">BBH", 0xFF, kind, len(body) + 2) + body


def jpeg(before: bytes = b"", amid: bytes = b"") -> bytes:
    """With this after its first segment, and this within its scan."""
    at = 4 + int.from_bytes(JPEG[4:6], "big")
    return JPEG[:at] + before + JPEG[at:-2] + amid + JPEG[-2:]


def chunk(name: bytes, body: bytes = b"") -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def png(*chunks: bytes) -> bytes:
    return PNG[:33] + b"".join(chunks) + PNG[33:]


def riff(name: bytes, body: bytes = b"") -> bytes:
    return name + struct.pack("<I", len(body)) + body + bytes(len(body) % 2)


def webp(flags: int, *chunks: bytes) -> bytes:
    side = (63).to_bytes(3, "little") + (47).to_bytes(3, "little")
    body = b"WEBP" + riff(b"VP8X", struct.pack("<I", flags) + side) + b"".join(chunks)
    return riff(b"RIFF", body)


def frame(*chunks: bytes) -> bytes:
    side = (63).to_bytes(3, "little") + (47).to_bytes(3, "little")
    return riff(b"ANIM", bytes(6)) + riff(b"ANMF", bytes(6) + side + bytes(4) + b"".join(chunks))


def box(name: bytes, body: bytes = b"") -> bytes:
    return struct.pack(">I", len(body) + 8) + name + body


def boxes(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    while content:
        size = int.from_bytes(content[:4], "big")
        yield content[4:8], content[8:size]
        content = content[size:]


def avif(*in_meta: bytes, behind: bytes = b"") -> bytes:
    """With these boxes at the end of its own `meta`, and this behind all."""
    added = b"".join(in_meta)
    return b"".join(box(name, body + (added if name == b"meta" else b"")) for name, body in boxes(AVIF)) + behind


ITEM = box(b"infe", b"\2\0\0\0\0\1\0\0mime\0text\0\0")
IDS = b"".join(struct.pack(">H", number) for number in range(1, 65_000))
EXIF = b"II*\0\x08\0\0\0\1\0\x99\x99\7\0" + struct.pack("<II", SOME_MB - 100, 26) + bytes(SOME_MB)

INTRICATE = {
    "jpeg, segments": jpeg(segment(0xE2) * MANY),
    "jpeg, comments": jpeg(segment(0xFE) * MANY),
    "jpeg, fill bytes": jpeg(b"\xff" * MANY),
    "jpeg, stray bytes": jpeg(bytes(MANY)),
    "jpeg, escaped bytes": jpeg(b"\xff\0" * MANY),
    "jpeg, tables in few segments": jpeg(segment(0xDB, (b"\0" + bytes(range(1, 65))) * 1000)),
    "jpeg, a frame of thousands of components": jpeg(segment(0xC0, b"\x08\0\x30\0\x40\3" + b"\1\x11\0" * 20_000)),
    "jpeg, exif in many segments": jpeg(segment(0xE1, b"Exif\0\0" + bytes(65_000)) * 17),
    "jpeg, parts of one segment": jpeg(segment(0xED, b"Photoshop 3.0\0" + b"8BIM\4\4\0\0\0\0\0\0" * 5400)),
    "png, chunks": png(chunk(b"prVt") * MANY),
    "png, palettes": png(chunk(b"PLTE", bytes(3)) * MANY),
    "png, exif": png(chunk(b"eXIf", EXIF)),
    "webp, chunks": webp(0, WEBP[12:], riff(b"ABCD") * MANY),
    "webp, frames": webp(2, frame(WEBP[12:]) * MANY),
    "webp, chunks of a frame": webp(2, frame(WEBP[12:], riff(b"ABCD") * MANY)),
    "webp, exif": webp(8, WEBP[12:], riff(b"EXIF", EXIF)),
    "avif, boxes": avif(behind=box(b"free") * MANY),
    "avif, boxes within": avif(box(b"free") * MANY),
    "avif, items": avif(box(b"iinf", b"\0\0\0\0" + struct.pack(">H", MANY) + ITEM * MANY)),
    "avif, references": avif(box(b"iref", bytes(4) + box(b"dimg", struct.pack(">HH", 1, len(IDS) // 2) + IDS))),
    "avif, places": avif(box(b"iloc", b"\0\0\0\0\0\0" + struct.pack(">H", 9000) + bytes(6) * 9000)),
    "avif, index of a film": avif(behind=box(b"moov", bytes(SOME_MB))),
    "avif, exif": encoded(drawn(64, 48), "AVIF", exif=b"Exif\0\0" + EXIF),
    "heif, exif": encoded(drawn(64, 48), "HEIF", exif=b"Exif\0\0" + EXIF),
}  # fmt: skip


def refusal_of(path: Path) -> str:
    with pytest.raises(Refused) as refused:
        inspect(path)
    assert labels.REFUSALS[refused.value.reason].endswith("。")
    return refused.value.reason


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "upload"


@pytest.mark.parametrize("content", INTRICATE.values(), ids=INTRICATE.keys())
def test_a_photo_made_of_far_too_many_pieces_is_refused(file: Path, content: bytes) -> None:
    file.write_bytes(content)
    assert refusal_of(file) == "photo_too_intricate"


@pytest.mark.parametrize(
    "content",
    [jpeg(segment(0xE2) * 6_000_000), jpeg(b"\xff" * 24_000_000), avif(behind=box(b"free") * 3_000_000)],
    ids=["segments", "fill bytes", "boxes"],
)
def test_that_costs_neither_time_nor_memory(file: Path, content: bytes) -> None:
    file.write_bytes(content)
    begun = time.process_time()
    refusal_of(file)
    assert time.process_time() - begun < 1
    assert growth("fieldwork.photos.inspection", "inspect", file).peak_mb < 40


@pytest.mark.parametrize("marker", [b"\xff\x01", b"\xff\xfe\0\2"], ids=["bare", "comments"])
def test_millions_of_markers_within_the_picture_are_not_all_looked_at(file: Path, marker: bytes) -> None:
    file.write_bytes(jpeg(amid=marker * (20_000_000 // len(marker))))
    begun = time.process_time()
    assert refusal_of(file) == "photo_broken"
    assert time.process_time() - begun < 1


def test_text_packed_tightly_is_not_unpacked_for_ever(file: Path) -> None:
    packed = zlib.compress(("a" * 999_000 + "😀").encode(), 9)
    file.write_bytes(png(*(chunk(b"iTXt", b"key%d\0\1\0\0\0" % number + packed) for number in range(60))))
    assert refusal_of(file) == "photo_broken"
    assert growth("fieldwork.photos.inspection", "inspect", file).peak_mb < 60


@pytest.mark.parametrize(
    "content",
    [
        jpeg(segment(0xE2, b"MPF\0" + bytes(65_000)) * 380),
        jpeg(b"\xff" * 1000),
        jpeg(segment(0xE1, b"Exif\0\0" + bytes(65_000)) * 3),
        png(chunk(b"tEXt", b"key\0word") * 500),
        webp(2, frame(WEBP[12:]) * 500),
        avif(behind=box(b"free") * 500),
    ],
    ids=["25 MB of extras", "fill bytes", "long exif", "png", "webp", "avif"],
)
def test_what_the_richest_camera_writes_is_taken(file: Path, content: bytes) -> None:
    file.write_bytes(content)
    assert inspect(file).width == 64


def test_a_panorama_with_a_long_colour_profile_is_taken(file: Path) -> None:
    Image.new("RGB", (4000, 400)).save(file, "JPEG", icc_profile=bytes(600_000))
    assert inspect(file).width == 4000
