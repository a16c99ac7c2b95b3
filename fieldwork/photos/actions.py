"""What is done with photos: received before all else, then shown by a record. No transaction waits for a decoder."""

import tempfile
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC
from pathlib import Path
from typing import Any

from peewee import IntegrityError
from werkzeug.datastructures import FileStorage

from fieldwork import clock
from fieldwork.core import words
from fieldwork.core.db import transaction
from fieldwork.core.plain import one_line
from fieldwork.errors import NO_ROOM, Conflict, NotFound, Refused, StorageFull, StorageUnavailable
from fieldwork.people.models import User
from fieldwork.photos import expecting, files, keeping, labels, processing
from fieldwork.photos.inspection import Inspected, inspect
from fieldwork.photos.limits import CAPTION_MAX, PHOTOS_MAX
from fieldwork.photos.metadata import Metadata, metadata_of
from fieldwork.photos.models import Photo, PhotoLink, PhotoUpload

TRIES = 2  # what is cleared away at the moment it comes once more is kept anew


@dataclass(frozen=True)
class Received:
    """What became of the files sent, in their order: a photo now held or None; and words for each that was refused."""

    kept: list[Photo | None] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)

    @property
    def photos(self) -> list[Photo]:
        """Those that are held."""
        return [photo for photo in self.kept if photo is not None]


def receive(actor: User, sent: Iterable[FileStorage], room: int = PHOTOS_MAX) -> Received:
    """Keep these files as photos of the person. A file that cannot be kept is told in words and costs no other.

    `room`: how many more the record can show; files beyond are not even opened.

    Raises:
        StorageFull: there is no room left on the disk.
    """
    received = Received()
    for number, file in enumerate(sent, 1):
        if len(received.photos) >= room:
            received.refused.append(labels.NO_MORE.format(number=number, limit=PHOTOS_MAX))
            break
        try:
            received.kept.append(_receive_one(actor, file))
        except Refused as refusal:
            if refusal.status >= 500:
                raise
            received.kept.append(None)
            name = one_line(file.filename or "")[-labels.NAME_MAX :]  # its end tells more of a long one
            received.refused.append(labels.REFUSED.format(number=number, name=name, words=words.of(refusal)))
    return received


def lend(actor: User, sha256: str) -> Photo | None:
    """Let a person attach a photo that is held already, as if they had sent it; None when it was just cleared away."""
    with transaction():
        expecting.serialise(actor)
        photo = keeping.hold_here([sha256]).get(sha256)
        if photo is None:
            return None
        sent, is_new = PhotoUpload.get_or_create(photo=photo, user=actor, defaults={"at": clock.now()})
        if not is_new:  # sent again is needed again: the thirty days begin anew
            PhotoUpload.update(at=clock.now()).where(PhotoUpload.id == sent.id).execute()
        expecting.arrive(actor, photo)
    return photo


def attach(actor: User, record: Any, hashes: list[str], captions: dict[str, str], purpose: str = "shown") -> None:
    """Show these photos with a record, after those it shows already; a photo shown before gets the new caption.

    Raises:
        NotFound: the person has not sent such a photo, so must not learn whether there is one.
        Conflict: the record would show more than 30.
    """
    if not hashes:
        return
    with transaction():
        keeping.hold_here(hashes)
        shown = {link.photo.sha256: link for link in _links(record)}
        sent = {photo.sha256: photo for photo in _sent_by(actor, hashes)}
        fresh = [sha for sha in dict.fromkeys(hashes) if sha not in shown]
        if any(sha not in sent for sha in fresh):
            raise NotFound
        if len(shown) + len(fresh) > PHOTOS_MAX:
            raise Conflict("too_many_photos", limit=PHOTOS_MAX)
        last = max((link.position for link in shown.values()), default=-1)
        for position, sha in enumerate(fresh, last + 1):
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


def detach(record: Any, hashes: Iterable[str], purpose: str = "shown") -> None:
    """Show these photos with the record no more; the photos are kept. Who may do it is asked by the record's room."""
    gone = set(hashes)
    links = [link.id for link in _links(record) if link.photo.sha256 in gone and link.purpose == purpose]
    if links:
        PhotoLink.delete().where(PhotoLink.id.in_(links)).execute()


def receive_file(actor: User, path: Path) -> Photo:
    """Keep the picture in this file as a photo of the person; the file itself stays.

    What is shown of it is made in the background, which is also what proves that it can be shown.

    Raises:
        Refused: it is no picture that can be kept, in words.
        StorageFull: there is no room left.
        StorageUnavailable: it cannot be kept just now.
    """
    looked = inspect(path)
    for _ in range(TRIES):
        _store(actor, looked, path)
        photo = lend(actor, looked.sha256)
        if photo is not None and photo.reason != processing.MISSING:
            return photo
    raise StorageUnavailable


def _receive_one(actor: User, file: FileStorage) -> Photo:
    with tempfile.TemporaryDirectory(prefix="fieldwork-") as folder:
        path = Path(folder) / "photo"  # the name that was sent identifies nothing and leads nowhere
        _save(file, path)
        return receive_file(actor, path)


def _save(file: FileStorage, path: Path) -> None:
    try:
        file.save(path)
    except OSError as problem:
        if problem.errno in NO_ROOM:
            raise StorageFull from problem
        raise


def _store(actor: User, looked: Inspected, path: Path) -> None:
    """Keep the file unless it is held, and have its pictures made."""
    photo = Photo.get_or_none(Photo.sha256 == looked.sha256)
    # a store put back from an older backup lacks some
    if photo is None or processing.is_worth_another_try(photo) or not files.are_held(photo):
        files.store().put(files.original_key(looked.sha256), path)
        processing.begin(photo or _keep_row(actor, looked, metadata_of(path)))


def _keep_row(actor: User, looked: Inspected, said: Metadata) -> Photo:
    """After the files: a row never names a file that is not there."""
    row = Photo(
        sha256=looked.sha256,
        size_bytes=looked.size_bytes,
        mime=looked.mime,
        width=looked.width,
        height=looked.height,
        lat=said.lat,
        lon=said.lon,
        metadata=_facts(said),
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
    zone = clock.local(clock.now()).tzinfo or UTC
    return {"taken_at": said.moment(zone), "taken_offset_min": said.offset_minutes}


def _facts(said: Metadata) -> dict[str, float | str]:
    """What else the camera said, without what it left open."""
    more = {"make": said.make, "model": said.model, "altitude_m": said.altitude, "orientation": said.orientation}
    return said.raw | {name: value for name, value in more.items() if value not in (None, "")}


def _links(record: Any) -> list[PhotoLink]:
    query = PhotoLink.select(PhotoLink, Photo).join(Photo)
    return list(
        query.where(PhotoLink.kind == record.kind, PhotoLink.record_id == record.id).order_by(PhotoLink.position)
    )


def _sent_by(actor: User, hashes: list[str]) -> list[Photo]:
    query = Photo.select(Photo).join(PhotoUpload)
    return list(query.where(PhotoUpload.user == actor.id, Photo.sha256.in_(hashes)))


def _caption(captions: dict[str, str], sha: str) -> str:
    return " ".join(captions.get(sha, "").split())[:CAPTION_MAX]
