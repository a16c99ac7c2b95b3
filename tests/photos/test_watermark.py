"""Lines drawn into a corner of a picture that is given out."""

import io

import pytest
from PIL import Image, ImageChops

from fieldwork.photos import watermark
from fieldwork.photos.derivatives import make_derivatives
from tests.support.pictures import photo

LINES = ("2026-11-23 10:12（相机时间）", "北峰县 · 松涧镇 · 青石坳村", "市直机关工委 · 陈堃祎")
NEARLY = 24  # of 255: what writing a JPEG once more may change


def jpeg(width: int, height: int, shade: int = 150) -> bytes:
    written = io.BytesIO()
    Image.new("RGB", (width, height), (shade, shade, shade)).save(written, "JPEG", quality=80)
    return written.getvalue()


def opened(content: bytes) -> Image.Image:
    picture = Image.open(io.BytesIO(content))
    picture.load()
    return picture


def drawn_box(before: bytes, after: bytes) -> tuple[int, int, int, int] | None:
    """The part of the picture that was drawn upon."""
    apart = ImageChops.difference(opened(before), opened(after)).convert("L")
    return apart.point(lambda value: 255 * (value > NEARLY)).getbbox()


@pytest.mark.parametrize("name", ["DSCN0010.jpg", "portrait_6.jpg", "landscape_3.jpg"])
@pytest.mark.parametrize("size", [1280, 2400])
def test_the_lines_stand_in_the_left_lower_corner_and_the_rest_stays(name: str, size: int) -> None:
    before = make_derivatives(photo(name))[size]
    after = watermark.drawn(before, LINES)
    assert opened(after).size == opened(before).size
    box = drawn_box(before, after)
    assert box is not None
    width, height = opened(before).size
    assert box[0] < 0.05 * width
    assert box[2] < (watermark.WIDEST + 0.12) * width
    assert box[1] > 0.5 * height
    assert box[3] > 0.93 * height


def test_without_lines_the_file_is_the_same() -> None:
    before = jpeg(640, 480)
    assert watermark.drawn(before, ()) is before
    assert watermark.drawn(before, ("", "  \n")) is before


def test_the_same_lines_give_the_same_file() -> None:
    before = jpeg(640, 480)
    assert watermark.drawn(before, LINES) == watermark.drawn(before, LINES) != before


def test_nothing_of_a_camera_is_written_along() -> None:
    after = opened(watermark.drawn(make_derivatives(photo("DSCN0010.jpg"))[1280], LINES))
    assert dict(after.getexif()) == {}
    assert set(after.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}


@pytest.mark.parametrize("shade", [0, 255])
def test_the_words_can_be_read_on_black_and_on_white(shade: int) -> None:
    """Nearly white on a ground dark enough: 4.5 to 1 at least, as WCAG asks (2.1, 1.4.3)."""
    ground = watermark.GROUND_OPACITY * watermark.GROUND[0] + (1 - watermark.GROUND_OPACITY) * shade
    light, dark = (((value / 255 + 0.055) / 1.055) ** 2.4 for value in (watermark.INK[0], ground))
    assert (light + 0.05) / (dark + 0.05) >= 4.5
    after = opened(watermark.drawn(jpeg(1280, 960, shade), LINES)).convert("L")
    corner = after.crop((60, 800, 400, 940))
    assert corner.getextrema()[1] > 225
    counts = corner.histogram()
    assert abs(counts.index(max(counts)) - ground) < NEARLY


@pytest.mark.parametrize("size", [(1280, 960), (300, 400), (160, 120), (40, 30), (1, 1), (2400, 60)])
def test_long_lines_are_broken_and_cut_and_never_cover_the_whole(size: tuple[int, int]) -> None:
    before = jpeg(*size)
    after = watermark.drawn(before, ["长" * 200, *LINES])
    assert opened(after).size == size
    box = drawn_box(before, after)
    assert (box is None) == (min(size) < watermark.ROOM_PX)
    if box is not None:
        assert (box[2] - box[0]) * (box[3] - box[1]) < 0.75 * size[0] * size[1]
        assert box[1] > 0
        assert box[3] < size[1]


@pytest.mark.parametrize("size", [(288, 2400), (2400, 100), (1080, 2400), (2400, 600), (320, 240)])
def test_on_long_and_flat_pictures_nothing_of_the_lines_is_cut_away(size: tuple[int, int]) -> None:
    letter = watermark._letter(*size)
    rows = watermark._rows(LINES, letter, size[0] * watermark.WIDEST)
    assert "".join(row for row, _ in rows).replace(" ", "") == "".join(LINES).replace(" ", "")
    assert watermark._upto(rows, watermark._room(size[1], letter)) == rows


def test_a_line_that_is_cut_says_so() -> None:
    [first, second] = watermark._broken("长" * 200, watermark._font(20), 400)
    assert first == "长" * 20
    assert second == "长" * 19 + "…"
    assert watermark._broken("长" * 40, watermark._font(20), 400) == ["长" * 20, "长" * 20]


@pytest.mark.parametrize("letter", "喆堃珺昇彧镕祎犇㎡〇·（）：—０𠮷")
def test_the_font_has_letters_of_names_that_others_lack(letter: str) -> None:
    font = watermark._font(32)
    nothing = font.getmask("\U0010fffd")
    drawn = font.getmask(letter)
    assert (drawn.size, bytes(drawn)) != (nothing.size, bytes(nothing))
    assert any(bytes(drawn))
