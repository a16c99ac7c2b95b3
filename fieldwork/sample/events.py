"""What happened in the sample municipality, replayed in order of time through the same actions that people use."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

from fieldwork import clock
from fieldwork.cases import actions as cases
from fieldwork.cases.models import Case
from fieldwork.cases.schemas import CaseIn
from fieldwork.cases.states import AUTHORS_MOVES
from fieldwork.cases.states import MOVES as CASE_MOVES
from fieldwork.people.models import Unit, User
from fieldwork.photos.queries import photos_of
from fieldwork.problems import actions as problems
from fieldwork.problems.models import Problem
from fieldwork.problems.schemas import ProblemIn
from fieldwork.problems.states import MOVES as PROBLEM_MOVES
from fieldwork.review import actions as review
from fieldwork.sample import places
from fieldwork.sample.pictures import Album
from fieldwork.visits import actions as visits
from fieldwork.visits.models import Visit
from fieldwork.visits.schemas import VisitIn

STEP = timedelta(minutes=3)


@dataclass(order=True)
class Event:
    """Something somebody did at a moment."""

    at: datetime
    number: int
    do: Callable[[], Any] = field(compare=False)


class Town:
    """The people, units and records made so far, by the keys of the data files."""

    def __init__(self, album: Album) -> None:
        self.album = album
        self.now = clock.now()
        self.users = {user.username: user for user in User.select()}
        self.units = {unit.code: unit for unit in Unit.select()}
        self.records: dict[str, Any] = {}
        self._count = 0

    def event(self, days_ago: float, hour: str, do: Callable[[], Any]) -> Event:
        """An event on that day at that hour (Asia/Shanghai); events of one minute keep the order they were made in."""
        self._count += 1
        day = clock.local(self.now - timedelta(days=days_ago)).replace(second=0, microsecond=0)
        hours, minutes = hour.split(":")
        moment = day.replace(hour=int(hours), minute=int(minutes)).astimezone(UTC)
        return Event(min(moment, self.now - STEP), self._count, do)

    def day(self, days: int) -> str:
        """The date so many days after the stopped clock's today."""
        return (clock.today() + timedelta(days=days)).isoformat()

    def fresh(self, key: str) -> Any:
        """The record of this key as it now stands."""
        record = self.records[key]
        return type(record).get_by_id(record.id)


def replay(events: list[Event], show: Callable[[int, int], None]) -> None:
    """Let everything happen, each at its time."""
    for number, event in enumerate(sorted(events)):
        with clock.at(event.at):
            event.do()
        show(number + 1, len(events))


# --- visits


def visit_events(town: Town) -> Iterator[Event]:
    """One event a visit."""
    for entry in places.data("visits"):
        yield town.event(entry["days_ago"], entry["hour"], partial(_visit, town, entry))


def _visit(town: Town, entry: dict[str, Any]) -> None:
    actor = town.users[entry["author"]]
    unit = town.units[entry["unit"]]
    data = VisitIn.model_validate(
        {
            **_common(town, actor, unit, entry),
            "purpose": entry.get("purpose", ""),
            "participants": entry.get("participants", ""),
            "advice": entry.get("advice", ""),
        }
    )
    town.records[entry["key"]] = visits.record_visit(actor, data)


def _common(town: Town, actor: User, unit: Unit, entry: dict[str, Any]) -> dict[str, Any]:
    near = {} if unit.lat is None else {"lat": unit.lat, "lon": unit.lon, "accuracy_m": 25}
    return {
        "unit": unit.uid,
        "title": entry.get("title", ""),
        "text": entry.get("text", ""),
        "programmes": entry.get("programmes", []),
        "captured_at": clock.local(clock.now()),
        "held": town.album.take(actor, entry.get("photos", 0)),
        "keep_phones": True,
        **near,
    }


# --- problems


def problem_events(town: Town) -> Iterator[Event]:
    """The recording of every problem, then its moves."""
    for entry in places.data("problems"):
        yield town.event(entry["days_ago"], "11:20", partial(_problem, town, entry))
        for number, step in enumerate(entry["path"]):
            hour = f"{14 + number % 4}:{10 + 3 * number:02d}"
            yield town.event(step["days_ago"], hour, partial(_move_problem, town, entry["key"], step))


