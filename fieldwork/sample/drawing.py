"""Simple drawn places, where there are no camera files: a field with a house and a track, and the same one mended."""

import io

from PIL import Image, ImageDraw

PLACES = 12
SIZE = WIDTH, HEIGHT = 1600, 1200
SKIES = ((188, 205, 214), (214, 206, 188), (170, 190, 196), (205, 196, 205))
FIELDS = ((111, 137, 96), (150, 130, 88), (96, 122, 110), (136, 148, 104))
WALL, ROOF = (196, 178, 158), (120, 72, 62)
MUD, PUDDLE = (126, 98, 70), (84, 86, 84)
PAVING, LINE, TREE = (186, 184, 178), (244, 240, 228), (58, 104, 62)


def drawn(place: int, *, is_mended: bool) -> bytes:
    """The JPEG of a place, from 0 up to PLACES: its track is full of mud, or paved between trees once it is mended."""
    picture = Image.new("RGB", SIZE, SKIES[place % len(SKIES)])
    draw = ImageDraw.Draw(picture)
    horizon = 520 + 37 * (place % 5)
    _field(draw, place, horizon)
    _house(draw, 180 + 97 * place % 900, horizon)
    (_paved if is_mended else _muddy)(draw, 300 + 211 * place % 1000, horizon)
    buffer = io.BytesIO()
    picture.save(buffer, "JPEG", quality=82)
    return buffer.getvalue()


def _field(draw: ImageDraw.ImageDraw, place: int, horizon: int) -> None:
    draw.rectangle((0, horizon, WIDTH, HEIGHT), fill=FIELDS[place % len(FIELDS)])
    for row in range(6):
        top = horizon + 60 + row * 95
        draw.line((0, top, WIDTH, top + 40 * (place % 3)), fill=FIELDS[(place + 1) % len(FIELDS)], width=14)


def _house(draw: ImageDraw.ImageDraw, left: int, horizon: int) -> None:
    draw.rectangle((left, horizon - 170, left + 300, horizon + 40), fill=WALL)
    gable = [(left - 30, horizon - 170), (left + 150, horizon - 280), (left + 330, horizon - 170)]
    draw.polygon(gable, fill=ROOF)


def _muddy(draw: ImageDraw.ImageDraw, middle: int, horizon: int) -> None:
    _track(draw, middle, horizon, MUD)
    for step, side in enumerate((-30, 40, -70, 60)):
        width, top = 60 + 45 * step, horizon + 110 + 125 * step
        draw.ellipse((middle + side - width, top, middle + side + width, top + width // 2), fill=PUDDLE)


def _paved(draw: ImageDraw.ImageDraw, middle: int, horizon: int) -> None:
    _track(draw, middle, horizon, PAVING)
    for step in range(5):
        top = horizon + 60 + 120 * step
        draw.line((middle, top, middle, top + 60), fill=LINE, width=8 + 5 * step)
        for side in (-1, 1):
            _tree(draw, middle + side * (150 + 85 * step), top, 34 + 14 * step)


def _track(draw: ImageDraw.ImageDraw, middle: int, horizon: int, colour: tuple[int, int, int]) -> None:
    near = HEIGHT + 1
    draw.polygon([(middle - 50, horizon), (middle + 50, horizon), (middle + 330, near), (middle - 330, near)], colour)


def _tree(draw: ImageDraw.ImageDraw, middle: int, foot: int, radius: int) -> None:
    draw.rectangle((middle - radius // 6, foot - radius, middle + radius // 6, foot), fill=ROOF)
    draw.ellipse((middle - radius, foot - 3 * radius, middle + radius, foot - radius), fill=TREE)
