"""Two versions of one record beside each other, field by field, and the one that a person makes of both."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from fieldwork.core.schemas import FieldErrors
from fieldwork.intake import wording
from fieldwork.intake.content import body_of, content_of_record, photos_now
from fieldwork.intake.labels import BETWEEN, BOTH, MINE, NOW, PICK_ONE
from fieldwork.intake.models import Submission
from fieldwork.people.models import User
from fieldwork.photos import showing
from fieldwork.photos.models import PENDING, READY, Photo
from fieldwork.photos.queries import stored
from fieldwork.records.schemas import Body

# what a correction leaves as it was first recorded
NEVER_CORRECTED = {
    "visit": frozenset({"visit"}),
    "problem": frozenset({"visit", "captured_at", "solved"}),
    "case": frozenset({"captured_at", "place_note"}),
}
LONG = frozenset("text purpose advice summary background effect lessons conditions cause suggestion".split())
LISTS = frozenset({"programmes", "more_units", "visits", "problems"})


@dataclass(frozen=True)
class Line:
    """One field in both versions, in words. `picks`: what may be chosen; none when both say the same, or no correction
    reaches it."""

    field: str
    name: str
    now: str
    mine: str
    picks: tuple[str, ...] = ()

    @property
    def differs(self) -> bool:
        return self.now != self.mine


@dataclass(frozen=True)
class Picture:
    """A photo of either version; `state` is that of its pictures, "" while it has not arrived."""

    sha256: str
    caption: str
    is_mine: bool
    is_now: bool
    state: str = ""
    mosaic_key: str = ""

    @property
    def is_held(self) -> bool:
        """Whether it has arrived."""
        return self.state != ""

    @property
    def is_pending(self) -> bool:
        """Whether its pictures are being made."""
        return self.state == PENDING

    @property
    def is_ready(self) -> bool:
        """Whether it can be looked at."""
        return self.state == READY


def lines_of(user: User, submission: Submission, record: Any) -> list[Line]:
    """The fields of both versions, in the order of the body; those nobody filled in are left out."""
    now, mine = content_of_record(user, record), submission.body
    found = []
    for field, value in now.items():
        if field == "captured_at" and field in NEVER_CORRECTED[record.kind]:
            continue  # set once, by the clock of one of the phones: no text that anybody would miss
        differs = not _is_same(field, value, mine.get(field))
        old = wording.spoken(user, field, value)
        new = wording.spoken(user, field, mine.get(field)) if differs else old
        if old or new:
            name = wording.name_of(record.kind, field)
            found.append(Line(field, name, old, new, _picks(record.kind, field, value, mine.get(field))))
    return found


def pictures_of(submission: Submission, record: Any) -> list[Picture]:
    """The photos of both, each once: those of the record first."""
    now, mine = photos_now(record), captions_of(submission)
    here = stored({*showing.shown_by(record.kind, record.id), *showing.sent_by(submission.author, [*now, *mine])})
    return [
        Picture(
            sha,
            now.get(sha) or mine.get(sha, ""),
            is_mine=sha in mine,
            is_now=sha in now,
            state=here[sha].state if sha in here else "",
            mosaic_key=here[sha].mosaic_key if sha in here else "",
        )
        for sha in dict.fromkeys([*now, *mine])
    ]


def captions_of(submission: Submission) -> dict[str, str]:
    """The photos of what was sent: captions by sha256."""
    return {photo["sha256"]: photo.get("caption", "") for photo in submission.body.get("photos", [])}


def photos_held(submission: Submission) -> list[Photo]:
    """The photos of what was sent that its author has sent, too, in their order. Others may show them by no more than
    their hash: whoever names a photo has not thereby seen it."""
    listed = list(captions_of(submission))
    held = showing.sent_by(submission.author, listed)
    found = {photo.sha256: photo for photo in Photo.select().where(Photo.sha256.in_(list(held)))} if held else {}
    return [found[sha256] for sha256 in listed if sha256 in found]


def merged(
    user: User, submission: Submission, record: Any, picks: Mapping[str, str], photos: Sequence[str]
) -> tuple[Body | None, FieldErrors]:
    """The body made of both: for every field that differs what was picked, and these of both versions' photos.

    Returns None with the messages by field when a choice is missing, or what comes of it cannot be kept.
    """
    now = content_of_record(user, record)
    values, missing = dict(now), {}
    for field, value in now.items():
        offered = _picks(record.kind, field, value, submission.body.get(field))
        if offered and picks.get(field) not in offered:
            missing[field] = [PICK_ONE]
        elif offered:
            values[field] = _picked(field, picks[field], value, submission.body.get(field))
    if missing:
        return None, missing
    wanted = set(photos)
    shown = [
        {"sha256": one.sha256, "caption": one.caption}
        for one in pictures_of(submission, record)
        if one.sha256 in wanted
    ]
    return body_of(submission, **values, photos=shown, base_version=record.version)


def _picks(kind: str, field: str, now: Any, mine: Any) -> tuple[str, ...]:
    if field in NEVER_CORRECTED[kind] or _is_same(field, now, mine):
        return ()
    return (NOW, MINE, BOTH) if now and mine and field in LONG | LISTS else (NOW, MINE)


def _picked(field: str, pick: str, now: Any, mine: Any) -> Any:
    if pick == BOTH:
        return list(dict.fromkeys([*now, *mine])) if field in LISTS else f"{now}{BETWEEN}{mine}"
    return now if pick == NOW else mine


def _is_same(field: str, now: Any, mine: Any) -> bool:
    if field == "place":
        return mine is None or now == mine  # a correction without a place leaves the place
    if field == "captured_at":
        return bool(mine) and datetime.fromisoformat(now) == datetime.fromisoformat(mine)
    if field in LISTS:
        return set(now) == set(mine or [])
    return (now or "") == (mine or "")
