"""HTTP of 待认领: what came from accounts out of use or named a unit nobody knows; the office makes records of it."""

from typing import Any
from uuid import UUID

from flask import flash, request, url_for

from fieldwork import journal
from fieldwork.core.schemas import FieldErrors, read
from fieldwork.errors import Invalid, NotFound, Stale
from fieldwork.intake import adopting, comparing, labels, queries, wording
from fieldwork.intake.conflicts import SHOWN_AT
from fieldwork.intake.models import BOX, Submission
from fieldwork.intake.room import room
from fieldwork.intake.schemas import Adoption, Refusal
from fieldwork.people.sessions import person
from fieldwork.people.units.queries import unit_choices
from fieldwork.photos.routes import derivative
from fieldwork.web import allow, go_to, page, visible


def _boxed(uid: UUID) -> Submission:
    submission: Submission = visible(Submission)(uid)
    if submission.reason not in BOX:
        raise NotFound
    return submission


@room.get("/box/", endpoint="browse_box")
@allow("intake.adopt")
def browse() -> Any:
    state = request.args.get("state", "")
    found = queries.box(person(), state, request.args.get("cursor"))
    following = url_for("intake.browse_box", state=state or None, cursor=found.next) if found.next else None
    return page(
        "intake/box.html",
        "intake/_box.html",
        found=found,
        state=state,
        title_of=wording.title_of,
        next_url=following,
    )


@room.get("/box/<uuid:uid>", endpoint="show_boxed")
@allow("intake.adopt", load=_boxed)
def show(submission: Submission) -> Any:
    return _shown(submission)


@room.get("/box/<uuid:uid>/photos/<string(length=64):sha256>", endpoint="boxed_photo")
@allow("intake.adopt", load=_boxed)
def photo(submission: Submission, sha256: str) -> Any:
    held = {one.sha256: one for one in comparing.photos_held(submission)}
    if sha256 not in held:
        raise NotFound
    answer = derivative(held[sha256], request.args.get("size", "320"))
    answer.headers["Cache-Control"] = "private, no-cache"  # its address stays the same when a mosaic is added
    return answer


@room.post("/box/<uuid:uid>/adoption", endpoint="adopt")
@allow("intake.adopt", load=_boxed)
def adopt(submission: Submission) -> Any:
    said, errors = read(Adoption, request.form)
    if "find" in request.form:
        return _shown(submission)
    if said is None:
        return _shown(submission, errors, 422)
    try:
        kept = adopting.adopt(person(), submission, said, request.form.get("seen", 0, int))
    except Invalid as refusal:
        return _shown(submission, refusal.errors, refusal.status)
    except Stale as refusal:
        return _shown(submission, {"": [labels.MOVED_ON]}, refusal.status)
    flash(labels.ADOPTED.format(kind=labels.KINDS[kept.kind]), "green")
    return go_to(SHOWN_AT[kept.kind], uid=kept.uid)


@room.post("/box/<uuid:uid>/refusal", endpoint="refuse")
@allow("intake.adopt", load=_boxed)
def refuse(submission: Submission) -> Any:
    said, errors = read(Refusal, request.form)
    if said is None:
        return _shown(submission, errors, 422)
    adopting.refuse(person(), submission, said)
    flash(labels.REFUSED, "amber")
    return go_to("intake.browse_box")


def _shown(submission: Submission, errors: FieldErrors | None = None, status: int = 200) -> Any:
    form = request.form if "unit" in request.form or "find" in request.form else {"unit": submission.body["unit"]}
    chosen, units = unit_choices(person(), form, "unit")
    listed = comparing.captions_of(submission)
    held = [one.sha256 for one in comparing.photos_held(submission)]
    record = queries.record_of(person(), submission)
    return page(
        "intake/boxed.html",
        "intake/_boxed.html",
        status,
        submission=submission,
        title=wording.title_of(submission.body),
        kept=wording.said(person(), submission.body, submission.record_kind),
        pictures=[_picture(submission, sha256, listed[sha256]) for sha256 in held],
        missing=len(listed) - len(held),
        record=record,
        record_url=url_for(SHOWN_AT[record.kind], uid=record.uid) if record is not None else None,
        acts=journal.history(submission.uid),
        chosen=chosen,
        units=units,
        form=request.form,
        errors=errors or {},
    )


def _picture(submission: Submission, sha256: str, caption: str) -> dict[str, str]:
    at = {size: url_for("intake.boxed_photo", uid=submission.uid, sha256=sha256, size=size) for size in (320, 1280)}
    return {"url": at[320], "large": at[1280], "alt": caption, "caption": caption}
