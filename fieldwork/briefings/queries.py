"""Questions about issues: lists, items, what may be picked, which numbers are next."""

from typing import Any

from peewee import ModelSelect, fn

from fieldwork.briefings.models import Briefing, BriefingItem
from fieldwork.cases.models import Case
from fieldwork.core import searching
from fieldwork.core.paging import Page, page_of
from fieldwork.people.models import Unit, User
from fieldwork.photos.models import Photo
from fieldwork.problems.models import Problem
from fieldwork.records.models import Record

CANDIDATES = 12
DIGESTED_STATES = ("assigned", "resolved", "closed", "on_the_spot", "long_term")
PRINTED = {"case": ("promoted", "archived"), "problem": DIGESTED_STATES}


def issues(user: User, state: str | None, cursor: str | None) -> Page:
    """The issues this person may read, newest first."""
    query = Briefing.visible_to(user)
    if state:
        query = query.where(Briefing.state == state)
    return page_of(query, Briefing.id, cursor)


def items_of(briefing: Briefing) -> list[BriefingItem]:
    """The items in their order, with the records and units they come from."""
    case_unit, problem_unit = Unit.alias(), Unit.alias()
    query = (
        BriefingItem.select(BriefingItem, Case, Problem, case_unit, problem_unit)
        .left_outer_join(Case)
        .left_outer_join(case_unit, on=(Case.unit == case_unit.id), attr="unit")
        .switch(BriefingItem)
        .left_outer_join(Problem)
        .left_outer_join(problem_unit, on=(Problem.unit == problem_unit.id), attr="unit")
        .where(BriefingItem.briefing == briefing)
    )
    return list(query.order_by(BriefingItem.position, BriefingItem.id))


def models_to_pick(user: User, briefing: Briefing, asked: str) -> list[Case]:
    """Models not yet in the issue, newest first; those that match, when something is asked for."""
    taken = _taken(briefing, BriefingItem.case)
    query = Case.visible_to(user).where(Case.state == "promoted", Case.id.not_in(taken))
    return _narrowed(query, Case, asked)


def problems_to_pick(user: User, briefing: Briefing, asked: str) -> list[Problem]:
    """Problems in hand or solved, not yet in the issue, newest first; those that match, when something is asked for."""
    taken = _taken(briefing, BriefingItem.problem)
    query = Problem.visible_to(user).where(Problem.state.in_(DIGESTED_STATES), Problem.id.not_in(taken))
    return _narrowed(query, Problem, asked)


def chosen_in(items: list[BriefingItem]) -> set[str]:
    """The hashes of the photos that are to be printed with these items."""
    return {entry["sha256"] for item in items for entry in item.photos}


def unpublishable(items: list[BriefingItem], photos: dict[str, Photo]) -> dict[int, int]:
    """How many photos chosen for an item may not be published as they are now, by its id; only items with some."""
    counts = {item.id: sum(not may_be_printed(entry["sha256"], photos) for entry in item.photos) for item in items}
    return {item_id: count for item_id, count in counts.items() if count}


def may_be_printed(sha256: str, photos: dict[str, Photo]) -> bool:
    """Whether the photo is there and may be published as it is now."""
    return sha256 in photos and photos[sha256].is_publishable


def photos_by_hash(hashes: set[str]) -> dict[str, Photo]:
    """The photos of these hashes."""
    return {photo.sha256: photo for photo in Photo.select().where(Photo.sha256.in_(list(hashes)))} if hashes else {}


def next_numbers(masthead: str, year: int) -> tuple[int, int]:
    """The next number in the year and the next in all, for issues under this masthead."""
    ours = Briefing.select().where(Briefing.masthead == masthead)
    in_year = ours.where(Briefing.year == year).select(fn.MAX(Briefing.issue_no)).scalar()
    in_all = ours.select(fn.MAX(Briefing.total_no)).scalar()
    return (in_year or 0) + 1, (in_all or 0) + 1


def last_issue() -> Briefing | None:
    """The issue made last, whose head and foot a new one begins with."""
    return Briefing.select().order_by(Briefing.id.desc()).first()


def _taken(briefing: Briefing, field: Any) -> ModelSelect:
    """The records already in the issue."""
    return BriefingItem.select(field).where(BriefingItem.briefing == briefing, field.is_null(False))


def _narrowed(query: ModelSelect, table: type[Record], asked: str) -> list:
    found = searching.matching(asked, table.kind) if asked else None
    if found is not None:
        query = query.where(table.id.in_(found))
    with_unit = query.select(table, Unit).join(Unit, on=(table.unit == Unit.id))
    return list(with_unit.order_by(table.id.desc()).limit(CANDIDATES))
