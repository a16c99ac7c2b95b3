"""One store copied into another while people go on working; what broke off goes on where it was."""

import hashlib
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from enum import Enum, auto
from pathlib import Path
from typing import BinaryIO

from fieldwork.core.storage import Storage

AT_ONCE = 4
PIECE_BYTES = 1024 * 1024
PASSING = "probe/"  # written and overwritten by /readyz


class Outcome(Enum):
    """What became of one file. GONE: it was deleted before it could be read."""

    COPIED = auto()
    GONE = auto()
    DAMAGED = auto()


def lacking(source: Storage, target: Storage) -> list[str]:
    """The keys that the target does not hold, or holds with another size; two listings, nothing is read."""
    held = dict(target.sizes())
    return [key for key, size in source.sizes() if held.get(key) != size and not key.startswith(PASSING)]


def all_keys(source: Storage) -> list[str]:
    """What there is to be copied."""
    return [key for key, _ in source.sizes() if not key.startswith(PASSING)]


def differs(source: Storage, target: Storage, key: str) -> bool:
    """Whether the target lacks it or holds another content; both are read whole."""
    digest = _digest(source, key)
    return digest not in {"", _digest(target, key)}


def surplus(source: Storage, target: Storage) -> list[str]:
    """The keys only the target holds: deleted from the source after they were copied, or never there."""
    held = set(all_keys(source))
    return [key for key in all_keys(target) if key not in held]


def copy(source: Storage, target: Storage, keys: list[str]) -> Iterator[tuple[str, Outcome]]:
    """Copy these, some at once, in their order; each is read again from the target and compared.

    Raises:
        StorageUnavailable, StorageFull: what was given out before stands.
    """
    threads = ThreadPoolExecutor(AT_ONCE)
    try:
        yield from threads.map(lambda key: (key, _copy_one(source, target, key)), keys)
    finally:
        threads.shutdown(cancel_futures=True)


def _copy_one(source: Storage, target: Storage, key: str) -> Outcome:
    with tempfile.TemporaryDirectory(prefix="fieldwork-") as folder:
        path = Path(folder) / "file"
        try:
            with source.open(key) as content:
                digest = _kept(content, path)
        except FileNotFoundError:
            return Outcome.GONE
        target.put(key, path)
    if _digest(target, key) != digest:
        target.delete(key)  # so that the next run takes it for lacking
        return Outcome.DAMAGED
    return Outcome.COPIED


def _kept(content: BinaryIO, path: Path) -> str:
    """The hash of the content, which then lies at the path."""
    digest = hashlib.sha256()
    with path.open("wb") as file:
        while piece := content.read(PIECE_BYTES):
            digest.update(piece)
            file.write(piece)
    return digest.hexdigest()


def _digest(store: Storage, key: str) -> str:
    """Empty when it is not held."""
    try:
        with store.open(key) as content:
            return hashlib.file_digest(content, "sha256").hexdigest()  # type: ignore[arg-type]
    except FileNotFoundError:
        return ""
