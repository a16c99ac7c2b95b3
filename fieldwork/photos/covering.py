"""The covered set of a photo with a mosaic: made in the background, swept when boxes change, and printed."""

import logging
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from fieldwork.core import jobs
from fieldwork.errors import NotYet
from fieldwork.photos import decoding, files, pixelating, processing
from fieldwork.photos.derivatives import SIZES
from fieldwork.photos.models import READY, Photo

COVER = "photos.cover"
SOURCE_PX, SMALL_PX = max(SIZES), min(SIZES)
RESUMED_AT_ONCE = 500

log = logging.getLogger(__name__)


def install() -> None:
    """Let the worker know this work."""
    jobs.learn(COVER, cover, resume)


def begin(sha256: str) -> None:
    """Have the covered set made, anew if there was one; without a mosaic, have what is left of an old one swept."""
    jobs.later(COVER, sha256)


def cover(sha256: str) -> None:
    """Make the covered set as the boxes now are, unless it is made, then delete those of other boxes.

    Raises:
        TooDemanding, StorageUnavailable, StorageFull, OSError: to be tried again.
    """
    photo = Photo.get_or_none(Photo.sha256 == sha256)
    if photo is None or photo.state != READY:
        return  # it is queued once more by `resume` when the uncovered ones are there
    stands = (Photo.id == photo.id) & (Photo.mosaic_key == photo.mosaic_key)
    try:
        if not photo.mosaic_key:
            Photo.update(placeholder=_with_file(sha256, SMALL_PX, pixelating.placeholder)).where(stands).execute()
        elif not photo.is_mosaic_ready:
            pictures, tiny = _with_file(sha256, SOURCE_PX, pixelating.covered, photo.mosaic)
            for size, picture in pictures.items():
                files.store().put(files.covered_key(sha256, size, photo.mosaic_key), picture)
            Photo.update(is_mosaic_ready=True, placeholder=tiny).where(stands).execute()
    except FileNotFoundError:
        log.error("photo.missing", extra={"sha256": sha256})
        processing.begin(photo)
        return
    sweep(sha256)


def sweep(sha256: str) -> None:
    """Delete the covered sets that are not the one of the present boxes; all of them when there is no such photo."""
    photo = Photo.get_or_none(Photo.sha256 == sha256)
    kept = photo.mosaic_key if photo is not None else ""
    for size in SIZES:
        for key in files.covered_keys(sha256, size):
            if not kept or key != files.covered_key(sha256, size, kept):
                files.store().delete(key)


def remake(photo: Photo) -> None:
    """Have a covered set made again of which something went missing; until then nothing is shown."""
    Photo.update(is_mosaic_ready=False).where(Photo.id == photo.id, Photo.mosaic_key == photo.mosaic_key).execute()
    begin(photo.sha256)


def picture(sha256: str, size: int) -> bytes:
    """The JPEG that everybody may see, for somebody who cannot wait: covered where there is a mosaic, made if need be.

    Raises:
        NotYet: it cannot be made, in words.
        FileNotFoundError: there is no such photo, or its picture has gone missing.
    """
    uncovered = processing.picture(sha256, size)
    photo = Photo.get_or_none(Photo.sha256 == sha256)
    if photo is None or not photo.mosaic_key:
        return uncovered
    cover(sha256)
    fresh = Photo.get(Photo.sha256 == sha256)
    if not fresh.is_mosaic_ready:
        raise NotYet("photo_pending")
    return files.store().read(files.covered_key(sha256, size, fresh.mosaic_key))


def resume() -> None:
    """Queue again the covered sets whose job was lost, or that waited for the photo to be ready."""
    waiting = Photo.select(Photo.sha256).where(
        Photo.state == READY, Photo.mosaic_key != "", Photo.is_mosaic_ready == False  # noqa: E712
    )  # fmt: skip
    for (sha256,) in waiting.order_by(Photo.id).limit(RESUMED_AT_ONCE).tuples():
        begin(sha256)


def _with_file(sha256: str, size: int, work: Callable[..., Any], *arguments: Any) -> Any:
    """What the work makes of our derivative of this size, in the decoding process."""
    with tempfile.TemporaryDirectory(prefix="fieldwork-") as folder:
        path = Path(folder) / "photo"
        with files.store().open(files.derived_key(sha256, size)) as content, path.open("wb") as file:
            shutil.copyfileobj(content, file)
        return decoding.run(work, path, *arguments)
