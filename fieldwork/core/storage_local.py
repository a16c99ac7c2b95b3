"""The store in a folder: each file written beside, fsynced with all folders above it, then moved to its place."""

import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO
from uuid import uuid4

from fieldwork.core.storage_keys import checked, folder_of
from fieldwork.errors import NO_ROOM, StorageFull

_UNFINISHED = ".unfinished"  # a key cannot begin so
_UNFINISHED_S = 24 * 3600


class LocalStorage:
    """A folder. Files are readable by the server's account alone."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def put(self, key: str, source: bytes | Path) -> None:
        path = self._path(key)
        with _room_or_refusal(), self._unfinished() as unfinished:
            _write(unfinished, source)
            _make_folder(path.parent)
            unfinished.replace(path)
            _sync_folder(path.parent)

    def open(self, key: str) -> BinaryIO:
        return self._path(key).open("rb")

    def read(self, key: str) -> bytes:
        return self._path(key).read_bytes()

    def exists(self, key: str) -> bool:
        return self._path(key).is_file()

    def size(self, key: str) -> int:
        return self._path(key).stat().st_size

    def delete(self, key: str) -> None:
        self._path(key).unlink(missing_ok=True)

    def keys(self, prefix: str = "") -> Iterator[str]:
        return (key for key, _ in self.sizes(prefix))

    def sizes(self, prefix: str = "") -> Iterator[tuple[str, int]]:
        for path in _files(self._root / folder_of(prefix)):
            key = path.relative_to(self._root).as_posix()
            if key.startswith(prefix):
                with suppress(FileNotFoundError):  # it has just been deleted
                    yield key, path.stat().st_size

    def discard_unfinished(self) -> None:
        """Delete what a killed process left half-written a day ago or longer."""
        for path in (self._root / _UNFINISHED).glob("*"):
            with suppress(FileNotFoundError):  # its process has just finished it
                if path.stat().st_mtime < time.time() - _UNFINISHED_S:
                    path.unlink()

    def _path(self, key: str) -> Path:
        return self._root / checked(key)

    @contextmanager
    def _unfinished(self) -> Iterator[Path]:
        """A place for a new file, on the disk where it will lie; empty again afterwards, whatever happens."""
        folder = self._root / _UNFINISHED
        _make_folder(folder)
        path = folder / uuid4().hex
        try:
            yield path
        finally:
            path.unlink(missing_ok=True)


@contextmanager
def _room_or_refusal() -> Iterator[None]:
    try:
        yield
    except OSError as problem:
        if problem.errno in NO_ROOM:
            raise StorageFull from problem
        raise


def _write(path: Path, source: bytes | Path) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        if isinstance(source, bytes):
            file.write(source)
        else:
            with source.open("rb") as content:
                shutil.copyfileobj(content, file, 1024 * 1024)
        file.flush()
        os.fsync(file.fileno())


def _make_folder(folder: Path) -> None:
    """Make the folder and those above it, and have the disk know of each: a file in a forgotten folder is lost."""
    if not folder.is_dir():
        _make_folder(folder.parent)
        folder.mkdir(mode=0o700, exist_ok=True)
        _sync_folder(folder.parent)


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _files(folder: Path) -> Iterator[Path]:
    if folder.is_dir():
        for path in sorted(folder.iterdir()):
            if path.name.startswith("."):
                continue  # ours while it is unfinished, or left by the desktop of some system
            if path.is_dir():
                yield from _files(path)
            else:
                yield path
