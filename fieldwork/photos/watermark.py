"""A watermark (水印): lines in a corner of a picture that is given out. Drawn on derivatives, never on an original.

It says what the record says, and proves nothing: whoever has the picture can draw another.
"""

import io
from collections.abc import Sequence
from functools import lru_cache
from importlib import resources
from itertools import accumulate

from PIL import Image, ImageDraw, ImageFont

from fieldwork.core.plain import one_line

FONT_PACKAGE, FONT_FILE, FONT_OF_CHINA = "manimgx_fonts_cjk", "NotoSansCJK-VF.otf.ttc", 2
WEIGHT = b"Medium"
LETTERS_ACROSS = 36  # of the longer side, so that the words can be read where two pictures share a line of print
SMALLEST_PX = 11
ROOM_PX = 48  # in less there is no room for a word
FIRST_LARGER = 1.25
LINE, PADDING, MARGIN, RULE = 1.4, 0.6, 0.7, 0.16  # in letters
WIDEST = 0.72  # of the picture
LETTERS_A_ROW = 16
ROWS_MAX = 2
ROOM = 7  # letters from top to bottom, for three lines
TALLEST = 0.92  # of the picture, with the ground around the lines
GROUND, GROUND_OPACITY = (16, 14, 12), 0.62
INK, ACCENT = (255, 254, 251), (176, 42, 36)
CUT = "…"

Row = tuple[str, ImageFont.FreeTypeFont]


def drawn(jpeg: bytes, lines: Sequence[str]) -> bytes:
    """The JPEG with these lines in its left lower corner, the first a little larger; unchanged where there are none
    or no room for them.

    `jpeg` is a derivative of ours (RGB). It is written with its own tables, so that the rest stays as it was.
    """
    said = [line for line in map(one_line, lines) if line.strip()]
    with Image.open(io.BytesIO(jpeg), formats=("JPEG",)) as picture:
        if not said or min(picture.size) < ROOM_PX:
            return jpeg
        picture.load()
        letter = _letter(*picture.size)
        rows = _rows(said, letter, picture.width * WIDEST)
        _write(picture, _upto(rows, _room(picture.height, letter)), letter)
        written = io.BytesIO()
        picture.save(written, "JPEG", quality="keep")
    return written.getvalue()


def _letter(width: int, height: int) -> int:
    """The size of a letter in pixels: smaller on long and on flat pictures, where the lines would find no room."""
    return max(
        SMALLEST_PX, min(max(width, height) // LETTERS_ACROSS, int(width * WIDEST) // LETTERS_A_ROW, height // ROOM)
    )


def _rows(lines: Sequence[str], letter: int, width: float) -> list[Row]:
    """The lines as they fit this width in pixels: broken where they must, cut after ROWS_MAX rows each."""
    fonts = [_font(round(letter * FIRST_LARGER) if number == 0 else letter) for number in range(len(lines))]
    return [(row, font) for line, font in zip(lines, fonts, strict=True) for row in _broken(line, font, width)]


def _room(height: int, letter: int) -> float:
    """How high the rows may be together."""
    return height * TALLEST - letter * (2 * PADDING + MARGIN)


def _upto(rows: list[Row], height: float) -> list[Row]:
    """As many of the rows as are no higher together, the first in any case."""
    heights = list(accumulate(font.size * LINE for _, font in rows))
    return [row for row, bottom in zip(rows, heights, strict=True) if bottom <= height] or rows[:1]


def _broken(line: str, font: ImageFont.FreeTypeFont, width: float) -> list[str]:
    rows: list[str] = []
    rest = line.strip()
    while rest and len(rows) < ROWS_MAX:
        fits = _fitting(rest, font, width)
        rows.append(rest[:fits])
        rest = rest[fits:].lstrip()
    return [*rows[:-1], rows[-1][:-1] + CUT] if rest else rows


def _fitting(text: str, font: ImageFont.FreeTypeFont, width: float) -> int:
    """How many letters of the text fit, one at least."""
    for count in range(len(text), 1, -1):
        if font.getlength(text[:count]) <= width:
            return count
    return 1


def _write(picture: Image.Image, rows: list[Row], letter: int) -> None:
    padding, rule = round(letter * PADDING), max(2, round(letter * RULE))
    heights = [round(font.size * LINE) for _, font in rows]
    width = rule + 2 * padding + round(max(font.getlength(row) for row, font in rows))
    height = 2 * padding + sum(heights)
    left, top = round(letter * MARGIN), max(0, picture.height - round(letter * MARGIN) - height)
    box = (left, top, min(picture.width, left + width), top + height)
    part = picture.crop(box)
    part = Image.blend(part, Image.new("RGB", part.size, GROUND), GROUND_OPACITY)
    draw = ImageDraw.Draw(part)
    draw.rectangle((0, 0, rule - 1, height), fill=ACCENT)
    line_top = padding
    for (row, font), line_height in zip(rows, heights, strict=True):
        draw.text((rule + padding, line_top + line_height / 2), row, INK, font, anchor="lm")
        line_top += line_height
    picture.paste(part, box)


@lru_cache(maxsize=16)
def _font(size: int) -> ImageFont.FreeTypeFont:
    path = resources.files(FONT_PACKAGE) / FONT_FILE
    font = ImageFont.truetype(str(path), size, index=FONT_OF_CHINA, layout_engine=ImageFont.Layout.BASIC)
    font.set_variation_by_name(WEIGHT)
    return font
