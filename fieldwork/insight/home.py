"""What waits for a person, from every room, and what they recorded last: the home page."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from flask import url_for
from peewee import fn

from fieldwork import clock
from fieldwork.briefings.models import Briefing
from fieldwork.cases import labels as case_labels
from fieldwork.cases.models import Case
from fieldwork.cases.queries import with_names
from fieldwork.feedback.models import Feedback
from fieldwork.insight import labels
from fieldwork.intake import queries as intake
from fieldwork.people.models import Unit, User
from fieldwork.photos.models import PhotoLink
from fieldwork.problems import labels as problem_labels
from fieldwork.problems import queries as problems
from fieldwork.problems.deadlines import standing
from fieldwork.problems.models import Problem
from fieldwork.review import queries as review
from fieldwork.visits.models import Visit

SHOWN = 8
RECENT = 5


@dataclass(frozen=True)
class Item:
    """One line of the home page."""

    title: str
    url: str
    meta: str
    stamp: str = ""
    tone: str = "mute"


def todo(user: User) -> list[Item]:
    """What this person is asked to do, the most pressing first within each kind of work."""
    desk = [*_to_review(user), *_to_sign(user), *_to_answer(user), *_to_adopt(user)]
    return [*_to_choose(user), *_problems(user), *_returned(user), *desk]


def recent_visits(user: User) -> list[Item]:
    """The person's last visits, with what was found on them."""
    visits = list(
        Visit.select(Visit, Unit)
        .join(Unit, on=(Visit.unit == Unit.id))
        .where(Visit.author == user.id, Visit.deleted_at.is_null())
        .order_by(Visit.captured_at.desc())
        .limit(RECENT)
    )
    ids = [visit.id for visit in visits]
    found = [_count_by(Problem.visit, ids), _count_by(Case.visit, ids), _photos_by(ids)]
    return [_visit(visit, *(counts.get(visit.id, 0) for counts in found)) for visit in visits]


def _problems(user: User) -> Iterator[Item]:
    for problem in problems.todo_for(user).limit(SHOWN):
        due = standing(problem, clock.today())
        words = labels.due(due.kind, due.working_days)
        tone = labels.DUE_TONES.get(due.kind, "")
        stamp = problem_labels.STATES[problem.state]
        yield Item(
            problem.shown_title,
            url_for("problems.show", uid=problem.uid),
            " · ".join(filter(None, [problem.unit.shown_name, stamp if tone else "", "" if tone else words])),
            words if tone else stamp,
            tone or problem_labels.TONES.get(problem.state, "mute"),
        )


def _returned(user: User) -> Iterator[Item]:
    mine = Case.visible_to(user).where(Case.author == user.id, Case.state == "returned")
    for case in with_names(mine).order_by(Case.id.desc()).limit(SHOWN):
        yield _case(case, "cases.show")


def _to_review(user: User) -> Iterator[Item]:
    for case in review.queue(user, {}).items[:SHOWN]:
        yield _case(case, "review.case")


def _case(case: Case, endpoint: str) -> Item:
    return Item(
        case.shown_title,
        url_for(endpoint, uid=case.uid),
        case.unit.shown_name,
        case_labels.standing(case),
        case_labels.TONES.get(case.state, "mute"),
    )


def _to_sign(user: User) -> Iterator[Item]:
    if user.has_role("leader"):
        for briefing in Briefing.visible_to(user).where(Briefing.state == "to_sign").limit(SHOWN):
            url = url_for("briefings.show", uid=briefing.uid)
            yield Item(briefing.title or briefing.masthead, url, briefing.organ, labels.TO_SIGN, "blue")


def _to_answer(user: User) -> Iterator[Item]:
    if user.has_role("office"):
        for entry in Feedback.visible_to(user).where(Feedback.replied_at.is_null()).order_by(Feedback.id).limit(SHOWN):
            yield Item(
                entry.text[:40], url_for("feedback.show", uid=entry.uid), labels.FEEDBACK, labels.TO_ANSWER, "amber"
            )


def _to_choose(user: User) -> Iterator[Item]:
    count = intake.waiting_conflicts(user)
    if count:
        url = url_for("intake.browse_conflicts")
        yield Item(labels.CONFLICTS, url, labels.CONFLICTS_NOTE, labels.ITEMS.format(count=count), "amber")


def _to_adopt(user: User) -> Iterator[Item]:
    count = intake.waiting_in_box(user)
    if count:
        url = url_for("intake.browse_box")
        yield Item(labels.BOX, url, labels.BOX_NOTE, labels.ITEMS.format(count=count), "amber")


def _count_by(field: Any, ids: list[int]) -> dict[int, int]:
    if not ids:
        return {}
    there = field.in_(ids) & field.model.deleted_at.is_null()
    query = field.model.select(field, fn.COUNT(field.model.id)).where(there).group_by(field)
    return dict(query.tuples())


def _photos_by(ids: list[int]) -> dict[int, int]:
    if not ids:
        return {}
    linked = (PhotoLink.kind == "visit") & PhotoLink.record_id.in_(ids)
    query = PhotoLink.select(PhotoLink.record_id, fn.COUNT(PhotoLink.id)).where(linked).group_by(PhotoLink.record_id)
    return dict(query.tuples())


def _visit(visit: Visit, problems_found: int, cases_found: int, photos: int) -> Item:
    return Item(
        visit.unit.shown_name,
        url_for("visits.show", uid=visit.uid),
        labels.visit_line(visit.captured_local.date(), visit.shown_title, problems_found, cases_found, photos),
        labels.DRAFT if visit.state == "draft" else labels.RECEIVED,
        "amber" if visit.state == "draft" else "green",
    )
