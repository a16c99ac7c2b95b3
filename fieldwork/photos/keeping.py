"""Pictures of something that is given out for good: named by photo and mosaic, and kept as they then were."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from uuid import UUID

from fieldwork import clock
from fieldwork.core.db import is_postgresql
from fieldwork.photos.models import KeptMosaic, Photo
from fieldwork.photos.queries import Addressed

UNCOVERED = "0"


def key_of(photo: Addressed, mark: Sequence[str] = ()) -> str:
    """What names the picture as it is covered now: `<sha256>-<mosaic key>`, the latter 0 where nothing is covered; with
    a watermark a digest of its lines follows."""
    key = f"{photo.sha256}-{photo.mosaic_key or UNCOVERED}"
    return f"{key}-{hashlib.sha256(json.dumps(mark).encode()).hexdigest()[:16]}" if mark else key


def parts_of(key: str) -> tuple[str, str | None]:
    """The hash and the mosaic key ("" for nothing covered) a key names; None where it is a hash alone, as in sheets of
    earlier releases: the picture as it is covered now."""
    sha256, *rest = key.split("-")
    if not rest:
        return sha256, None
    mosaic_key = rest[0]
    return sha256, "" if mosaic_key == UNCOVERED else mosaic_key


def hold_still(hashes: Iterable[str]) -> dict[str, Photo]:
    """These photos by hash, as nobody changes them until the transaction under way ends; they can be shown with
    records meanwhile, by somebody who holds the journal for which this transaction still has to wait."""
    return _locked(hashes, "FOR NO KEY UPDATE")


def hold_alone(hashes: Iterable[str]) -> dict[str, Photo]:
    """These photos by hash, to be cleared away: once nobody is changing, sending or attaching them any more, and nobody
    can until the transaction under way ends."""
    return _locked(hashes, "FOR UPDATE")


def hold_here(hashes: Iterable[str]) -> dict[str, Photo]:
    """These photos by hash, as far as they are here; none is cleared away before the transaction under way ends."""
    return _locked(hashes, "FOR KEY SHARE")


def _locked(hashes: Iterable[str], lock: str) -> dict[str, Photo]:
    query = Photo.select().where(Photo.sha256.in_(list(hashes))).order_by(Photo.id)
    found = query.for_update(lock) if is_postgresql() else query  # SQLite admits one writer at a time anyway
    return {photo.sha256: photo for photo in found}


def keep(photos: Iterable[Photo], holder: UUID) -> None:
    """Keep the pictures of these photos as they are covered now; in the transaction that gives them out."""
    for photo in photos:
        if photo.mosaic_key:
            said = {"mosaic": photo.mosaic, "at": clock.now()}
            KeptMosaic.get_or_create(photo=photo, mosaic_key=photo.mosaic_key, holder=holder, defaults=said)


def boxes_of(photo: Photo, mosaic_key: str) -> list[list[float]] | None:
    """The boxes of this mosaic, if it is the present one or one that is kept."""
    if photo.mosaic_key == mosaic_key:
        return list(photo.mosaic)
    kept = KeptMosaic.get_or_none(KeptMosaic.photo == photo, KeptMosaic.mosaic_key == mosaic_key)
    return None if kept is None else list(kept.mosaic)


def keys_wanted(photo: Photo) -> set[str]:
    """The mosaics whose covered sets are to stay: the present one, and those that are kept."""
    kept = KeptMosaic.select(KeptMosaic.mosaic_key).where(KeptMosaic.photo == photo)
    return ({photo.mosaic_key} | {row[0] for row in kept.tuples()}) - {""}
