"""Where files lie: by key, written whole or not at all. In a folder, or in a bucket that speaks S3."""

import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import BinaryIO, Protocol
from urllib.parse import unquote, urlsplit

from fieldwork.core.storage_local import LocalStorage
from fieldwork.core.storage_s3 import S3Storage


class Storage(Protocol):
    """Keys are like originals/ab/cd/<sha256>: lower case, with no part that begins with a dot; others raise ValueError.

    What asks for a key that is not held raises FileNotFoundError, except delete. A store that does not answer raises
    StorageUnavailable, after half a minute or so at most.
    """

    def put(self, key: str, source: bytes | Path) -> None:
        """Keep the bytes, or the content of the file, under the key; once it returns they outlive a power cut.

        Readers see the old content or the new, never a part; putting the same again changes nothing.

        Raises:
            StorageFull: there is no room; what was held before stands.
        """

    def open(self, key: str) -> BinaryIO:
        """The content, to be read and closed; it can be sought in, and is never taken into memory whole."""

    def read(self, key: str) -> bytes:
        """The whole content."""

    def exists(self, key: str) -> bool:
        """Whether the key is held."""

    def size(self, key: str) -> int:
        """Bytes held under the key."""

    def delete(self, key: str) -> None:
        """Forget the key, if it is held."""

    def keys(self, prefix: str = "") -> Iterator[str]:
        """The keys that begin with the prefix, in a steady order."""

    def sizes(self, prefix: str = "") -> Iterator[tuple[str, int]]:
        """The same keys, each with the bytes held under it."""


def from_url(url: str, data: Path, environment: Mapping[str, str] | None = None) -> Storage:
    """The store FIELDWORK_STORAGE names; nothing is read or written yet.

    Empty means a folder in DATA, file:///path another one, s3://bucket/prefix?endpoint=…&style=…&region=… a bucket,
    whose credentials stand in the environment.

    Raises:
        ValueError: naming the setting, for any other address.
    """
    if not url:
        return LocalStorage(data / "files")
    if url.startswith("s3:"):
        return S3Storage.from_url(url, os.environ if environment is None else environment)
    address = urlsplit(url)
    if address.scheme != "file" or address.netloc or not address.path.startswith("/"):
        raise ValueError(
            "FIELDWORK_STORAGE must be empty (files in FIELDWORK_DATA), file:///path/of/a/folder or s3://bucket/prefix"
        )
    return LocalStorage(Path(unquote(address.path)))
