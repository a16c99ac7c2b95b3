"""What is done with photos: received before anything else, then shown by a record. Nothing is ever decoded in a transaction."""

import tempfile
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, timedelta
from pathlib import Path
from typing import Any

from peewee import IntegrityError
from werkzeug.datastructures import FileStorage

from fieldwork import clock
from fieldwork.core import words
from fieldwork.core.db import transaction
from fieldwork.errors import Conflict, NotFound, Refused
from fieldwork.people.models import User
from fieldwork.photos import files, labels
from fieldwork.photos.derivatives import make_derivatives
from fieldwork.photos.inspection import Inspected, inspect
from fieldwork.photos.limits import PHOTOS_MAX
from fieldwork.photos.metadata import Metadata, metadata_of
from fieldwork.photos.models import Photo, PhotoLink, PhotoUpload


@dataclass(frozen=True)
class Received:
    """What became of the files sent: photos now held, and words for each that was refused."""

    photos: list[Photo] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)


def receive(actor: User, sent: Iterable[FileStorage]) -> Received:
    """Keep these files as photos of the person. A file that cannot be kept is told in words and costs no other.

    Raises:
        StorageFull: there is no room left.
    """
    received = Received()
    for number, file in enumerate(sent, 1):
        try:
            received.photos.append(_receive_one(actor, file))
        except Refused as refusal:
            if refusal.status >= 500:
                raise
            received.refused.append(labels.REFUSED.format(number=number, words=words.of(refusal)))
    return received


def lend(actor: User, sha256: str) -> None:
    """Let a person attach a photo that is held already, as if they had sent it."""
    with transaction():
        PhotoUpload.get_or_create(photo=Photo.get(Photo.sha256 == sha256), user=actor, defaults={"at": clock.now()})


def attach(actor: User, record: Any, hashes: list[str], captions: dict[str, str], purpose: str = "shown") -> None:
    """Show these photos with a record, after those it shows already; a photo shown before gets the new caption.

    Raises:
        NotFound: the person has not sent such a photo, so must not learn whether there is one.
        Conflict: the record would show more than 30.
    """
    if not hashes:
        return
    with transaction():
        shown = {link.photo.sha256: link for link in _links(record)}
        sent = {photo.sha256: photo for photo in _sent_by(actor, hashes)}
        fresh = [sha for sha in dict.fromkeys(hashes) if sha not in shown]
        if any(sha not in sent for sha in fresh):
            raise NotFound
        if len(shown) + len(fresh) > PHOTOS_MAX:
            raise Conflict("too_many_photos", limit=PHOTOS_MAX)
        for position, sha in enumerate(fresh, len(shown)):
            PhotoLink.create(
                kind=record.kind,
                record_id=record.id,
                photo=sent[sha],
                caption=_caption(captions, sha),
                purpose=purpose,
                position=position,
                added_by=actor,
                added_at=clock.now(),
            )
        for sha in set(hashes) & shown.keys() & captions.keys():
            PhotoLink.update(caption=_caption(captions, sha)).where(PhotoLink.id == shown[sha].id).execute()


def detach(actor: User, record: Any, hashes: list[str]) -> None:
    """Show these photos with the record no more. The photos themselves are kept."""
    gone = [link.id for link in _links(record) if link.photo.sha256 in hashes]
    if gone:
        PhotoLink.delete().where(PhotoLink.id.in_(gone)).execute()


def _receive_one(actor: User, file: FileStorage) -> Photo:
    with tempfile.TemporaryDirectory(prefix="fieldwork-") as folder:
        path = Path(folder) / "photo"  # the name that was sent identifies nothing and leads nowhere
        file.save(path)
        looked = inspect(path)
        known = Photo.get_or_none(Photo.sha256 == looked.sha256)
        photo = known or _keep(actor, path, looked, metadata_of(path))
    lend(actor, photo.sha256)
    return photo


def _keep(actor: User, path: Path, looked: Inspected, said: Metadata) -> Photo:
    """The files first, then the row: a row never names a file that is not there."""
    pictures = make_derivatives(path)
    store = files.store()
    store.put(files.original_key(looked.sha256), path)
    for size, picture in pictures.items():
        store.put(files.derived_key(looked.sha256, size), picture)
    row = Photo(
        sha256=looked.sha256,
        size_bytes=looked.size_bytes,
        mime=looked.mime,
        width=looked.width,
        height=looked.height,
        lat=said.lat,
        lon=said.lon,
        metadata=said.raw,
        uploader=actor,
        received_at=clock.now(),
        **_taken(said),
    )
    try:
        with transaction():
            row.save(force_insert=True)
    except IntegrityError:  # the same photo, arriving twice at once
        return Photo.get(Photo.sha256 == looked.sha256)
    return row


def _taken(said: Metadata) -> dict[str, Any]:
    """When it was taken, in UTC; a camera that knows no zone is taken to show the municipality's time."""
    if said.taken_at is None:
        return {}
    if said.offset_minutes is None:
        zone = clock.local(clock.now()).tzinfo
        return {"taken_at": said.taken_at.replace(tzinfo=zone).astimezone(UTC)}
    plain = said.taken_at.replace(tzinfo=None) - timedelta(minutes=said.offset_minutes)
    return {"taken_at": plain.replace(tzinfo=UTC), "taken_offset_min": said.offset_minutes}


def _links(record: Any) -> list[PhotoLink]:
    query = PhotoLink.select(PhotoLink, Photo).join(Photo)
    return list(query.where(PhotoLink.kind == record.kind, PhotoLink.record_id == record.id).order_by(PhotoLink.position))


def _sent_by(actor: User, hashes: list[str]) -> list[Photo]:
    query = Photo.select(Photo).join(PhotoUpload)
    return list(query.where(PhotoUpload.user == actor.id, Photo.sha256.in_(hashes)))


def _caption(captions: dict[str, str], sha: str) -> str:
    return " ".join(captions.get(sha, "").split())[:200]
