"""The covered set of a photo with a mosaic: made in the background, swept when boxes change, and printed."""

import logging

from fieldwork.core import jobs
from fieldwork.errors import NotYet
from fieldwork.photos import decoding, files, keeping, pixelating, processing
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
            small = files.store().open(files.derived_key(sha256, SMALL_PX))
            tiny = decoding.run_on(small, pixelating.placeholder)
            Photo.update(placeholder=tiny).where(stands).execute()
        elif not photo.is_mosaic_ready:
            tiny = _put_covered(sha256, photo.mosaic_key, photo.mosaic)
            Photo.update(is_mosaic_ready=True, placeholder=tiny).where(stands).execute()
    except FileNotFoundError:
        log.error("photo.missing", extra={"sha256": sha256})
        processing.make_anew(photo)
        return
    sweep(sha256)


def sweep(sha256: str) -> None:
    """Delete the covered sets that are neither of the present boxes nor kept; all when there is no such photo."""
    there = _covered_of(sha256)
    photo = Photo.get_or_none(Photo.sha256 == sha256)  # after the listing: what is made meanwhile is not in it
    wanted = keeping.keys_wanted(photo) if photo is not None else set()
    stays = {files.covered_key(sha256, size, key) for size in SIZES for key in wanted}
    for key in there:
        if key not in stays:
            files.store().delete(key)


def drop(sha256: str) -> None:
    """Delete all covered sets of a photo, whatever the boxes."""
    for key in _covered_of(sha256):
        files.store().delete(key)


def _covered_of(sha256: str) -> list[str]:
    return [key for size in SIZES for key in files.covered_keys(sha256, size)]


def remake(photo: Photo) -> None:
    """Have a covered set made again of which something went missing; until then nothing is shown."""
    Photo.update(is_mosaic_ready=False).where(Photo.id == photo.id, Photo.mosaic_key == photo.mosaic_key).execute()
    begin(photo.sha256)


def picture(sha256: str, size: int) -> bytes:
    """The JPEG that everybody may see, for somebody who cannot wait: covered where there is a mosaic, made if need be.

    Raises:
        NotYet: it cannot be made, or there is no such photo, in words.
    """
    uncovered = processing.picture(sha256, size)
    photo = Photo.get_or_none(Photo.sha256 == sha256)
    if photo is None or not photo.mosaic_key:
        return uncovered
    cover(sha256)
    fresh = Photo.get(Photo.sha256 == sha256)
    if not fresh.is_mosaic_ready:
        raise NotYet("photo_pending")
    return _read_or_remade(sha256, size, fresh.mosaic_key)


def picture_as(key: str, size: int) -> bytes:
    """The JPEG of a picture named by `keeping.key_of`: covered as it was then, whatever is covered now.

    Raises:
        NotYet: it cannot be made, or nobody knows such a photo or such a mosaic of it any more, in words.
    """
    sha256, mosaic_key = keeping.parts_of(key)
    if mosaic_key is None:
        return picture(sha256, size)
    if not mosaic_key:
        return processing.picture(sha256, size)
    return _read_or_remade(sha256, size, mosaic_key)


def _read_or_remade(sha256: str, size: int, mosaic_key: str) -> bytes:
    covered = files.covered_key(sha256, size, mosaic_key)
    try:
        return files.store().read(covered)
    except FileNotFoundError:
        _remake_kept(sha256, mosaic_key)
        return files.store().read(covered)


def _remake_kept(sha256: str, mosaic_key: str) -> None:
    photo = Photo.get_or_none(Photo.sha256 == sha256)
    boxes = None if photo is None else keeping.boxes_of(photo, mosaic_key)
    if boxes is None:
        raise NotYet("mosaic_changed")
    processing.picture(sha256, SOURCE_PX)  # what it is made of may be missing, too
    _put_covered(sha256, mosaic_key, boxes)


def _put_covered(sha256: str, mosaic_key: str, boxes: list[list[float]]) -> str:
    """Make and store the covered set of these boxes; its placeholder."""
    source = files.store().open(files.derived_key(sha256, SOURCE_PX))
    pictures, tiny = decoding.run_on(source, pixelating.covered, boxes)
    for size, content in pictures.items():
        files.store().put(files.covered_key(sha256, size, mosaic_key), content)
    return str(tiny)


def resume() -> None:
    """Queue again the covered sets whose job was lost, or that waited for the photo to be ready."""
    waiting = Photo.select(Photo.sha256).where(
        Photo.state == READY, Photo.mosaic_key != "", Photo.is_mosaic_ready == False  # noqa: E712
    )  # fmt: skip
    for (sha256,) in waiting.order_by(Photo.id).limit(RESUMED_AT_ONCE).tuples():
        begin(sha256)
