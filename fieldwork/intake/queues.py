"""What an exported queue would do, and the doing of it: by the path that phones take, once for every content."""

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from peewee import fn

from fieldwork.core import words
from fieldwork.core.db import database, transaction
from fieldwork.core.hanzi.cleaning import clean
from fieldwork.core.hanzi.sending import sendable
from fieldwork.core.schemas import FieldErrors, read
from fieldwork.drafts.schemas import DraftIn
from fieldwork.errors import Conflict, Invalid, NotFound, Refused
from fieldwork.intake import archive, labels, wording
from fieldwork.intake.actions import Taken, take
from fieldwork.intake.archive import Damaged, Queue
from fieldwork.intake.kinds import KINDS
from fieldwork.intake.models import BOX, UNKNOWN_OWNER, Submission
from fieldwork.intake.receipts import content_of, hash_of
from fieldwork.people.models import User
from fieldwork.people.policy import require
from fieldwork.photos import actions as photos
from fieldwork.records import drafts
from fieldwork.records.schemas import Body

ORDER = list(KINDS)  # problems and cases name visits, which may lie beside them


@dataclass(frozen=True)
class Line:
    """What becomes of one record: `outcome` is a key of labels.OUTCOMES, `said` the words to what is wrong."""

    number: int
    kind: str
    title: str
    outcome: str
    said: str = ""
    listed: int = 0
    here: int = 0


@dataclass(frozen=True)
class Report:
    """What becomes of the file: a line a record in the order of the file, and the photos that cannot be taken."""

    owner: User | None
    author: User
    lines: list[Line]
    photos: list[str]
    refused: dict[str, str] = field(default_factory=dict)

    def count(self, outcome: str) -> int:
        return sum(line.outcome == outcome for line in self.lines)


def preview(actor: User, path: Path) -> Report:
    """What the import would do: it is done, and undone.

    Raises:
        archive.Unfit: the file cannot be taken at all.
    """
    require(actor, "intake.adopt")
    queue = archive.queue_of(path)
    refused = {sha: said for sha in queue.photos if (said := _damage(path, sha))}
    with database.atomic() as everything:
        report = _report(actor, queue, refused)
        everything.rollback()
    return report


def import_queue(actor: User, path: Path) -> Report:
    """Take all that can be taken, the photos first; each record stands for itself, so that one bad one stops no other.

    Raises:
        archive.Unfit: the file cannot be taken at all.
        StorageFull: there is no room; what was taken is taken, and the file can be imported again.
    """
    require(actor, "intake.adopt")
    queue = archive.queue_of(path)
    owner = _owner(queue) or actor
    refused = {sha: said for sha in queue.photos if (said := _receive(owner, path, sha))}
    return _report(actor, queue, refused)


def _report(actor: User, queue: Queue, refused: dict[str, str]) -> Report:
    owner = _owner(queue)
    author = owner or actor
    here = set(queue.photos) - refused.keys()
    lines = [
        _with_photos(_line(actor, author, number, content, UNKNOWN_OWNER if owner is None else ""), content, here)
        for number, content in _in_order(queue.records)
    ]
    lines += [_draft_line(owner, number, content) for number, content in enumerate(queue.drafts, len(lines) + 1)]
    return Report(owner, author, sorted(lines, key=lambda line: line.number), queue.photos, refused)


def _line(actor: User, author: User, number: int, content: Any, box: str) -> Line:
    """Take one record, and say what became of it."""
    if not isinstance(content, dict):
        return Line(number, "", labels.UNTITLED, "wrong", labels.NO_RECORD)
    kind = content.get("kind")
    title = _title(content)
    if not isinstance(kind, str) or kind not in KINDS:
        return Line(number, "", title, "wrong", labels.NO_SUCH_KIND)
    body, errors = read(KINDS[kind].body, content)
    if body is None:
        return Line(number, kind, title, "wrong", _told(kind, errors))
    try:
        return Line(number, kind, title, _outcome(actor, author, kind, body, box))
    except Invalid as refusal:
        return Line(number, kind, title, "wrong", _told(kind, refusal.errors))
    except Refused as refusal:
        if refusal.status >= 500:
            raise
        said = labels.MAY_NOT_CHANGE if refusal.reason == "not_yours_to_do" else words.of(refusal)
        return Line(number, kind, title, "wrong", said)


