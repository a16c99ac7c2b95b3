"""Pictures as they leave the house: covered as their key says, and with their watermark."""

from collections.abc import Sequence

from fieldwork.photos import covering, watermark


def printed(key: str, mark: Sequence[str], size: int) -> bytes:
    """The JPEG of a picture named by `keeping.key_of`, with these lines drawn on it.

    Raises:
        NotYet: as covering.picture_as.
    """
    return watermark.drawn(covering.picture_as(key, size), mark)
