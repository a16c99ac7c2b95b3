"""The ledger as a spreadsheet: read in chunks, written to a file, handed out only when it is whole."""

import tempfile
from collections.abc import Iterator
from typing import Any, BinaryIO

from peewee import ModelSelect

from fieldwork import clock, journal
from fieldwork.core.hanzi.masking import mask_phones_in
from fieldwork.journal import AuditEntry
from fieldwork.people import policy
from fieldwork.people.models import Term, Unit, User
from fieldwork.problems import labels, states
from fieldwork.problems.deadlines import standing
from fieldwork.problems.ledger_counts import Standing
from fieldwork.problems.ledger_xlsx import LedgerHead, LedgerRow, write_ledger
from fieldwork.problems.listing import Asked, listing
from fieldwork.problems.models import CoHandler, Problem

CHUNK = 1000
STANDINGS: dict[str, Standing] = {states.CLOSED: "closed", states.LONG_TERM: "parked"}


def export_ledger(actor: User, asked: Asked, organ: str) -> BinaryIO:
    """The problems the person sees and asks for, oldest first, in an open temporary file. Leaves a journal line."""
    policy.require(actor, "ledger.export")
    file = tempfile.TemporaryFile(suffix=".xlsx")  # noqa: SIM115 (whoever sends it closes it)
    write_ledger(ledger_rows(actor, asked), _head(organ), file)
    file.seek(0)
    journal.write(actor, "problem.exported", filters=dict(asked))
    return file


def ledger_rows(user: User, asked: Asked) -> Iterator[LedgerRow]:
    """The rows of the ledger, a chunk in memory at a time."""
    programmes = _names("programme")
    for chunk in _chunks(_with_names(listing(user, asked).query)):
        helpers, progress = _helpers(chunk), _last_words(chunk)
        for problem in chunk:
            yield _row(problem, programmes, helpers.get(problem.id, ()), progress.get(problem.uid, ""))


def _chunks(query: ModelSelect) -> Iterator[list[Problem]]:
    after = 0
    while chunk := list(query.where(Problem.id > after).order_by(Problem.id).limit(CHUNK)):
        yield chunk
        after = chunk[-1].id


def _with_names(query: ModelSelect) -> ModelSelect:
    area, category, lead = Term.alias("area"), Term.alias("category"), Unit.alias("lead")
    query = query.select(Problem, Unit, area, category, lead).join(Unit, on=(Problem.unit == Unit.id))
    query = query.switch(Problem).left_outer_join(area, on=(Problem.area == area.id), attr="area")
    query = query.switch(Problem).left_outer_join(category, on=(Problem.category == category.id), attr="category")
    return query.switch(Problem).left_outer_join(lead, on=(Problem.lead_unit == lead.id), attr="lead_unit")


def _helpers(chunk: list[Problem]) -> dict[int, tuple[str, ...]]:
    ids = [problem.id for problem in chunk]
    rows = CoHandler.select(CoHandler, Unit).join(Unit).where(CoHandler.problem.in_(ids)).order_by(CoHandler.id)
    found: dict[int, tuple[str, ...]] = {}
    for row in rows:
        found[row.problem_id] = (*found.get(row.problem_id, ()), row.unit.name)
    return found


def _last_words(chunk: list[Problem]) -> dict[Any, str]:
    """What was last said of the progress of each problem, by uid."""
    uids = [problem.uid for problem in chunk]
    said = AuditEntry.select(AuditEntry.subject_uid, AuditEntry.detail).where(
        AuditEntry.subject_uid.in_(uids), AuditEntry.action == "problem.progress"
    )
    return {uid: detail.get("comment", "") for uid, detail in said.order_by(AuditEntry.id).tuples()}


def _row(problem: Problem, programmes: dict[str, str], helpers: tuple[str, ...], progress: str) -> LedgerRow:
    return LedgerRow(
        number=problem.number,
        area=problem.area.name if problem.area_id else "",
        unit=problem.unit.name,
        programmes=tuple(programmes.get(code, code) for code in problem.programmes),
        found_on=clock.local(problem.captured_at).date(),
        category=problem.category.name if problem.category_id else "",
        description=problem.text or problem.title,
        lead_unit=problem.lead_unit.name if problem.lead_unit_id else "",
        co_units=helpers,
        person=mask_phones_in(problem.lead_unit.contact) if problem.lead_unit_id else "",
        measure=problem.done or problem.suggestion,
        due_on=problem.due_on,
        progress=progress or labels.STATES[problem.state],
        standing=STANDINGS.get(problem.state, "open"),
        closed_on=clock.local(problem.closed_at).date() if problem.closed_at else None,
        verdict=labels.VERDICTS.get(problem.verdict, ""),
        note=_note(problem),
    )


def _note(problem: Problem) -> str:
    if problem.state in (states.MERGED, states.DECLINED, states.ON_THE_SPOT):
        return labels.STATES[problem.state]
    return labels.OVERDUE if standing(problem, clock.today()).kind == "overdue" else ""


def _head(organ: str) -> LedgerHead:
    areas, categories = _names("area"), _names("category")
    return LedgerHead(organ, clock.today(), areas=tuple(areas.values()), categories=tuple(categories.values()))


def _names(kind: str) -> dict[str, str]:
    terms = Term.select().where(Term.kind == kind).order_by(Term.position, Term.id)
    return {term.code: term.name for term in terms}
