"""Pictures as they leave the house: covered as their key says, and with their watermark."""

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from os import cpu_count
from typing import Protocol

from fieldwork.photos import covering, watermark


class Printed(Protocol):
    """A picture that is given out: the lines of its watermark, none where it has none."""

    @property
    def mark(self) -> Sequence[str]: ...


def printed(key: str, mark: Sequence[str], size: int) -> bytes:
    """The JPEG of a picture named by `keeping.key_of`, with these lines drawn on it.

    Raises:
        NotYet: as covering.picture_as.
    """
    return watermark.drawn(covering.picture_as(key, size), mark)


def all_printed(pictures: Mapping[str, Printed], size: int) -> dict[str, bytes]:
    """The same of many, by their keys. Sixty marks take seconds: they are drawn on all processors.

    Raises:
        NotYet: as covering.picture_as, of the first that cannot be had.
    """
    plain = {key: covering.picture_as(key, size) for key in pictures}
    with ThreadPoolExecutor(cpu_count()) as pool:
        drawn = pool.map(watermark.drawn, plain.values(), [picture.mark for picture in pictures.values()])
        return dict(zip(plain, drawn, strict=True))
