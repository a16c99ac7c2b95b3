"""The pictures people see: upright, in true colours, small, and silent about where they were taken."""

import io
from collections.abc import Iterator
from pathlib import Path
from time import process_time

import pytest
from PIL import Image, ImageChops, ImageOps, ImageStat

from fieldwork.photos.derivatives import SIZES, make_derivatives
from fieldwork.photos.pictures import Unreadable
from tests.support.memory import growth
from tests.support.pictures import (
    CORNERS,
    KINDS,
    corners,
    drawn,
    encoded,
    exif_of,
    grb_profile,
    is_like,
    photo,
    photos,
)


def made(content: bytes, size: int = 320) -> Image.Image:
    return Image.open(io.BytesIO(make_derivatives(io.BytesIO(content), (size,))[size]))


def is_upright(picture: Image.Image) -> bool:
    return all(is_like(*pair) for pair in zip(corners(picture), CORNERS, strict=True))


def difference(one: Image.Image, other: Image.Image) -> float:
    """How far two pictures differ on average, 0 to 255."""
    small = [picture.convert("RGB").resize((24, 24)) for picture in (one, other)]
    return sum(ImageStat.Stat(ImageChops.difference(*small)).mean) / 3


# --- sizes


def test_three_sizes_are_made_of_a_large_photo() -> None:
    found = make_derivatives(photo("iphone_hdr_YES.jpg"))
    assert {size: Image.open(io.BytesIO(content)).size for size, content in found.items()} == {
        320: (320, 240),
        1280: (1280, 960),
        2400: (2400, 1800),
    }


def test_a_small_photo_is_never_enlarged() -> None:
    found = make_derivatives(io.BytesIO(encoded(drawn(600, 450))))
    assert [Image.open(io.BytesIO(found[size])).size for size in SIZES] == [(320, 240), (600, 450), (600, 450)]


@pytest.mark.parametrize("size", [(1, 1), (4000, 1), (1, 4000), (321, 320)])
def test_odd_shapes_keep_their_shape(size: tuple[int, int]) -> None:
    picture = made(encoded(Image.new("RGB", size)))
    assert max(picture.size) == min(320, max(size))
    assert min(picture.size) >= 1


# --- upright


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_photo_is_upright_however_the_phone_was_held(kind: str, orientation: int) -> None:
    picture = made(encoded(drawn(400, 300), kind, orientation=orientation))
    assert picture.size == (320, 240)
    assert is_upright(picture)


@pytest.mark.parametrize("orientation", [3, 6, 8])
@pytest.mark.parametrize("shape", ["landscape", "portrait"])
def test_photos_of_one_scene_look_alike_however_the_camera_was_held(shape: str, orientation: int) -> None:
    straight, turned = (
        Image.open(io.BytesIO(make_derivatives(photo(f"{shape}_{o}.jpg"))[320])) for o in (1, orientation)
    )
    assert difference(straight, turned) < 4
    assert difference(straight, turned.transpose(Image.Transpose.ROTATE_180)) > 15


# --- kinds and colours


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_becomes_a_jpeg(kind: str) -> None:
    picture = made(encoded(drawn(), kind))
    assert (picture.format, picture.mode, picture.size) == ("JPEG", "RGB", (320, 240))
    assert is_upright(picture)


def test_a_heic_of_a_phone_is_shown() -> None:
    picture = Image.open(io.BytesIO(make_derivatives(photo("IMG_5195.HEIC"))[2400]))
    assert picture.size == (1859, 2400)
    assert picture.getextrema() != ((0, 0), (0, 0), (0, 0))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "HEIF"])
def test_colours_are_those_the_photos_own_profile_means(kind: str) -> None:
    red_as_green = Image.new("RGB", (64, 48), (20, 210, 20))
    assert is_like(corners(made(encoded(red_as_green, kind, icc_profile=grb_profile())))[0], (210, 20, 20))


def test_a_transparent_photo_keeps_its_profile_and_gets_a_white_ground() -> None:
    picture = Image.new("RGBA", (60, 40), (20, 210, 20, 255))
    picture.paste((0, 0, 0, 0), (30, 0, 60, 40))
    left, right, *_ = corners(made(encoded(picture, "PNG", icc_profile=grb_profile())))
    assert is_like(left, (210, 20, 20))
    assert is_like(right, (255, 255, 255))


@pytest.mark.parametrize("profile", [b"rubbish", b"\0" * 200, grb_profile()[:300]])
def test_a_broken_profile_does_not_matter(profile: bytes) -> None:
    assert is_upright(made(encoded(drawn(), icc_profile=profile)))


