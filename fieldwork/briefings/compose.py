"""From records to the printed page: what an item says when it is picked, and the sheet of an issue as it stands."""

from typing import Any, TypeAlias

from fieldwork import clock
from fieldwork.briefings import labels
from fieldwork.briefings.models import Briefing, BriefingItem
from fieldwork.briefings.queries import printable
from fieldwork.briefings.sheet import ItemKind, Picture, Sheet, SheetItem, paragraphs_of
from fieldwork.cases.models import Case
from fieldwork.photos import keeping
from fieldwork.photos.models import Photo
from fieldwork.problems.models import Problem
from fieldwork.records.marking import Marks, marks_of

Entries: TypeAlias = dict[int, list[dict[str, Any]]]
"""Photos as an item keeps them (sha256, caption), by the id of the item."""


def body_of_case(case: Case) -> str:
    """The parts of a case under numbered headings; parts that are empty are left out."""
    parts = [(name, getattr(case, field)) for field, name in labels.CASE_PARTS if getattr(case, field)]
    return "\n".join(f"{labels.ORDINALS[n]}{name}\n{text}" for n, (name, text) in enumerate(parts))


def body_of_problem(problem: Problem) -> str:
    """A digest of a problem: what is wrong, why, what was done, and how it stands."""
    parts = [problem.text, problem.cause, problem.done or problem.suggestion, labels.problem_standing(problem)]
    return "\n".join(part for part in parts if part)


def sheet_of(briefing: Briefing, items: list[BriefingItem], photos: dict[str, Photo]) -> Sheet:
    """The issue as it would be printed now, with those of `photos` that may be published; once issued, read `frozen`
    instead (see `standing_sheet`)."""
    shown = printable(items, photos)
    marks = _marks(briefing, items, shown, photos)
    return Sheet(
        masthead=briefing.masthead,
        organ=briefing.organ,
        date=briefing.dated or clock.today(),
        year=briefing.year,
        issue_no=briefing.issue_no,
        total_no=briefing.total_no,
        editors_note=briefing.editors_note,
        items=tuple(_item(item, [_picture(item, entry, photos, marks) for entry in shown[item.id]]) for item in items),
        report_to=briefing.report_to,
        send_to=briefing.send_to,
        distribute_to=briefing.distribute_to,
        copies=briefing.copies,
        internal_notice=labels.INTERNAL,
    )


def _item(item: BriefingItem, pictures: list[Picture]) -> SheetItem:
    return SheetItem(
        kind=_kind(item.item_kind),
        heading=item.heading,
        source_line=_source(item),
        paragraphs=paragraphs_of(item.body),
        pictures=tuple(pictures),
    )


def _kind(kind: str) -> ItemKind:
    return "case" if kind == "case" else "problem" if kind == "problem" else "text"


def _source(item: BriefingItem) -> str:
    record = item.case if item.case_id else item.problem if item.problem_id else None
    return record.unit.name if record else ""


def _picture(item: BriefingItem, entry: dict[str, Any], photos: dict[str, Photo], marks: Marks) -> Picture:
    photo, mark = photos[entry["sha256"]], marks.get((item.id, entry["sha256"]), ())
    return Picture(keeping.key_of(photo, mark), entry.get("caption", ""), photo.width, photo.height, mark)


def _marks(briefing: Briefing, items: list[BriefingItem], shown: Entries, photos: dict[str, Photo]) -> Marks:
    """The watermarks by item id and hash, as the issue wants them."""
    found: Marks = {}
    for kind in ("case", "problem"):
        of_kind = {getattr(item, f"{kind}_id"): item for item in items if item.item_kind == kind}
        asked = {key: [photos[entry["sha256"]] for entry in shown[item.id]] for key, item in of_kind.items()}
        lines = marks_of(kind, asked, briefing.watermark)
        found |= {(of_kind[record_id].id, sha256): mark for (record_id, sha256), mark in lines.items()}
    return found
