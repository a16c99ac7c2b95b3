"""Photos for the sample records: camera files from a folder when there is one, else simple drawn landscapes."""

import io
import itertools
from collections.abc import Iterator
from pathlib import Path

from PIL import Image, ImageDraw
from werkzeug.datastructures import FileStorage

from fieldwork.people.models import User
from fieldwork.photos import actions as photos

ENDINGS = {".jpg", ".jpeg", ".heic", ".png", ".webp"}
SIZE_MAX_BYTES = 3_000_000
DRAWN = 12
SKIES = ((188, 205, 214), (214, 206, 188), (170, 190, 196), (205, 196, 205))
FIELDS = ((111, 137, 96), (150, 130, 88), (96, 122, 110), (136, 148, 104))


class Album:
    """A supply of stored photos, handed out in turn; each file is received once, by whoever asks first."""

    def __init__(self, folder: Path | None) -> None:
        self._sources = itertools.cycle(_camera_files(folder) or list(_drawn_files()))
        self._known: dict[str, str] = {}

    def take(self, user: User, count: int) -> list[str]:
        """Hashes of the next `count` photos, received as sent by this person."""
        return [self._hash_of(user, *source) for source in itertools.islice(self._sources, count)]

    def _hash_of(self, user: User, name: str, body: bytes) -> str:
        if name not in self._known:
            received = photos.receive(user, [FileStorage(io.BytesIO(body), filename=name)])
            self._known[name] = received.photos[0].sha256
        photos.lend(user, self._known[name])
        return self._known[name]


def _camera_files(folder: Path | None) -> list[tuple[str, bytes]]:
    if folder is None or not folder.is_dir():
        return []
    files = [path for path in sorted(folder.iterdir()) if path.suffix.lower() in ENDINGS]
    return [(path.name, path.read_bytes()) for path in files if path.stat().st_size <= SIZE_MAX_BYTES]


def _drawn_files() -> Iterator[tuple[str, bytes]]:
    for number in range(DRAWN):
        picture = Image.new("RGB", (1600, 1200), SKIES[number % len(SKIES)])
        draw = ImageDraw.Draw(picture)
        horizon = 520 + 37 * (number % 5)
        draw.rectangle((0, horizon, 1600, 1200), fill=FIELDS[number % len(FIELDS)])
        for row in range(6):
            top = horizon + 60 + row * 95
            draw.line((0, top, 1600, top + 40 * (number % 3)), fill=FIELDS[(number + 1) % len(FIELDS)], width=14)
        left = 180 + 97 * number % 900
        draw.rectangle((left, horizon - 170, left + 300, horizon + 40), fill=(196, 178, 158))
        draw.polygon(
            [(left - 30, horizon - 170), (left + 150, horizon - 280), (left + 330, horizon - 170)], fill=(120, 72, 62)
        )
        buffer = io.BytesIO()
        picture.save(buffer, "JPEG", quality=82)
        yield f"drawn-{number}.jpg", buffer.getvalue()