def in_modes() -> Iterator[tuple[str, bytes, tuple[int, ...]]]:
    red = (220, 30, 30)
    palette = Image.new("RGB", (64, 48), red).convert("P", palette=Image.Palette.ADAPTIVE)
    yield "palette", encoded(palette, "PNG"), red
    yield "palette with a hole", encoded(palette, "PNG", transparency=palette.getpixel((0, 0))), (255, 255, 255)
    yield "grey", encoded(Image.new("L", (64, 48), 90)), (90, 90, 90)
    yield "grey, half seen", encoded(Image.new("LA", (64, 48), (90, 128)), "PNG"), (172, 172, 172)
    yield "grey of 16 bits", encoded(Image.new("I;16", (64, 48), 90 * 257), "PNG"), (90, 90, 90)
    yield "black and white", encoded(Image.new("1", (64, 48), 1), "PNG"), (255, 255, 255)
    yield "print colours", encoded(Image.new("RGB", (64, 48), red).convert("CMYK")), red
    yield "unseen", encoded(Image.new("RGBA", (64, 48), (*red, 0)), "WEBP", lossless=True), (255, 255, 255)
    yield "a colour unseen", encoded(Image.new("RGB", (64, 48), red), "PNG", transparency=red), (255, 255, 255)


@pytest.mark.parametrize(("content", "colour"), [mode[1:] for mode in in_modes()], ids=[mode[0] for mode in in_modes()])
def test_pictures_of_every_mode_are_shown_as_they_are(content: bytes, colour: tuple[int, ...]) -> None:
    assert is_like(corners(made(content))[0], colour)


# --- silence


def segments(jpeg: bytes) -> set[int]:
    """The kinds of segments before the picture itself."""
    found, at = set(), 2
    while jpeg[at + 1] != 0xDA:
        found.add(jpeg[at + 1])
        at += 2 + int.from_bytes(jpeg[at + 2 : at + 4], "big")
    return found


JFIF, TABLES_AND_FRAME = 0xE0, {0xDB, 0xC0, 0xC4}


@pytest.mark.parametrize("path", photos(), ids=lambda path: path.name)
def test_nothing_a_camera_wrote_is_left_in_the_derivatives(path: Path) -> None:
    for content in make_derivatives(path).values():
        assert segments(content) == {JFIF, *TABLES_AND_FRAME}
        assert content.endswith(b"\xff\xd9")


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_comments_and_texts_are_left_out(kind: str) -> None:
    content = encoded(
        drawn(), kind, exif=exif_of(main={0x010E: "secret place"}), comment=b"secret place", xmp=b"secret place"
    )
    for written in make_derivatives(io.BytesIO(content)).values():
        assert segments(written) == {JFIF, *TABLES_AND_FRAME}
        assert b"secret" not in written


# --- broken


@pytest.mark.parametrize("kind", KINDS)
def test_a_photo_cut_short_is_refused_whole(kind: str) -> None:
    content = encoded(drawn(), kind)
    with pytest.raises(Unreadable):
        make_derivatives(io.BytesIO(content[: len(content) // 2]))


# --- cost


def bare_pillow(path: Path) -> None:
    picture = ImageOps.exif_transpose(Image.open(path)).convert("RGB")
    for size in SIZES:
        smaller = picture.copy()
        smaller.thumbnail((size, size))
        smaller.save(io.BytesIO(), "JPEG", quality=80)


def test_it_costs_no_more_than_bare_pillow(tmp_path: Path) -> None:
    path = tmp_path / "photo"
    with Image.open(photo("iphone_hdr_YES.jpg")) as large:
        path.write_bytes(encoded(large.resize((2048, 1536)), quality=85))
    seconds: dict[str, list[float]] = {"bare": [], "ours": []}
    for _ in range(7):
        for name, work in (("bare", bare_pillow), ("ours", make_derivatives)):
            start = process_time()
            work(path)
            seconds[name].append(process_time() - start)
    assert min(seconds["ours"]) <= 1.15 * min(seconds["bare"])


MAKING = ("fieldwork.photos.derivatives", "make_derivatives")
MOST_PIXELS = (8900, 6700)


def test_the_memory_for_the_largest_jpeg_is_bounded_and_given_back(tmp_path: Path) -> None:
    path = tmp_path / "photo"
    path.write_bytes(encoded(Image.new("RGB", MOST_PIXELS, (90, 120, 60))))
    found = growth(*MAKING, path)
    assert found.peak_mb < 130
    assert found.kept_mb < 60
