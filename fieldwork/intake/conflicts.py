"""HTTP of two texts of one record: what waits for a choice, both side by side, and the choice."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import flash, request, url_for

from fieldwork import journal
from fieldwork.core.schemas import FieldErrors
from fieldwork.errors import Invalid, NotFound, Stale
from fieldwork.intake import comparing, labels, queries, settling, wording
from fieldwork.intake.models import CONFLICTS, Submission
from fieldwork.intake.room import room
from fieldwork.people.sessions import person
from fieldwork.web import allow, go_to, is_htmx, page, seen_version, visible

SHOWN_AT = {"visit": "visits.show", "problem": "problems.show", "case": "cases.show"}


@dataclass(frozen=True)
class Pair:
    """What somebody sent, and its record as it stands; None when it does not exist for them any more.

    It has no version of its own: that of the record is looked at when the choice is made.
    """

    submission: Submission
    record: Any

    @property
    def author_id(self) -> int:
        return self.submission.author_id


def _pair(uid: UUID) -> Pair:
    submission = visible(Submission)(uid)
    if submission.reason not in CONFLICTS:
        raise NotFound
    return Pair(submission, queries.record_of(person(), submission))


@room.get("/conflicts/", endpoint="browse_conflicts")
@allow("member")
def browse() -> Any:
    state = request.args.get("state", "")
    found = queries.conflicts(person(), state, request.args.get("cursor"))
    following = url_for("intake.browse_conflicts", state=state or None, cursor=found.next) if found.next else None
    return page(
        "intake/conflicts.html",
        "intake/_conflicts.html",
        found=found,
        state=state,
        title_of=wording.title_of,
        next_url=following,
    )


@room.get("/conflicts/<uuid:uid>", endpoint="show_conflict")
@allow("record.edit", load=_pair)
def show(pair: Pair) -> Any:
    return _shown(pair)


@room.get("/conflicts/<uuid:uid>/photos", endpoint="conflict_photos")
@allow("record.edit", load=_pair)
def photos(pair: Pair) -> Any:
    """The pictures that are made by now, each for its place; without htmx, the page."""
    if not is_htmx():
        return go_to("intake.show_conflict", uid=pair.submission.uid)
    return page("intake/_pictures.html", **_pictured(pair), look=request.args.get("look", 0, int), is_answer=True)


@room.post("/conflicts/<uuid:uid>/choice", endpoint="choose")
@allow("record.edit", load=_pair)
def choose(pair: Pair) -> Any:
    if "keep" in request.form:
        settling.keep_current(person(), pair.submission, pair.record)
        flash(labels.CURRENT_KEPT, "green")
        return _onward(pair)
    seen = seen_version()
    try:
        photos = request.form.getlist("photos")
        settling.choose(person(), pair.submission, pair.record, seen, request.form, photos)
    except Invalid as refusal:
        return _shown(pair, refusal.errors, refusal.status)
    except Stale as refusal:
        return _shown(Pair(pair.submission, refusal.record), {"": [labels.MOVED_ON]}, refusal.status)
    flash(labels.CHOSEN, "green")
    return _onward(pair)


def _onward(pair: Pair) -> Any:
    if pair.record is None:
        return go_to("intake.browse_conflicts")
    return go_to(SHOWN_AT[pair.record.kind], uid=pair.record.uid)


def _shown(pair: Pair, errors: FieldErrors | None = None, status: int = 200) -> Any:
    """Both versions; what was picked so far stays picked."""
    submission, record = pair.submission, pair.record
    return page(
        "intake/conflict.html",
        "intake/_conflict.html",
        status,
        **_pictured(pair),
        record=record,
        record_url=url_for(SHOWN_AT[record.kind], uid=record.uid) if record is not None else None,
        title=wording.title_of(submission.body),
        last=journal.last_of(record.uid) if record is not None else None,
        lines=comparing.lines_of(person(), submission, record) if record is not None else [],
        kept=wording.said(person(), submission.body, submission.record_kind),
        picked=request.form,
        errors=errors or {},
    )


def _pictured(pair: Pair) -> dict[str, Any]:
    """Whether the two can be made one, and the photos that are shown: of both then, else the author's own."""
    submission, record = pair.submission, pair.record
    is_open = submission.settled_at is None
    can_merge = is_open and settling.can_merge(person(), submission, record)
    pictures = comparing.pictures_of(submission, record) if is_open and record is not None else []
    shown = [one for one in pictures if can_merge or (one.is_mine and one.is_held)]
    return {"submission": submission, "can_merge": can_merge, "pictures": shown}
