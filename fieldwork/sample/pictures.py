"""Photos for the sample records: camera files from a folder when there is one, else drawn places."""

import io
import itertools
from pathlib import Path
from typing import NamedTuple

from werkzeug.datastructures import FileStorage

from fieldwork.people.models import User
from fieldwork.photos import actions as photos
from fieldwork.sample.drawing import PLACES, drawn

ENDINGS = {".jpg", ".jpeg", ".heic", ".png", ".webp"}
SIZE_MAX_BYTES = 3_000_000


class Picture(NamedTuple):
    """A file to be sent; `place` is the one it shows, of a drawn one."""

    name: str
    body: bytes
    place: int = 0


class Album:
    """A supply of stored photos, handed out in turn; each file is received once, by whoever asks first."""

    def __init__(self, folder: Path | None) -> None:
        self._files = _camera_files(folder)
        self._in_turn = itertools.cycle(self._files or [_drawn(place) for place in range(PLACES)])
        self._hashes: dict[str, str] = {}
        self._sent: dict[str, Picture] = {}

    def take(self, user: User, count: int) -> list[str]:
        """Hashes of the next `count` photos, received as sent by this person."""
        return [self._hash_of(user, picture) for picture in itertools.islice(self._in_turn, count)]

    def take_after(self, user: User, before: list[str], count: int) -> list[str]:
        """Hashes of as many photos that stand for what these show once it is mended: the same places where they are
        drawn, else the next files that are not among these. Fewer, where there are no more."""
        if self._files:
            round_once = itertools.islice(self._in_turn, len(self._files))
            after = (picture for picture in round_once if self._hashes.get(picture.name) not in before)
        else:
            after = (_drawn(self._sent[sha256].place, is_mended=True) for sha256 in before)
        return [self._hash_of(user, picture) for picture in itertools.islice(after, count)]

    def _hash_of(self, user: User, picture: Picture) -> str:
        if picture.name not in self._hashes:
            received = photos.receive(user, [FileStorage(io.BytesIO(picture.body), filename=picture.name)])
            self._hashes[picture.name] = received.photos[0].sha256
        sha256 = self._hashes[picture.name]
        self._sent[sha256] = picture
        photos.lend(user, sha256)
        return sha256


def _camera_files(folder: Path | None) -> list[Picture]:
    if folder is None or not folder.is_dir():
        return []
    files = [path for path in sorted(folder.iterdir()) if path.suffix.lower() in ENDINGS]
    return [Picture(path.name, path.read_bytes()) for path in files if path.stat().st_size <= SIZE_MAX_BYTES]


def _drawn(place: int, *, is_mended: bool = False) -> Picture:
    return Picture(f"{'mended' if is_mended else 'drawn'}-{place}.jpg", drawn(place, is_mended=is_mended), place)
