"""What a key of the store may look like: the same for a folder and for a bucket."""

import re

_KEY = re.compile(r"[a-z0-9_-][a-z0-9._-]*(?:/[a-z0-9_-][a-z0-9._-]*)*")
_KEY_MAX = 200


def is_key(text: str) -> bool:
    """Whether it is lower case, short, and has no part that begins with a dot."""
    return len(text) <= _KEY_MAX and _KEY.fullmatch(text) is not None


def checked(key: str) -> str:
    """The key as it is.

    Raises:
        ValueError: it is none, and might lead elsewhere.
    """
    if not is_key(key):
        raise ValueError(f"{key!r} is not a key")
    return key


def folder_of(prefix: str) -> str:
    """The folder in which all keys with this prefix lie; empty for the root.

    Raises:
        ValueError: it would lead elsewhere.
    """
    folder = prefix.rpartition("/")[0]
    return checked(folder) if folder else ""
