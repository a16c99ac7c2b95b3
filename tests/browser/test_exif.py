"""What the camera wrote survives the shrinking: the server reads the same time and place, and no preview."""

import io
import struct
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image
from PIL.ExifTags import Base
from playwright.sync_api import Page

from fieldwork.photos.metadata import metadata_of
from tests.browser.shrinking import encoded_with, large, prepared, seen, with_preview
from tests.support.pictures import drawn, encoded, photos

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("orientation", [1, 6])
def test_the_server_reads_the_time_and_place_of_the_original(page: Page, orientation: int) -> None:
    original = large(exif=seen(), orientation=orientation)
    sent = prepared(page, original)
    assert sent.shrunk
    read = metadata_of(io.BytesIO(sent.content))
    assert read == replace(metadata_of(io.BytesIO(original)), orientation=1)
    assert (read.make, read.offset_minutes, read.altitude) == ("HUAWEI", 480, 1891.2)
    assert read.lat == pytest.approx(25.051344)


@pytest.mark.parametrize("path", [p for p in photos() if p.suffix == ".jpg"], ids=lambda path: path.name)
def test_the_server_reads_what_a_real_camera_wrote(page: Page, path: Path) -> None:
    with Image.open(path) as picture:
        written = picture.info.get("exif", b"")
    original = encoded_with(written)
    sent = prepared(page, original)
    assert sent.shrunk
    assert metadata_of(io.BytesIO(sent.content)) == replace(metadata_of(io.BytesIO(original)), orientation=1)


@pytest.mark.parametrize("order", ["<", ">"])
def test_the_small_preview_stays_behind(page: Page, order: str) -> None:
    preview = encoded(drawn(160, 120), quality=95) + b"preview" * 500
    sent = prepared(page, encoded_with(b"Exif\0\0" + with_preview(order, preview)))
    assert b"preview" not in sent.content
    assert sent.picture().getexif()[Base.Make] == "NIKON P"


@pytest.mark.parametrize("order", ["<", ">"])
@pytest.mark.parametrize("size", [300, 30_000])
def test_no_program_finds_the_small_preview(page: Page, order: str, size: int) -> None:
    original = encoded_with(b"Exif\0\0" + with_preview(order, bytes(size)))
    assert preview_directory(original, order) > 0
    assert preview_directory(prepared(page, original).content, order) == 0


def preview_directory(content: bytes, order: str) -> int:
    """Where the EXIF of with_preview says that its second directory is; 0 for nowhere."""
    written = Image.open(io.BytesIO(content)).info["exif"]
    return int(struct.unpack_from(f"{order}I", written, 6 + 8 + 2 + 2 * 12)[0])


@pytest.mark.filterwarnings("ignore::UserWarning")  # Pillow's, about what we make it write
@pytest.mark.parametrize(
    "entry",
    [
        struct.pack("<HHII", 0x8769, 4, 1, 8),  # a directory inside itself
        struct.pack("<HHII", 0x8825, 4, 1, 4_000_000_000),  # one far outside
        struct.pack("<HHII", 0x010F, 2, 4_000_000_000, 8),  # a text longer than the file
        b"\xff" * 12,
    ],
    ids=["inside itself", "far outside", "too long", "nonsense"],
)
def test_nonsense_in_the_data_stops_no_photo(page: Page, entry: bytes) -> None:
    directory = struct.pack("<H", 1) + entry + struct.pack("<I", 8 + 18)
    written = b"Exif\0\0II" + struct.pack("<HI", 42, 8) + directory + bytes(4000)
    assert prepared(page, encoded_with(written)).picture().size == (2048, 1536)
    assert prepared(page, encoded_with(written[:30])).picture().size == (2048, 1536)
