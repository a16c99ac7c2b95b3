"""What is done to problems: record one, correct one, make one move of the table. One problem at a time, always."""

from typing import Any

from peewee import IntegrityError

from fieldwork import clock
from fieldwork.core.db import transaction
from fieldwork.errors import Conflict, NotFound, Stale
from fieldwork.people import policy
from fieldwork.people.models import User
from fieldwork.photos import actions as photos
from fieldwork.photos import showing
from fieldwork.problems import effects, references
from fieldwork.problems.models import CoHandler, LastNumber, Problem
from fieldwork.problems.schemas import ProblemBody, ProblemIn, Solution
from fieldwork.problems.states import ENDED, MOVES, REPORTED
from fieldwork.records import actions as records
from fieldwork.visits.models import Visit

EVIDENCE = "evidence"
SAID = ("title", "text", "level", "urgency", "raised_by", "cause", "suggestion")

Captions = dict[str, str]
ProblemData = ProblemIn | ProblemBody


def record_problem(actor: User, data: ProblemData, captions: Captions | None = None) -> Problem:
    """Put a problem into the ledger under the next number. The same form sent twice is one problem.

    What was solved on the spot (`data.solved`) is recorded and solved in one go. `data.held`: photos received before.

    Raises:
        Stale: this id was sent before with other content.
    """
    policy.require(actor, "record.create")
    try:
        with transaction():
            return _known(actor, data, captions) or _record(actor, data, captions or {})
    except IntegrityError:  # the same form, arriving twice at once
        known = _known(actor, data, captions)
        if known is None:
            raise
        return known


def correct(
    actor: User, problem: Problem, seen_version: int, data: ProblemData, captions: Captions | None = None
) -> Problem:
    """Change what was recorded; the version before is kept. What has ended stays as it is.

    Raises:
        Stale: somebody changed it since.
    """
    policy.require(actor, "problem.correct", problem)
    yours = references.in_words(actor, data)
    if problem.version != seen_version:
        raise Stale(problem, yours)
    if problem.state in ENDED:
        raise Conflict("ended_is_kept")
    values = _columns(data, _fitting(actor, problem, data)) | data.point()
    gone = showing.taken_off(problem, data)
    taken_off = {"gone": gone} if gone else {}
    with transaction():
        fresh = records.change(actor, problem, seen_version, "corrected", values, yours=yours, **taken_off)
        showing.show(actor, fresh, data, captions)
    return fresh


def move(
    actor: User, problem: Problem, code: str, seen_version: int, data: Any = None, captions: Captions | None = None
) -> Problem:
    """Make one move of the table; `data` is what the move asks. Returns the problem as it then stands.

    Raises:
        Stale: somebody changed it since (also when it has left the state the move starts from).
        Forbidden, Conflict: the person may not, or it does not stand where the move starts.
    """
    asked = MOVES[code]
    yours = references.in_words(actor, data)
    if problem.version != seen_version:
        raise Stale(problem, yours)
    policy.require(actor, asked.who, problem)
    MOVES.require(code, problem)
    named = _fitting(actor, problem, data)
    values = effects.of(code, effects.Act(actor, problem, data, named)) | (
        {"state": asked.target} if asked.target else {}
    )
    with transaction():
        fresh = records.change(actor, problem, seen_version, code, values, yours=yours, **_words(yours, values))
        _set_co_handlers(fresh, named)
        photos.attach(actor, fresh, getattr(data, "held", []), captions or {}, purpose=EVIDENCE)
    return fresh


def _fitting(actor: User, problem: Problem | None, data: Any) -> references.Named:
    """The rows the answer names. Views have asked for objections and shown them; here they are refused."""
    if references.objections(actor, problem, data):
        raise Conflict("answer_unfit")
    return references.named_in(actor, data)


# --- recording


def _known(actor: User, data: ProblemData, captions: Captions | None) -> Problem | None:
    """The problem this form was kept as, if it was sent before; photos that came only now are added to it."""
    known = Problem.get_or_none(Problem.uid == data.id) if data.id else None
    if known is None:
        return None
    if known.author_id != actor.id:
        raise NotFound("id_taken")
    records.refuse_if_gone(known)
    first = records.versions_of(known)[-1].body
    if any(first[name] != value for name, value in _as_first_said(actor, data).items()):
        raise Stale(known, references.in_words(actor, data))
    showing.add(actor, known, data, captions)
    return known


def _as_first_said(actor: User, data: ProblemData) -> dict[str, Any]:
    """What the form says, as the first version of its record would say it."""
    named = references.named_in(actor, data)
    said = {name: getattr(data, name) for name in SAID}
    said |= {f"{name}_id": row and row.id for name in ("unit", "category", "visit") if (row := named.get(name))}
    return said | ({"programmes": data.programmes} if data.programmes else {})


def _record(actor: User, data: ProblemData, captions: Captions) -> Problem:
    named = _fitting(actor, None, data)
    visit = named.get("visit")
    columns = _columns(data, named) | {"visit": visit, "number": _next_number()} | ({"uid": data.id} if data.id else {})
    inherited = _inherited(visit, data) if visit else {}
    problem = Problem(
        state=REPORTED, author=actor, author_unit=actor.unit_id, **columns | inherited | data.point() | data.moment()
    )
    kept = records.keep(actor, problem, number=problem.number)
    showing.show(actor, kept, data, captions)
    return move(actor, kept, "solve_on_spot", kept.version, Solution(done=data.solved)) if data.solved else kept


def _inherited(visit: Visit, data: ProblemData) -> dict[str, Any]:
    """What a problem found on a visit has from it: place, time, and the programmes unless the form names some."""
    same = ["captured_at", "captured_offset_min", "lat", "lon", "accuracy_m"]
    same += ["place_note"] if not data.place_note else []
    same += ["programmes"] if not data.programmes else []
    return {column: getattr(visit, column) for column in same}


def _columns(data: ProblemData, named: references.Named) -> dict[str, Any]:
    unit = named["unit"]
    return {
        "unit": unit,
        "area": unit.area_id,
        "sector": unit.sector_id,
        "unit_type": unit.unit_type_id,
        "title": data.title,
        "text": data.text,
        "programmes": data.programmes,
        "category": named.get("category"),
        "level": data.level,
        "urgency": data.urgency,
        "raised_by": data.raised_by,
        "cause": data.cause,
        "suggestion": data.suggestion,
        "place_note": data.place_note,
    }


def _next_number() -> str:
    """The next number of the year; the row stays locked until the transaction ends, so that none is given twice."""
    year = clock.today().year
    raised = {LastNumber.last: LastNumber.last + 1}
    query = LastNumber.insert(year=year, last=1).on_conflict(conflict_target=[LastNumber.year], update=raised)
    (row,) = query.returning(LastNumber.last).execute()
    return f"WT-{year}-{row.last:04d}"


# --- moving


def _words(said: dict[str, Any], values: dict[str, Any]) -> dict[str, Any]:
    """What the journal keeps of a move: the words given, and the deadline when the move set another."""
    due_on = values.get("due_on")
    return ({"due_on": due_on.isoformat()} if due_on else {}) | said


def _set_co_handlers(problem: Problem, named: references.Named) -> None:
    if "lead_unit" in named:
        CoHandler.delete().where(CoHandler.problem == problem).execute()
        for unit in named.get("co_handlers", []):
            CoHandler.create(problem=problem, unit=unit)