def _problem(town: Town, entry: dict[str, Any]) -> None:
    actor = town.users[entry["author"]]
    visit = town.records.get(entry.get("visit") or "")
    level = {"town": "township"}.get(entry["level"], entry["level"])
    fields = ("category", "urgency", "raised_by", "cause", "suggestion")
    data = ProblemIn.model_validate(
        {
            **_common(town, actor, town.units[entry["unit"]], entry),
            **{name: entry.get(name) or "" for name in fields},
            "level": level,
            "visit": visit.uid if visit else None,
        }
    )
    town.records[entry["key"]] = problems.record_problem(actor, data)


def _move_problem(town: Town, key: str, step: dict[str, Any]) -> None:
    code = {"send-back": "return", "solve-on-spot": "solve_on_spot"}.get(step["move"], step["move"].replace("-", "_"))
    asks, actor, record = PROBLEM_MOVES[code].asks, town.users[step["by"]], town.fresh(key)
    words = _problem_words(town, step) | {"held": _evidence(town, actor, record, step)}
    said = asks.model_validate(words) if asks else None
    town.records[key] = problems.move(actor, record, code, record.version, said)


def _evidence(town: Town, actor: User, problem: Problem, step: dict[str, Any]) -> list[str]:
    """The photos of what was done, other than those the problem shows already."""
    before = photos_of(problem.kind, [problem.id]).get(problem.id, [])
    return town.album.take_after(actor, [photo.sha256 for photo in before], step.get("photos", 0))


def _problem_words(town: Town, step: dict[str, Any]) -> dict[str, Any]:
    """What a move says, in the field names its schema has."""
    words = {
        **step,
        "keep_phones": True,
        "fixed": "yes" if step.get("fixed") else "no",
        "verdict": step.get("verdict") or "",
    }
    if "lead" in step:
        words["lead_unit"] = town.units[step["lead"]].uid
        words["co_handlers"] = [town.units[code].uid for code in step.get("co", [])]
    if "into" in step:
        words["into"] = town.records[step["into"]].number
    if "review_in_days" in step:
        words["look_again_on"] = town.day(step["review_in_days"])
    due = town.day(step.get("due_in_days", 20))
    return {
        "party": step.get("party") or step.get("reason", ""),
        "comment": step.get("comment", ""),
        "due_on": due,
        "until": due,
        **words,
    }


# --- cases


def case_events(town: Town) -> Iterator[Event]:
    """The writing of every case, then its way through the review."""
    for entry in places.data("cases"):
        yield town.event(entry["days_ago"], "16:05", partial(_case, town, entry))
        for number, step in enumerate(entry["path"]):
            hour = f"{9 + number % 8}:{20 + 3 * number:02d}"
            yield town.event(step["days_ago"], hour, partial(_move_case, town, entry["key"], step))


def _case(town: Town, entry: dict[str, Any]) -> None:
    actor = town.users[entry["author"]]
    fields = ("summary", "background", "effect", "lessons", "conditions", "contact", "case_type")
    found_on = [town.records[key].uid for key in entry.get("visits", []) if isinstance(town.records.get(key), Visit)]
    seen = Problem.visible_to(actor).where(
        Problem.uid.in_([town.records[key].uid for key in entry.get("problems", [])])
    )
    data = CaseIn.model_validate(
        {
            **_common(town, actor, town.units[entry["unit"]], entry),
            **{name: entry.get(name) or "" for name in fields},
            "text": entry["practice"],
            "visits": [uid for uid in found_on if Visit.visible_to(actor).where(Visit.uid == uid).exists()],
            "problems": [problem.uid for problem in seen],
        }
    )
    town.records[entry["key"]] = cases.write_case(actor, data)


def _move_case(town: Town, key: str, step: dict[str, Any]) -> None:
    actor, case = town.users[step["by"]], town.fresh(key)
    if step["move"] == "revise":
        return
    if step["move"] in AUTHORS_MOVES:
        town.records[key] = cases.move(actor, case, step["move"], case.version)
        return
    asks = CASE_MOVES[step["move"]].asks
    words: dict[str, Any] = {**step, "document": step.get("document_no") or ""}
    if "pins" in step:
        words["pins"] = {pin["field"]: pin["comment"] for pin in step["pins"]}
    if "until_in_days" in step:
        words["until"] = town.day(step["until_in_days"])
    town.records[key] = review.decide(
        actor, case, step["move"], case.version, asks.model_validate(words) if asks else None
    )


__all__ = ["Case", "Event", "Town", "case_events", "problem_events", "replay", "visit_events"]