def _draft_line(owner: User | None, number: int, content: Any) -> Line:
    """Keep one draft for whoever was writing it; nobody else may read it."""
    draft, errors = read(DraftIn, content if isinstance(content, dict) else {})
    uid = archive.uid_in(content.get("id")) if isinstance(content, dict) else None
    if draft is None or uid is None:
        return Line(number, "", labels.UNTITLED, "wrong", _told("visit", errors) or labels.NO_RECORD)
    if owner is None:
        return Line(number, draft.kind, labels.UNTITLED, "wrong", labels.DRAFT_OF_NOBODY)
    try:
        drafts.keep(owner, uid, draft.kind, draft.fields)
    except Conflict as refusal:
        outcome = "here" if refusal.reason == "draft_recorded" else "wrong"
        return Line(number, draft.kind, labels.DRAFT, outcome, words.of(refusal))
    except NotFound as refusal:
        return Line(number, draft.kind, labels.DRAFT, "wrong", words.of(refusal))
    return Line(number, draft.kind, labels.DRAFT, "draft")


def _outcome(actor: User, author: User, kind: str, body: Body, box: str) -> str:
    if box and _is_boxed(body):
        return "here"
    last = Submission.select(fn.MAX(Submission.id)).scalar() or 0
    with transaction():
        taken = take(author, kind, body, imported_by=actor, box=box)
    return "here" if taken.submission.id <= last else _become(taken)


def _become(taken: Taken) -> str:
    if taken.is_set_aside:
        return "conflict"
    if taken.submission.reason in BOX:
        return "box"
    return "new" if taken.is_new else "changed"


def _is_boxed(body: Body) -> bool:
    """Whether the same content of an owner nobody knows came before, whoever imported it then."""
    same = (Submission.record_uid == body.id) & (Submission.content_hash == hash_of(content_of(body)))
    return Submission.select().where(same, Submission.reason == UNKNOWN_OWNER).exists()


def _with_photos(line: Line, content: Any, here: set[str]) -> Line:
    listed = content.get("photos") if isinstance(content, dict) else None
    hashes = (
        {str(photo.get("sha256")) for photo in listed if isinstance(photo, dict)} if isinstance(listed, list) else set()
    )
    return replace(line, listed=len(hashes), here=len(hashes & here))


def _in_order(records: list[Any]) -> Iterator[tuple[int, Any]]:
    """The records with their numbers in the file, visits before what names them."""

    def place(numbered: tuple[int, Any]) -> int:
        kind = numbered[1].get("kind") if isinstance(numbered[1], dict) else None
        return ORDER.index(kind) if kind in ORDER else len(ORDER)

    return iter(sorted(enumerate(records, 1), key=place))


def _title(content: dict[str, Any]) -> str:
    """What the record is called here; what must not be sent is not shown either."""
    try:
        for name in ("title", "text"):
            sendable(clean(str(content.get(name) or "")), mask=True)
    except ValueError:
        return labels.UNSENDABLE
    return wording.title_of(content)


def _told(kind: str, errors: FieldErrors) -> str:
    parts = []
    for name, said in errors.items():
        shown = wording.name_of(kind, name.partition(".")[0])
        parts.append(f"{shown}{labels.COLON}{labels.SEMICOLON.join(said)}")
    return labels.SEMICOLON.join(parts)


def _owner(queue: Queue) -> User | None:
    """Whose phone it was; None when no such person is known here."""
    found: User | None = User.get_or_none(User.uid == queue.owner) if queue.owner else None
    return found


def _damage(path: Path, sha256: str) -> str:
    """What is wrong with a photo of the file before it is opened as a picture; empty when nothing is."""
    try:
        archive.copy_photo(path, sha256)
    except Damaged as damage:
        return labels.PHOTO_DIFFERS if damage.differs else labels.PHOTO_UNREADABLE
    return ""


def _receive(owner: User, path: Path, sha256: str) -> str:
    """Keep a photo as its owner's; returns why it cannot be kept, in words."""
    with tempfile.TemporaryDirectory(prefix="fieldwork-") as folder:
        picture = Path(folder) / "photo"
        try:
            with picture.open("wb") as file:
                archive.copy_photo(path, sha256, file)
            photos.receive_file(owner, picture)
        except Damaged as damage:
            return labels.PHOTO_DIFFERS if damage.differs else labels.PHOTO_UNREADABLE
        except Refused as refusal:
            if refusal.status >= 500:
                raise
            return words.of(refusal)
    return ""
