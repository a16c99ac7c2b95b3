"""What claims to be a photo is looked at before it is kept: by its content, never by its name."""

import hashlib
import io
import random
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from fieldwork.errors import Refused
from fieldwork.photos import labels
from fieldwork.photos.derivatives import make_derivatives
from fieldwork.photos.inspection import PHOTO_MAX_BYTES, inspect
from fieldwork.photos.metadata import metadata_of
from fieldwork.photos.pictures import TooLarge, Unreadable
from tests.support.memory import growth
from tests.support.pictures import KINDS, drawn, encoded, exif_of, photos, png_claiming

MIMES = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp", "HEIF": "image/heic", "AVIF": "image/avif"}


def refusal_of(path: Path) -> Refused:
    with pytest.raises(Refused) as refused:
        inspect(path)
    said = labels.REFUSALS[refused.value.reason].format_map(refused.value.facts)
    assert said.endswith("。")
    return refused.value


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "upload"


# --- what is taken


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_is_known_by_its_content(file: Path, kind: str) -> None:
    content = encoded(drawn(320, 200), kind)
    file.write_bytes(content)
    found = inspect(file)
    assert (found.format, found.mime) == (kind, MIMES[kind])
    assert (found.width, found.height, found.size_bytes) == (320, 200, len(content))
    assert found.sha256 == hashlib.sha256(content).hexdigest()


