"""The same picture is known again after what phones and chats do to it; different and blank ones are told apart."""

import io
import random
from collections.abc import Callable
from itertools import combinations

import pytest
from PIL import Image, ImageEnhance, ImageOps

from fieldwork.photos.derivatives import make_derivatives
from fieldwork.photos.likeness import ALIKE_BITS, FLAT, bits_apart, likeness_of
from tests.support.pictures import encoded, photo

SCENES = (
    "DSCN0010.jpg DSCN0012.jpg DSCN0021.jpg DSCN0025.jpg DSCN0027.jpg DSCN0029.jpg DSCN0038.jpg DSCN0040.jpg "
    "DSCN0042.jpg IMG_5195.HEIC iphone_hdr_YES.jpg HMD_Nokia_8.3_5G.jpg landscape_1.jpg portrait_1.jpg"
).split()
HAS_SCENES = all(photo(name).is_file() for name in SCENES)  # the stand-ins are lines, and all drawn alike
HERE = SCENES if HAS_SCENES else ["clouds"]


def seen(name: str) -> Image.Image:
    """A photo as it is shown; clouds where there is none."""
    if name == "clouds":
        return clouds()
    return Image.open(io.BytesIO(make_derivatives(photo(name), (1280,))[1280]))


def clouds() -> Image.Image:
    dice = random.Random(5)
    small = Image.new("L", (16, 12))
    small.putdata([dice.randrange(256) for _ in range(16 * 12)])
    return small.resize((1280, 960), Image.Resampling.BICUBIC).convert("RGB")


def again(picture: Image.Image, quality: int, longest: int = 1280) -> Image.Image:
    smaller = picture.copy()
    smaller.thumbnail((longest, longest))
    return Image.open(io.BytesIO(encoded(smaller, quality=quality)))


def cut(picture: Image.Image, part: float) -> Image.Image:
    x, y = round(picture.width * part), round(picture.height * part)
    return picture.crop((x, y, picture.width - x, picture.height - y))


CHANGES: dict[str, Callable[[Image.Image], Image.Image]] = {
    "sent by a chat": lambda one: again(one, 40, 1080),
    "badly compressed": lambda one: again(one, 20),
    "a thumbnail": lambda one: again(one, 60, 320),
    "brighter": lambda one: ImageEnhance.Brightness(one).enhance(1.2),
    "darker": lambda one: ImageEnhance.Brightness(one).enhance(0.8),
    "more contrast": lambda one: ImageEnhance.Contrast(one).enhance(1.3),
    "without colours": lambda one: one.convert("L"),
    "cut by a hundredth on all sides": lambda one: cut(one, 0.01),
    "a screenshot": lambda one: again(ImageEnhance.Brightness(cut(one, 0.01)).enhance(1.1), 60, 480),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
@pytest.mark.parametrize("name", HERE)
def test_a_picture_is_known_again(name: str, change: Callable[[Image.Image], Image.Image]) -> None:
    picture = seen(name)
    assert bits_apart(likeness_of(picture), likeness_of(change(picture))) <= ALIKE_BITS


@pytest.mark.skipif(not HAS_SCENES, reason="the stand-ins are all drawn alike")
def test_pictures_of_different_scenes_are_far_apart() -> None:
    hashes = [likeness_of(seen(name)) for name in SCENES]
    assert min(bits_apart(*pair) for pair in combinations(hashes, 2)) > 2 * ALIKE_BITS


def slope(dark: int, bright: int) -> Image.Image:
    """A wall that is lit from one side."""
    return Image.linear_gradient("L").resize((800, 600)).point(lambda shade: dark + shade * (bright - dark) // 255)


def grain(shade: int) -> Image.Image:
    """A wall in bad light."""
    return Image.blend(Image.new("L", (800, 600), shade), Image.effect_noise((800, 600), 8), 0.5)


@pytest.mark.parametrize(
    "blank",
    [Image.new("RGB", (800, 600), "white"), Image.new("RGB", (640, 480)), slope(180, 250), grain(240), grain(20)],
    ids=["white", "black", "lit from one side", "grainy", "dark"],
)
def test_blank_pictures_are_like_no_other(blank: Image.Image) -> None:
    assert likeness_of(blank) == likeness_of(again(blank, 50)) == FLAT


def test_it_fits_a_signed_column_of_64_bits() -> None:
    turned = [seen(name).rotate(angle) for name in HERE for angle in (0, 90, 180, 270)]
    hashes = [likeness_of(one) for picture in turned for one in (picture, ImageOps.invert(picture))]
    assert all(-(2**63) <= one < 2**63 for one in hashes)
    assert min(hashes) < 0 < max(hashes)
