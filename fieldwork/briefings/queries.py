"""Questions about issues: lists, items, what may be picked, which numbers are next."""

from functools import reduce
from operator import or_
from typing import Any

from peewee import ModelSelect, fn

from fieldwork.briefings.models import Briefing, BriefingItem
from fieldwork.cases.models import Case
from fieldwork.core import searching
from fieldwork.core.paging import Page, page_of
from fieldwork.people.models import Unit, User
from fieldwork.photos.models import Photo, PhotoLink
from fieldwork.photos.queries import photos_of
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


def printable(items: list[BriefingItem], photos: dict[str, Photo]) -> dict[int, list[dict[str, Any]]]:
    """Of the photos chosen for each item, by its id, those that may be printed: published as they are now, and shown by
    the item's record still, whose author may have taken one off since."""
    linked = _linked(items)
    return {
        item.id: [
            entry
            for entry in item.photos
            if (item.item_kind, item.case_id or item.problem_id, entry["sha256"]) in linked
            and photos[entry["sha256"]].is_publishable
        ]
        for item in items
    }


def unpublishable(items: list[BriefingItem], photos: dict[str, Photo]) -> dict[int, int]:
    """How many photos chosen for an item may not be printed, by its id; only items with some."""
    may_be = printable(items, photos)
    return {item.id: count for item in items if (count := len(item.photos) - len(may_be[item.id]))}


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


def left_out(items: list[BriefingItem]) -> dict[int, int]:
    """How many photos of an item's record wait for their check and are not chosen, by its id; only items with some."""
    found: dict[int, int] = {}
    for kind in ("case", "problem"):
        of_kind = {getattr(item, f"{kind}_id"): item for item in items if item.item_kind == kind}
        for record_id, photos in photos_of(kind, of_kind).items() if of_kind else ():
            item = of_kind[record_id]
            chosen = {entry["sha256"] for entry in item.photos}
            count = sum(photo.awaits_check and photo.sha256 not in chosen for photo in photos)
            found |= {item.id: count} if count else {}
    return found


def _linked(items: list[BriefingItem]) -> set[tuple[str, int, str]]:
    """Which of the photos chosen for these items their records show: kind, record id and hash; one query."""
    records = {"case": [item.case_id for item in items], "problem": [item.problem_id for item in items]}
    of_items = [(PhotoLink.kind == kind) & PhotoLink.record_id.in_(ids) for kind, ids in records.items()]
    links = PhotoLink.select(PhotoLink.kind, PhotoLink.record_id, Photo.sha256).join(Photo)
    chosen = chosen_in(items)
    return set(links.where(reduce(or_, of_items), Photo.sha256.in_(chosen)).tuples()) if chosen else set()


def _taken(briefing: Briefing, field: Any) -> ModelSelect:
    """The records already in the issue."""
    return BriefingItem.select(field).where(BriefingItem.briefing == briefing, field.is_null(False))


def _narrowed(query: ModelSelect, table: type[Record], asked: str) -> list:
    found = searching.matching(asked, table.kind) if asked else None
    if found is not None:
        query = query.where(table.id.in_(found))
    with_unit = query.select(table, Unit).join(Unit, on=(table.unit == Unit.id))
    return list(with_unit.order_by(table.id.desc()).limit(CANDIDATES))
