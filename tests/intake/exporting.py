"""Files as a phone exports them, and files as nobody should send them."""

import hashlib
import io
import json
import zipfile
from pathlib import Path
from typing import Any
from uuid import UUID

from fieldwork import ids


def sha_of(picture: bytes) -> str:
    return hashlib.sha256(picture).hexdigest()


def queue(owner: UUID | str | None, *records: Any, **fields: Any) -> bytes:
    """queue.json of this person's phone; an owner nobody knows when there is none."""
    said = {"format": 1, "made_at": "2026-11-21T08:00:00.000Z", "owner": str(owner or ids.uuid7()), "records": records}
    return json.dumps(said | fields).encode()


def zipped(
    entries: dict[str, bytes] | list[tuple[str, bytes]], method: int = zipfile.ZIP_STORED, **options: Any
) -> bytes:
    """A zip of these entries."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", method, **options) as archive:
        for name, content in entries.items() if isinstance(entries, dict) else entries:
            archive.writestr(name, content)
    return made.getvalue()


def exported(owner: UUID | None, *records: Any, pictures: tuple[bytes, ...] = ()) -> bytes:
    """What a phone exports: its queue and the photos by their hash."""
    return zipped({"queue.json": queue(owner, *records)} | {f"photos/{sha_of(one)}": one for one in pictures})


def saved(folder: Path, content: bytes) -> Path:
    """The file on the disk."""
    path = folder / "queue.zip"
    path.write_bytes(content)
    return path
