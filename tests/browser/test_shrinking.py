"""A photo is made ready on the phone: small, upright, with its time and place, one at a time, never a broken one."""

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page

from fieldwork.photos.metadata import metadata_of
from tests.browser.modules import call, choose
from tests.browser.shrinking import Prepared, encoded_with, large, prepared, refused, seen, with_preview
from tests.support.pictures import (
    BLUE,
    CORNERS,
    GREEN,
    KINDS,
    RED,
    YELLOW,
    corners,
    drawn,
    encoded,
    grb_profile,
    is_like,
    photo,
    photos,
)

pytestmark = pytest.mark.browser

MB = 1024 * 1024


@pytest.fixture
def old_phone(chromium: Browser, site: str) -> Iterator[Page]:
    """One whose browser has no createImageBitmap."""
    context = chromium.new_context(base_url=site)
    context.add_init_script("delete window.createImageBitmap")
    page = context.new_page()
    page.goto("/login")
    yield page
    context.close()


# --- size


@pytest.mark.parametrize("name", ["HMD_Nokia_8.3_5G.jpg", "iphone_hdr_YES.jpg"])
def test_a_camera_photo_becomes_2048_px(page: Page, name: str) -> None:
    original = photo(name) if photo(name).is_file() else photo("iphone_hdr_YES.jpg")
    sent = prepared(page, original)
    with Image.open(original) as picture:
        longest = max(picture.size)
        expected = tuple(round(side * 2048 / longest) for side in picture.size)
    assert (sent.shrunk, sent.type, sent.size, sent.picture().format) == (True, "image/jpeg", expected, "JPEG")
    assert sent.picture().size == expected
    assert len(sent.content) < original.stat().st_size / 2


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_large_picture_of_any_kind_becomes_a_jpeg(page: Page, kind: str) -> None:
    sent = prepared(page, large(kind=kind))
    assert (sent.picture().format, sent.picture().size) == ("JPEG", (2048, 1536))
    assert all(is_like(*pair) for pair in zip(corners(sent.picture()), CORNERS, strict=True))


@pytest.mark.parametrize(("kind", "type_"), [("JPEG", "image/jpeg"), ("PNG", "image/png"), ("WEBP", "image/webp")])
def test_a_picture_of_2048_px_is_sent_as_it_is(page: Page, kind: str, type_: str) -> None:
    original = encoded(drawn(1200, 2048), kind, exif=seen())
    sent = prepared(page, original)
    assert (sent.content, sent.type, sent.size, sent.shrunk) == (original, type_, (1200, 2048), False)


@pytest.mark.parametrize(("kind", "type_"), [("HEIF", "image/heic"), ("AVIF", "image/avif")])
def test_kinds_whose_data_would_be_lost_are_sent_as_they_are_however_large(page: Page, kind: str, type_: str) -> None:
    original = large(kind=kind, exif=seen())
    sent = prepared(page, original)
    assert (sent.content, sent.type, sent.shrunk) == (original, type_, False)
    assert metadata_of(io.BytesIO(sent.content)).lat == metadata_of(io.BytesIO(original)).lat is not None


def test_the_heic_of_an_iphone_is_sent_as_it_is(page: Page) -> None:
    sent = prepared(page, photo("IMG_5195.HEIC"))
    assert (sent.content, sent.type) == (photo("IMG_5195.HEIC").read_bytes(), "image/heic")


@pytest.mark.parametrize("kind", ["GIF", "BMP"])
def test_a_kind_the_server_does_not_take_becomes_a_jpeg(page: Page, kind: str) -> None:
    sent = prepared(page, encoded(drawn(), kind))
    assert (sent.picture().format, sent.size) == ("JPEG", (640, 480))
    assert is_like(corners(sent.picture())[0], CORNERS[0])


def test_what_was_transparent_becomes_white(page: Page) -> None:
    sent = prepared(page, encoded(Image.new("RGBA", (2400, 1200), (0, 0, 0, 0)), "PNG"))
    assert is_like(corners(sent.picture())[0], (255, 255, 255))


# --- upright and in its colours


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_photo_is_upright_however_the_camera_was_held(page: Page, orientation: int) -> None:
    assert_upright(prepared(page, large(orientation=orientation)))


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_photo_is_upright_on_an_old_phone_too(old_phone: Page, orientation: int) -> None:
    assert_upright(prepared(old_phone, large(orientation=orientation)))


def assert_upright(sent: Prepared) -> None:
    assert (sent.shrunk, sent.picture().size) == (True, (2048, 1536))
    assert all(is_like(*pair) for pair in zip(corners(sent.picture()), CORNERS, strict=True))
    assert metadata_of(io.BytesIO(sent.content)).orientation == 1


