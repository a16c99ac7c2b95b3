"""What is left of a picture beneath boxes, whichever of them overlap and in whichever order they are named."""

import io
from itertools import permutations
from pathlib import Path

import pytest
from PIL import Image, ImageChops

from fieldwork.photos import pixelating
from tests.support.pictures import encoded

SIDE_PX = 1200
LARGE = [0.25, 0.25, 0.5, 0.5]
BLOCK_PX = 200  # of LARGE
INSIDE = [[0.3, 0.3, 0.1, 0.3], [0.35, 0.45, 0.3, 0.1], LARGE]
OVER_THE_EDGE = [[0.22, 0.3, 0.06, 0.06], [0.23, 0.5, 0.1, 0.1], LARGE]
MANY = [LARGE, *([0.25 + 0.07 * (n % 7), 0.25 + 0.07 * (n // 7), 0.07, 0.07] for n in range(49))]
JPEG_NOISE = 8


def covered(folder: Path, picture: Image.Image, boxes: list[list[float]]) -> Image.Image:
    path = folder / "picture.png"
    path.write_bytes(encoded(picture, "PNG"))
    pictures, _ = pixelating.covered(path, boxes)
    return Image.open(io.BytesIO(pictures[2400])).convert("RGB")


@pytest.fixture
def noise() -> Image.Image:
    """Of squares of 25 pixels, each of another grey."""
    return Image.effect_noise((48, 48), 120).resize((SIDE_PX, SIDE_PX), Image.Resampling.NEAREST).convert("RGB")


def differs(one: Image.Image, other: Image.Image) -> int:
    """By how much, at the most different pixel."""
    return int(ImageChops.difference(one, other).convert("L").getextrema()[1])  # type: ignore[arg-type]


def spread(picture: Image.Image, left: int, top: int) -> int:
    """How far apart the pixels of one block are, away from its edges, where a JPEG rings."""
    part = picture.convert("L").crop((left + 20, top + 20, left + BLOCK_PX - 20, top + BLOCK_PX - 20))
    low, high = part.getextrema()
    return int(high - low)  # type: ignore[operator]


@pytest.mark.parametrize("boxes", [INSIDE, OVER_THE_EDGE, MANY], ids=["inside", "over the edge", "many"])
def test_boxes_over_a_box_leave_nothing_finer_in_it_than_its_blocks(
    tmp_path: Path, noise: Image.Image, boxes: list[list[float]]
) -> None:
    for order in (boxes, boxes[::-1]):
        picture = covered(tmp_path, noise, order)
        assert [spread(picture, 300 + x * BLOCK_PX, 300 + y * BLOCK_PX) for x in range(3) for y in range(3)] == [0] * 9


@pytest.mark.parametrize("boxes", [INSIDE, OVER_THE_EDGE], ids=["inside", "over the edge"])
def test_the_order_of_boxes_says_nothing(tmp_path: Path, noise: Image.Image, boxes: list[list[float]]) -> None:
    first, *others = (covered(tmp_path, noise, list(order)) for order in permutations(boxes))
    assert [differs(first, other) for other in others] == [0] * len(others)


@pytest.mark.parametrize("order", list(permutations(OVER_THE_EDGE)), ids=str)
def test_a_box_over_the_edge_of_another_carries_nothing_out_of_it(tmp_path: Path, order: list[list[float]]) -> None:
    plain = Image.new("RGB", (SIDE_PX, SIDE_PX), (200, 200, 200))
    flat, lettered = plain.copy(), plain.copy()
    flat.paste((120, 120, 120), (300, 300, 900, 900))
    for x in range(300, 900, BLOCK_PX):  # dark and bright halves, which in each block are on average the same
        lettered.paste((40, 40, 40), (x + BLOCK_PX // 2, 300, x + BLOCK_PX, 900))
    assert differs(flat, lettered) == 80
    assert differs(covered(tmp_path, flat, list(order)), covered(tmp_path, lettered, list(order))) < JPEG_NOISE