def test_the_name_says_nothing(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_bytes(encoded(drawn(), "PNG"))
    (tmp_path / "photo.jpg").write_text("会议纪要")
    assert inspect(tmp_path / "notes.txt").format == "PNG"
    assert refusal_of(tmp_path / "photo.jpg").reason == "photo_wrong_kind"


@pytest.mark.parametrize("path", photos(), ids=lambda path: path.name)
def test_every_photo_of_a_camera_is_taken(path: Path) -> None:
    found = inspect(path)
    assert found.width > 0
    assert found.height > 0
    assert found.mime in {"image/jpeg", "image/heic"}


@pytest.mark.parametrize("orientation", range(1, 9))
def test_width_and_height_are_those_of_the_upright_picture(file: Path, orientation: int) -> None:
    for kind in ("JPEG", "PNG", "WEBP"):
        file.write_bytes(encoded(drawn(300, 200), kind, orientation=orientation))
        assert (inspect(file).width, inspect(file).height) == (300, 200)


def test_a_progressive_jpeg_is_taken(file: Path) -> None:
    file.write_bytes(encoded(drawn(), progressive=True))
    assert inspect(file).format == "JPEG"


@pytest.mark.parametrize(
    "trailer",
    [
        encoded(drawn(60, 40)),  # a second picture, as of HDR and depth cameras
        b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom" + random.Random(1).randbytes(50_000),  # the film clip of a motion photo
        b"\0\0\x01\x0a\x0e\0\0\0Image_UTC_Data1700000000000SEFH\x6b\0\0\0SEFT",
        b"\0" * 1000,
    ],
    ids=["second picture", "film clip", "maker's notes", "zeros"],
)
def test_what_cameras_append_is_no_reason_to_refuse(file: Path, trailer: bytes) -> None:
    file.write_bytes(encoded(drawn()) + trailer)
    assert inspect(file).format == "JPEG"
    assert make_derivatives(file)


def test_a_picture_of_several_is_taken_as_its_first(file: Path) -> None:
    written = io.BytesIO()
    drawn(90, 60).save(written, "MPO", save_all=True, append_images=[drawn(30, 20)])
    file.write_bytes(written.getvalue())
    assert (inspect(file).format, inspect(file).width) == ("JPEG", 90)


# --- what is refused


def test_an_empty_file_is_refused(file: Path) -> None:
    file.touch()
    assert refusal_of(file).reason == "photo_empty"


@pytest.mark.parametrize(
    "content",
    [
        "一份文件".encode(),
        b"%PDF-1.7\n",
        b"GIF89a" + bytes(20),
        b"BM" + bytes(60),
        b"II*\0" + bytes(60),
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"\0\0\0\x18ftypmp42" + bytes(60),
        b"PK\x03\x04" + bytes(60),
        b"\xff\xd8",
    ],
    ids=["text", "pdf", "gif", "bmp", "tiff", "svg", "film", "zip", "two bytes"],
)
def test_what_is_no_photo_is_refused(file: Path, content: bytes) -> None:
    file.write_bytes(content)
    refusal = refusal_of(file)
    assert (refusal.reason, refusal.status) == ("photo_wrong_kind", 422)


def test_a_file_of_too_many_bytes_is_refused_unread(file: Path) -> None:
    with file.open("wb") as content:
        content.truncate(PHOTO_MAX_BYTES + 1)
    refusal = refusal_of(file)
    assert (refusal.reason, refusal.status) == ("photo_too_heavy", 413)
    assert refusal.facts == {"size_mb": 26, "limit_mb": 25}


def test_a_file_of_just_so_many_bytes_is_taken(file: Path) -> None:
    content = encoded(drawn())
    file.write_bytes(content + bytes(PHOTO_MAX_BYTES - len(content)))
    assert inspect(file).size_bytes == PHOTO_MAX_BYTES


def jpeg_claiming(width: int, height: int) -> bytes:
    content = bytearray(encoded(drawn()))
    struct.pack_into(">HH", content, content.index(b"\xff\xc0") + 5, height, width)
    return bytes(content)


def webp_claiming(width: int, height: int) -> bytes:
    size = (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    body = b"WEBPVP8X" + struct.pack("<I", 10) + bytes(4) + size + encoded(drawn(), "WEBP")[12:]
    return b"RIFF" + struct.pack("<I", len(body)) + body


def heic_claiming(width: int, height: int) -> bytes:
    content = bytearray(encoded(drawn(), "HEIF"))
    struct.pack_into(">II", content, content.index(b"ispe") + 8, width, height)
    return bytes(content)


@pytest.mark.parametrize(
    "content",
    [
        png_claiming(7747, 7746),
        png_claiming(50_000, 50_000),
        png_claiming(2**31 - 1, 2**31 - 1),
        jpeg_claiming(65_000, 65_000),
        webp_claiming(16_383, 16_383),
        heic_claiming(30_000, 30_000),
    ],
    ids=["png 60 MP", "png 2500 MP", "png most", "jpeg", "webp", "heic"],
)
def test_a_bomb_is_refused_before_it_goes_off(file: Path, content: bytes) -> None:
    file.write_bytes(content)
    refusal = refusal_of(file)
    assert (refusal.reason, refusal.status, refusal.facts) == ("photo_too_large", 413, {"megapixels": 60})
    for further in (metadata_of, make_derivatives):
        with pytest.raises(TooLarge):
            further(file)
    assert growth("fieldwork.photos.inspection", "inspect", file).peak_mb < 20


def test_a_picture_of_just_so_many_pixels_is_looked_at(file: Path) -> None:
    file.write_bytes(png_claiming(7746, 7745))
    assert inspect(file).width == 7746


@pytest.mark.parametrize("kept", [0.2, 0.5, 0.99])
def test_a_jpeg_cut_short_is_refused(file: Path, kept: float) -> None:
    content = encoded(drawn())
    file.write_bytes(content[: int(len(content) * kept)])
    assert refusal_of(file).reason == "photo_broken"


def test_an_end_inside_a_comment_is_no_end(file: Path) -> None:
    content = commented(b"\xff\xd9" * 20)
    file.write_bytes(content)
    assert inspect(file).format == "JPEG"
    file.write_bytes(content[: len(content) // 2])
    assert refusal_of(file).reason == "photo_broken"


def test_scans_inside_a_comment_are_no_scans(file: Path) -> None:
    file.write_bytes(commented(b"\xff\xda\0\2" * 200))
    assert inspect(file).format == "JPEG"


def test_a_jpeg_made_to_take_hours_is_refused(file: Path) -> None:
    content = encoded(drawn(), progressive=True)
    scan = content.rindex(b"\xff\xda")
    file.write_bytes(content[:scan] + content[scan:-2] * 200 + content[-2:])
    assert refusal_of(file).reason == "photo_broken"


def zipped() -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        archive.writestr("page.html", "hello")
    return written.getvalue()


def commented(comment: bytes) -> bytes:
    content = encoded(drawn())
    return content[:2] + b"\xff\xfe" + struct.pack(">H", len(comment) + 2) + comment + content[2:]


CARRIED = {
    "zip behind a jpeg": encoded(drawn()) + zipped(),
    "zip behind a png": encoded(drawn(), "PNG") + zipped(),
    "zip behind a webp": encoded(drawn(), "WEBP") + zipped(),
    "zip behind a heic": encoded(drawn(), "HEIF") + zipped(),
    "zip with a comment": encoded(drawn()) + zipped()[:-2] + b"\x04\0note",
    "rar": encoded(drawn()) + b"Rar!\x1a\x07\x01\0",
    "7z": encoded(drawn()) + b"7z\xbc\xaf\x27\x1c\0\x04",
    "pdf behind": encoded(drawn()) + b"\n%PDF-1.4\n1 0 obj",
    "pdf in a comment": commented(b"%PDF-1.4\n"),
    "page behind": encoded(drawn()) + b"<!DOCTYPE html><p>hello",
    "page in a comment": commented(b"<html><body>hello</body></html>"),
    "script in a comment": commented(b"--><ScRiPt src=x></script>"),
    "php in a comment": commented(b"<?php system($_GET['c']); ?>"),
    "php in exif": encoded(drawn(), exif=exif_of(main={0x010E: "<?PHP phpinfo();"})),
}


@pytest.mark.parametrize("content", CARRIED.values(), ids=CARRIED.keys())
def test_a_photo_that_is_another_file_as_well_is_refused(file: Path, content: bytes) -> None:
    file.write_bytes(content)
    refusal = refusal_of(file)
    assert isinstance(refusal, Unreadable)
    assert refusal.reason == "photo_carries_more"


@pytest.mark.parametrize(
    "caption", [b"1 < 2, 3 > 2", b"<a href>", b"see page.html", b"PDF and PHP", b"PK\x05\x06" + bytes(18)]
)
def test_harmless_words_in_a_photo_are_no_reason_to_refuse(file: Path, caption: bytes) -> None:
    file.write_bytes(commented(caption))
    assert inspect(file).format == "JPEG"


# --- whatever comes


@pytest.mark.filterwarnings("ignore::UserWarning")  # Pillow tells of each tag it skips
@pytest.mark.parametrize("kind", KINDS)
def test_a_damaged_photo_is_shown_or_refused_and_never_breaks_the_server(file: Path, kind: str) -> None:
    whole = encoded(drawn(64, 48), kind, exif=exif_of(main={0x010F: "NIKON"}))
    dice = random.Random(kind)
    for _ in range(40):
        content = bytearray(whole)
        for _ in range(dice.choice((1, 2, 8, 32))):
            content[dice.randrange(len(content))] = dice.randrange(256)
        file.write_bytes(content[: dice.choice((len(content), dice.randrange(1, len(content))))])
        for look in (inspect, metadata_of, make_derivatives):
            assert outcome(look, file) in {"shown", *labels.REFUSALS}


def outcome(look: Callable[[Path], object], file: Path) -> str:
    try:
        look(file)
    except Refused as refusal:
        return refusal.reason
    return "shown"


def test_random_bytes_are_refused(file: Path) -> None:
    dice = random.Random(2)
    for start in (b"", b"\xff\xd8\xff\xe0", b"\x89PNG\r\n\x1a\n", b"RIFF\0\0\0\0WEBPVP8 ", b"\0\0\0\x18ftypheic"):
        file.write_bytes(start + dice.randbytes(4000))
        assert refusal_of(file).reason in {"photo_wrong_kind", "photo_broken", "photo_too_large"}


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "HEIF"])
@pytest.mark.parametrize(
    "work", [("fieldwork.photos.inspection", "inspect"), ("fieldwork.photos.metadata", "metadata_of")]
)
def test_no_pixel_is_decoded_to_look_at_a_photo(file: Path, kind: str, work: tuple[str, str]) -> None:
    file.write_bytes(encoded(Image.new("RGB", (2600, 2200), (90, 120, 60)), kind))
    assert growth(*work, file).peak_mb < 15


def test_the_look_at_a_photo_takes_little_memory(file: Path) -> None:
    content = encoded(drawn())
    file.write_bytes(content + bytes(PHOTO_MAX_BYTES - len(content)))
    assert growth("fieldwork.photos.inspection", "inspect", file).peak_mb < 40
