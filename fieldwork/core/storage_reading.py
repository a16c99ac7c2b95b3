"""A file of a bucket read like one of a folder: from one GET that flows, begun anew only where something is skipped."""

import io
import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from typing import Any

import obstore
from obstore.store import S3Store

from fieldwork.errors import StorageUnavailable

CHUNK_BYTES = 64 * 1024


class Remote(io.RawIOBase):
    """The content of a key as it stood when it was opened; of a content put meanwhile no part is mixed in.

    `believed`: a context that turns what the store says into our own exceptions.
    """

    def __init__(self, client: S3Store, key: str, believed: Callable[[str], AbstractContextManager[None]]) -> None:
        self._client = client
        self._key = key
        self._believed = believed
        self._position = 0
        self._rest = memoryview(b"")
        self._flow: Iterator[Any] = iter(())
        self._flows_at = 0
        with believed(key):
            answer = obstore.get(client, key)
            self._size: int = answer.meta["size"]
            self._version: str | None = answer.meta["e_tag"]
            self._flow = iter(answer.stream(min_chunk_size=CHUNK_BYTES))

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._position

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        """Go there; nothing is asked of the store before something is read there."""
        start = {os.SEEK_SET: 0, os.SEEK_CUR: self._position, os.SEEK_END: self._size}[whence]
        if start + offset < 0:
            raise ValueError("before the beginning")
        self._position = start + offset
        return self._position

    def readinto(self, buffer: Any) -> int:
        """Fill what there is at once; 0 at the end.

        Raises:
            StorageUnavailable: the line broke, or the content was replaced meanwhile.
        """
        if self._position >= self._size or not len(buffer):
            return 0
        with self._believed(self._key):
            if self._position != self._flows_at:
                self._begin_at(self._position)
            if not self._rest:
                self._rest = memoryview(next(self._flow, b""))
        if not self._rest:
            raise StorageUnavailable
        length = min(len(buffer), len(self._rest))
        buffer[:length] = self._rest[:length]
        self._rest = self._rest[length:]
        self._position = self._flows_at = self._position + length
        return length

    def close(self) -> None:
        self._flow, self._rest = iter(()), memoryview(b"")  # which lets go of the connection
        super().close()

    def _begin_at(self, position: int) -> None:
        options: Any = {"range": {"offset": position}, "if_match": self._version}
        answer = obstore.get(self._client, self._key, options=options)
        self._flow, self._rest = iter(answer.stream(min_chunk_size=CHUNK_BYTES)), memoryview(b"")
        self._flows_at = position
