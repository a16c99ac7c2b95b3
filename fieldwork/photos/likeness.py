"""How pictures are told to be alike: a perceptual hash of 64 bits, the signs of the coarse waves a picture is made of.

Measured on the 24 camera photos that decode (bits that differ, of 64; the most of any photo):

    JPEG again at quality 20, 320 px, grey          1
    brightness -20 % / +20 % / +40 %                0 / 7 / 9
    contrast +30 %                                  3
    a screenshot: cut 1 %, +10 %, 480 px            5
    cut on all sides by 1 / 2 / 3 / 5 %             6 / 8 / 12 / 14
    one scene, taken four times (two scenes)        3
    the nearest two pictures of different scenes    23
    two different pages of print, of one layout     1 to 7

Hence ALIKE_BITS: a photo that is like none of a million others meets one within 8 bits by chance once in 3000 times.
Pages of print it cannot tell apart: their paper is all that is coarse. So likeness is a hint to look, never a finding.
"""

from functools import cache
from math import cos, pi

from PIL import Image

ALIKE_BITS = 8
FLAT = 0
"""The likeness of a picture with nothing on it (a wall, a blank page, black): like no other."""

_PX = 32
_WAVES = range(1, 9)  # without the mean, which is brightness
_FAINT = 32.0  # the median wave of blank walls has 0 to 6, of the plainest photo 170


def likeness_of(image: Image.Image) -> int:
    """The hash of an upright picture, as a signed number of 64 bits. About 1 ms for one of 320 px."""
    waves = _waves(image)
    if sorted(map(abs, waves))[len(waves) // 2] < _FAINT:
        return FLAT
    bits = sum((wave > 0) << place for place, wave in enumerate(waves))
    return bits - (1 << 64) if bits >> 63 else bits or 1


def bits_apart(one: int, other: int) -> int:
    """In how many of the 64 bits two likenesses differ."""
    return ((one ^ other) & (1 << 64) - 1).bit_count()


def _waves(image: Image.Image) -> list[float]:
    """The 8 × 8 slowest waves of the picture's brightness (a cosine transform), the mean left out."""
    small = image.convert("L").resize((_PX, _PX), Image.Resampling.BOX).tobytes()
    across = [[_sum(small[top : top + _PX], wave) for top in range(0, _PX * _PX, _PX)] for wave in _cosines()]
    return [_sum(column, wave) for column in across for wave in _cosines()]


def _sum(values: bytes | list[float], wave: list[float]) -> float:
    return sum(value * height for value, height in zip(values, wave, strict=True))


@cache
def _cosines() -> list[list[float]]:
    return [[cos((2 * x + 1) * wave * pi / (2 * _PX)) for x in range(_PX)] for wave in _WAVES]
