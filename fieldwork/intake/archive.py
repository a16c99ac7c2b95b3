"""The file a phone makes of what it could not send: a zip with queue.json and photos/<sha256>, read within limits.

Nothing in it is believed: no name leads anywhere, no entry is read beyond what it says, and what it says is bounded.
"""

import hashlib
import json
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO
from uuid import UUID

from fieldwork.photos.limits import PHOTO_MAX_BYTES

FORMAT = 1
FILE_MAX_BYTES = 800_000_000
UNPACKED_MAX_BYTES = 800_000_000
QUEUE_MAX_BYTES = 20_000_000
RECORDS_MAX = 500
ENTRIES_MAX = 3_000
DIRECTORY_MAX_BYTES = ENTRIES_MAX * 250
CHUNK_BYTES = 1 << 20
QUEUE = "queue.json"
PHOTO = re.compile(r"photos/([0-9a-f]{64})")
END, END_64 = b"PK\5\6", b"PK\6\7"
END_BYTES, END_64_BYTES, COMMENT_MAX_BYTES = 22, 20, 65_535
ENCRYPTED = 0x1
METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})

# What zipfile and its decoders raise on a file that is damaged or was never one.
UNREADABLE = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, ValueError, NotImplementedError, RuntimeError)


class Unfit(Exception):
    """The file cannot be taken at all; `code` is a key of labels.FAULTS."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Damaged(Exception):
    """One photo is not whole, or not the one its name says; the others may be."""

    def __init__(self, *, differs: bool) -> None:
        super().__init__()
        self.differs = differs


@dataclass(frozen=True)
class Queue:
    """What the file holds: whose it is (None: no uid), its records as they lie there, the photos by sha256, and drafts,
    of which it has only the words."""

    owner: UUID | None
    records: list[Any]
    photos: list[str]
    drafts: list[Any]


def queue_of(path: Path) -> Queue:
    """What the file says it holds; its photos are not read yet.

    Raises:
        Unfit: it is no such file, or more than a phone would hold.
    """
    with _opened(path) as archive:
        photos = _photos(archive.infolist())
        with archive.open(QUEUE) as file:
            content = _json(file)
    if not isinstance(content, dict) or not isinstance(content.get("records"), list):
        raise Unfit("not_a_queue")
    if content.get("format") != FORMAT:
        raise Unfit("unknown_format")
    drafts = content.get("drafts", [])
    if not isinstance(drafts, list):
        raise Unfit("not_a_queue")
    if len(content["records"]) + len(drafts) > RECORDS_MAX:
        raise Unfit("too_many")
    return Queue(uid_in(content.get("owner")), content["records"], photos, drafts)


def copy_photo(path: Path, sha256: str, to: BinaryIO | None = None) -> None:
    """Write the photo of this name out, if it is what its name says; without `to` only look whether it is.

    Raises:
        Damaged: it is not, or cannot be read.
        Unfit: the file is not there any more.
    """
    seen, length = hashlib.sha256(), 0
    try:
        with _opened(path) as archive, archive.open(f"photos/{sha256}") as file:
            while chunk := file.read(CHUNK_BYTES):
                length += len(chunk)
                if length > PHOTO_MAX_BYTES:
                    raise Damaged(differs=True)
                seen.update(chunk)
                if to is not None:
                    to.write(chunk)
    except Unfit as damage:
        if damage.code == "expired":
            raise
        raise Damaged(differs=False) from damage
    if seen.hexdigest() != sha256:
        raise Damaged(differs=True)


@contextmanager
def _opened(path: Path) -> Iterator[zipfile.ZipFile]:
    """The archive, once its list of entries is known to be of a size that can be read."""
    try:
        with path.open("rb") as file:
            _look_at_the_end(file)
            with zipfile.ZipFile(file) as archive:
                yield archive
    except FileNotFoundError as gone:  # imported in another tab meanwhile
        raise Unfit("expired") from gone
    except UNREADABLE as damage:
        raise Unfit("not_a_queue") from damage


def _look_at_the_end(file: BinaryIO) -> None:
    size = file.seek(0, 2)
    file.seek(max(0, size - END_BYTES - COMMENT_MAX_BYTES - END_64_BYTES))
    tail = file.read()
    at = tail.rfind(END)
    if at < 0 or len(tail) - at < END_BYTES or size > FILE_MAX_BYTES:
        raise Unfit("not_a_queue" if size <= FILE_MAX_BYTES else "too_large")
    entries, directory_bytes = struct.unpack_from("<HI", tail, at + 10)
    if tail[max(0, at - END_64_BYTES) : at].startswith(END_64):  # only for files larger than any of ours
        raise Unfit("not_a_queue")
    if entries > ENTRIES_MAX or directory_bytes > DIRECTORY_MAX_BYTES:
        raise Unfit("too_many")


def _photos(entries: list[zipfile.ZipInfo]) -> list[str]:
    """The photos among the entries, by sha256, once every entry is one that belongs here."""
    names = [entry.filename for entry in entries]
    found = [PHOTO.fullmatch(name) for name in names if name != QUEUE]
    if len(entries) > ENTRIES_MAX:
        raise Unfit("too_many")
    if len(set(names)) != len(names) or not all(found) or any(not _is_plain(entry) for entry in entries):
        raise Unfit("odd_names")
    if QUEUE not in names:
        raise Unfit("not_a_queue")
    limits = ((entry.file_size, QUEUE_MAX_BYTES if entry.filename == QUEUE else PHOTO_MAX_BYTES) for entry in entries)
    if any(size > limit for size, limit in limits) or sum(e.file_size for e in entries) > UNPACKED_MAX_BYTES:
        raise Unfit("too_large")
    return [match.group(1) for match in found if match]


def _is_plain(entry: zipfile.ZipInfo) -> bool:
    return entry.compress_type in METHODS and not entry.flag_bits & ENCRYPTED


def _json(file: Any) -> Any:
    """The content of queue.json. Its entry never gives more than its size in the list, which was looked at."""
    try:
        return json.loads(file.read().decode("utf-8"))
    except RecursionError as damage:
        raise Unfit("not_a_queue") from damage


def uid_in(text: Any) -> UUID | None:
    """The uid that stands there, if one does."""
    try:
        return UUID(str(text))
    except ValueError:
        return None