def test_the_colour_profile_is_heeded_before_it_is_dropped(page: Page) -> None:
    sent = prepared(page, large(icc_profile=grb_profile()))
    red, green = corners(sent.picture())[:2]
    assert red[1] > red[0]  # what was red by the numbers is green by the profile
    assert green[0] > green[1]
    assert sent.picture().info.get("icc_profile") != grb_profile()


# --- what is refused


def test_a_photo_of_no_bytes_is_empty(page: Page) -> None:
    assert refused(page, b"") == "empty"


@pytest.mark.parametrize(
    "content",
    [
        b"just a text that is called photo.jpg",
        b"PK\x03\x04" + bytes(100),
        b"%PDF-1.7\n" + bytes(100),
        b"\0\0\0\x20ftypisom\0\0\2\0isomiso2avc1mp41" + bytes(100),
        b"\xff\xd8\xff\xe0" + bytes(5000),
        encoded(drawn(), "PNG")[:60],
        encoded(drawn(), "WEBP")[:60],
        b"GIF89a" + bytes(10),
    ],
    ids=["text", "zip", "pdf", "video", "jpeg of zeros", "half a png", "half a webp", "half a gif"],
)
def test_what_is_no_picture_is_refused_whatever_its_name(page: Page, content: bytes) -> None:
    assert refused(page, content) == "undecodable"


@pytest.mark.parametrize("size", [(640, 480), (2400, 1800)])
@pytest.mark.parametrize("kind", KINDS)
def test_a_photo_of_which_half_is_missing_is_refused(page: Page, kind: str, size: tuple[int, int]) -> None:
    whole = encoded(drawn(*size), kind, exif=seen())
    assert refused(page, whole[: len(whole) // 2]) == "undecodable"
    assert refused(page, whole[:-20]) == "undecodable"


def test_a_half_photo_is_not_taken_for_whole_by_the_end_of_its_preview(page: Page) -> None:
    preview = encoded(drawn(160, 120))
    whole = encoded_with(b"Exif\0\0" + with_preview("<", preview))
    assert preview in whole
    assert refused(page, whole[: len(whole) * 2 // 3]) == "undecodable"
    assert prepared(page, whole).shrunk


@pytest.mark.parametrize("path", photos(), ids=lambda path: path.name)
def test_every_photo_of_a_real_camera_is_taken(page: Page, path: Path) -> None:
    assert max(prepared(page, path).size) <= 2048


def test_a_photo_with_something_behind_it_is_taken(page: Page) -> None:
    assert prepared(page, encoded(drawn()) + b"SEFT of a maker" * 10).size == (640, 480)


def test_a_photo_too_large_even_now_is_refused(page: Page, tmp_path: Path) -> None:
    heavy = tmp_path / "heavy.heic"
    heavy.write_bytes(encoded(drawn(), "HEIF") + bytes(25 * MB))
    assert refused(page, heavy) == "too_large"


def test_a_photo_over_25_mb_that_becomes_small_is_taken(page: Page, tmp_path: Path) -> None:
    heavy = tmp_path / "heavy.jpg"
    heavy.write_bytes(large() + bytes(26 * MB))
    sent = prepared(page, heavy)
    assert sent.shrunk
    assert len(sent.content) < MB


def test_a_refused_photo_does_not_hold_up_the_next(page: Page) -> None:
    choose(page, [b"no picture", b"", encoded(drawn())])
    code = "return (await Promise.all(files.map((f) => m.prepared(f).then((p) => p.width, (r) => r.reason))))"
    assert call(page, "shrink", code) == ["undecodable", "empty", 640]


# --- one at a time


def test_nine_photos_of_12_megapixels_are_never_decoded_two_at_once(page: Page, tmp_path: Path) -> None:
    nine = []
    for number, colour in enumerate([RED, GREEN, BLUE, YELLOW, *CORNERS, RED]):
        picture = drawn(4000, 3000)
        picture.paste(colour, (1500, 1000, 2500, 2000))
        nine.append(tmp_path / f"{number}.jpg")
        nine[-1].write_bytes(encoded(picture, exif=seen()))
    choose(page, nine)
    counted = call(page, "shrink", COUNTED)
    assert counted["sizes"] == [[2048, 1536]] * 9
    assert (counted["decoded"], counted["most_at_once"], counted["left_open"]) == (9, 1, 0)


COUNTED = """
  const real = window.createImageBitmap;
  let [decoded, open, most] = [0, 0, 0];
  window.createImageBitmap = async (...given) => {
    open += 1;
    decoded += 1;
    most = Math.max(most, open);
    const bitmap = await real(...given);
    const close = bitmap.close.bind(bitmap);
    bitmap.close = () => { open -= 1; close(); };
    return bitmap;
  };
  try {
    const made = await Promise.all(files.map((file) => m.prepared(file)));
    return {sizes: made.map(({width, height}) => [width, height]), decoded, most_at_once: most, left_open: open};
  } finally {
    window.createImageBitmap = real;
  }
"""
