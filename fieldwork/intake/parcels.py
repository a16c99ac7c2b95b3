"""An uploaded file between its preview and its import: too large to travel through the browser, it lies in a folder of
the house for an hour; what travels is its name, signed for the person who uploaded it."""

import time
from contextlib import suppress
from pathlib import Path
from uuid import UUID

from flask import current_app
from werkzeug.datastructures import FileStorage

from fieldwork.errors import NO_ROOM, StorageFull
from fieldwork.ids import uuid7
from fieldwork.people.importing import parcels
from fieldwork.people.models import User

KIND = "queue"


def park(actor: User, file: FileStorage) -> str:
    """Keep the file for an hour; returns the signed value by which this person gets it again.

    Raises:
        StorageFull: there is no room; nothing of it is kept.
    """
    _discard_old()
    name = uuid7()
    path = _folder() / str(name)
    try:
        path.touch(0o600)
        file.save(path)
    except OSError as problem:
        path.unlink(missing_ok=True)
        if problem.errno in NO_ROOM:
            raise StorageFull from problem
        raise
    return parcels.pack(actor, KIND, str(name))


def parked(actor: User, signed: str) -> Path | None:
    """The file again; None when it is not ours, not this person's, too old, or gone."""
    name = parcels.unpack(actor, KIND, signed)
    path = _folder() / str(UUID(name)) if name else None
    return path if path is not None and path.is_file() else None


def drop(path: Path) -> None:
    """Forget a parked file."""
    path.unlink(missing_ok=True)


def _discard_old() -> None:
    for path in _folder().iterdir():
        with suppress(FileNotFoundError):  # another request has just done so
            if path.stat().st_mtime < time.time() - parcels.GOOD_FOR_S:
                path.unlink()


def _folder() -> Path:
    folder: Path = current_app.config["SETTINGS"].data / "imports"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder
