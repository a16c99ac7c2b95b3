"""What is done with an issue: begun, filled, ordered, edited, sent for signing, issued."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from fieldwork import clock, journal
from fieldwork.briefings import compose, labels, queries
from fieldwork.briefings.models import Briefing, BriefingItem
from fieldwork.briefings.schemas import BriefingIn, ItemChosen, ItemIn
from fieldwork.briefings.states import MOVES
from fieldwork.cases.models import Case
from fieldwork.core.db import one_at_a_time, transaction
from fieldwork.errors import Conflict, NotFound, Stale
from fieldwork.people.models import User
from fieldwork.people.policy import require
from fieldwork.photos import keeping
from fieldwork.photos.models import Photo
from fieldwork.photos.queries import ShownPhoto, photos_of
from fieldwork.problems.models import Problem
from fieldwork.records.schemas import sendable

NUMBERS_LOCK = 0x69737375  # any number all processes agree on


def begin(actor: User, data: BriefingIn) -> Briefing:
    """A new issue in draft."""
    require(actor, "briefing.edit")
    with transaction():
        briefing = Briefing.create(author=actor, **data.model_dump())
        journal.write(actor, "briefing.created", briefing, states=("", briefing.state))
    return briefing


def edit(actor: User, briefing: Briefing, seen_version: int, data: BriefingIn) -> Briefing:
    """Change the head and foot of a draft.

    Raises:
        Conflict: it is no draft any more.
        Stale: somebody changed it since.
    """
    require(actor, "briefing.edit", briefing)
    with transaction():
        return _change(actor, briefing, seen_version, "edited", data.model_dump())


def add_item(actor: User, briefing: Briefing, seen_version: int, chosen: ItemChosen) -> BriefingItem:
    """Put a model, a problem or an empty text at the end; its words and photos are copied, to be edited for print.

    Raises:
        NotFound: there is no such record for this person.
        Conflict: it is no model, or no problem in hand or solved; it is in the issue already, or the issue is no draft.
    """
    require(actor, "briefing.edit", briefing)
    words = _words_of(actor, chosen)
    with transaction():
        _change(actor, briefing, seen_version, "item_added", {}, heading=words["heading"])
        taken = BriefingItem.select().where(BriefingItem.briefing == briefing)
        for field in ("case", "problem"):
            if field in words and taken.where(getattr(BriefingItem, field) == words[field]).exists():
                raise Conflict("already_in_issue")
        last = taken.order_by(BriefingItem.position.desc()).first()
        return BriefingItem.create(briefing=briefing, position=last.position + 1 if last else 0, **words)


def edit_item(actor: User, briefing: Briefing, item_uid: UUID, seen_version: int, data: ItemIn) -> Briefing:
    """Change what an item says and which of its photos are printed."""
    require(actor, "briefing.edit", briefing)
    item = item_of(briefing, item_uid)
    captions = {photo.sha256: photo.caption for photo in photos_to_choose(item).shown}
    photos = [{"sha256": sha, "caption": captions[sha]} for sha in data.photos if sha in captions]
    values = {"heading": data.heading, "body": data.body}
    with transaction():
        changed = _change(actor, briefing, seen_version, "item_edited", {}, yours=values, heading=data.heading)
        BriefingItem.update(**values, photos=photos).where(BriefingItem.id == item.id).execute()
    return changed


def move_item(actor: User, briefing: Briefing, item_uid: UUID, seen_version: int, step: str) -> Briefing:
    """Move an item one place up or down; at the end of the list it stays."""
    require(actor, "briefing.edit", briefing)
    with transaction():
        changed = _change(actor, briefing, seen_version, "item_moved", {})
        order = [item.id for item in queries.items_of(briefing)]
        here = order.index(item_of(briefing, item_uid).id)
        there = max(0, min(len(order) - 1, here + (1 if step == "down" else -1)))
        order.insert(there, order.pop(here))
        for position, item_id in enumerate(order):
            BriefingItem.update(position=position).where(BriefingItem.id == item_id).execute()
    return changed


def remove_item(actor: User, briefing: Briefing, item_uid: UUID, seen_version: int) -> Briefing:
    """Take an item out; the record it came from is untouched."""
    require(actor, "briefing.edit", briefing)
    item = item_of(briefing, item_uid)
    with transaction():
        changed = _change(actor, briefing, seen_version, "item_removed", {}, heading=item.heading, body=item.body)
        item.delete_instance()
    return changed


def move(actor: User, briefing: Briefing, code: str, seen_version: int, words: dict[str, Any]) -> Briefing:
    """Ask for the signature, hand back, or issue: take the next numbers and freeze every word and photo.

    Raises:
        Conflict: the issue does not stand where this move starts, or is empty; or a photo is not checked, or no more.
        Stale: somebody changed it since.
    """
    step = MOVES.require(code, briefing)
    require(actor, step.who, briefing)
    with transaction():
        if code == "ask":
            items = queries.items_of(briefing)
            _require_checked(items, queries.photos_by_hash(queries.chosen_in(items)))
        values = _issued(actor, briefing) if code == "issue" else {"state": step.target}
        return _change(actor, briefing, seen_version, code, values, only_draft=False, **words)


def item_of(briefing: Briefing, item_uid: UUID) -> BriefingItem:
    """The item of this issue, or NotFound."""
    item = BriefingItem.get_or_none(briefing=briefing, uid=item_uid)
    if item is None:
        raise NotFound
    return item


@dataclass(frozen=True)
class Choice:
    """The photos an item may be printed with, those chosen before among them; how many of its record's are `left_out`
    because they are not checked, and how many chosen ones the record shows no more."""

    shown: list[ShownPhoto]
    left_out: int
    gone: int


def photos_to_choose(item: BriefingItem) -> Choice:
    """What may be chosen of the photos of the record behind an item: what may be published, and what is chosen."""
    record: Any = item.case or item.problem
    all_of_it = photos_of(record.kind, [record.id]).get(record.id, []) if record is not None else []
    chosen = {entry["sha256"] for entry in item.photos}
    shown = [photo for photo in all_of_it if photo.is_publishable or photo.sha256 in chosen]
    waiting = sum(photo.awaits_check and photo.sha256 not in chosen for photo in all_of_it)
    return Choice(shown, waiting, len(chosen - {photo.sha256 for photo in all_of_it}))


def _words_of(actor: User, chosen: ItemChosen) -> dict[str, Any]:
    if chosen.item_kind == "text":
        heading, body = labels.NEW_TEXT
        return {"item_kind": "text", "heading": heading, "body": body}
    table: Any = Case if chosen.item_kind == "case" else Problem
    record = table.visible_to(actor).where(table.uid == chosen.record).first()
    if record is None:
        raise NotFound
    if record.state not in queries.PRINTED[chosen.item_kind]:
        raise Conflict("not_for_print", title=record.shown_title)
    body = compose.body_of_case(record) if chosen.item_kind == "case" else compose.body_of_problem(record)
    item = BriefingItem(item_kind=chosen.item_kind, **{chosen.item_kind: record})
    return {
        "item_kind": chosen.item_kind,
        chosen.item_kind: record,
        "heading": record.shown_title,
        "body": sendable(body, mask=True),
        "photos": [{"sha256": one.sha256, "caption": one.caption} for one in photos_to_choose(item).shown],
    }


def _issued(actor: User, briefing: Briefing) -> dict[str, Any]:
    one_at_a_time(NUMBERS_LOCK)
    dated = briefing.dated or clock.today()
    issue_no, total_no = queries.next_numbers(briefing.masthead, dated.year)
    briefing.year, briefing.issue_no, briefing.total_no, briefing.dated = dated.year, issue_no, total_no, dated
    items = queries.items_of(briefing)
    for item in items:
        _require_printable(item)
    photos = keeping.hold_still(queries.chosen_in(items))
    _require_checked(items, photos)
    keeping.keep(photos.values(), briefing.uid)
    return {
        "state": "issued",
        "year": dated.year,
        "issue_no": issue_no,
        "total_no": total_no,
        "dated": dated,
        "issued_by": actor,
        "issued_at": clock.now(),
        "frozen": compose.sheet_of(briefing, items, photos).to_data(),
    }


def _require_printable(item: BriefingItem) -> None:
    """What has been revoked or declined since it was picked is not printed without a word."""
    record: Any = item.case or item.problem
    if record is not None and (record.state not in queries.PRINTED[item.item_kind] or record.deleted_at is not None):
        raise Conflict("not_for_print", title=record.shown_title)


def _require_checked(items: list[BriefingItem], photos: dict[str, Photo]) -> None:
    """What may not be published is not left out without a word."""
    lacking = queries.unpublishable(items, photos)
    for item in items:
        if item.id in lacking:
            raise Conflict("photos_unchecked", title=item.heading, count=lacking[item.id])


def _change(
    actor: User,
    briefing: Briefing,
    seen_version: int,
    action: str,
    values: dict[str, Any],
    *,
    only_draft: bool = True,
    yours: dict[str, Any] | None = None,
    **detail: Any,
) -> Briefing:
    if only_draft and not briefing.is_draft:
        raise Conflict("briefing_is_issued" if briefing.is_issued else "not_in_draft")
    seen = (Briefing.id == briefing.id) & (Briefing.version == seen_version) & (Briefing.state == briefing.state)
    written = Briefing.update(**values, version=Briefing.version + 1, updated_at=clock.now()).where(seen).execute()
    fresh = Briefing.get_by_id(briefing.id)
    if not written:
        raise Stale(fresh, yours if yours is not None else {**values, **detail})
    journal.write(actor, f"briefing.{action}", fresh, states=(briefing.state, fresh.state), **detail)
    return fresh
