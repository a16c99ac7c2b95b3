"""HTTP of the moves: for each one of the table a page with its form, and the place the form is sent to."""

from typing import Any
from uuid import UUID

from flask import Response, flash, request
from flask_login import current_user

from fieldwork.core.moves import Move
from fieldwork.core.schemas import FieldErrors, read
from fieldwork.people.units.queries import Option, unit_options
from fieldwork.problems import actions, labels, pictures, queries, references
from fieldwork.problems.models import Problem
from fieldwork.problems.room import room
from fieldwork.problems.states import MOVES
from fieldwork.web import allow, go_to, page, seen_version, visible


def _view(move: Move) -> Any:
    @allow(move.who, load=pictures.room_for_photos(visible(Problem)))
    def view(problem: Problem) -> Any:
        MOVES.require(move.code, problem)
        return _make(move, problem) if request.method == "POST" else _asked(move, problem)

    return view


def _make(move: Move, problem: Problem) -> Any:
    """Take the form: make the move, or show it again with everything typed and what is wrong with it."""
    sent = pictures.received()
    data, errors = read(move.asks, sent.form)
    errors |= references.objections(current_user, problem, data) | sent.errors
    if "find" in request.form:
        return _asked(move, problem, sent=sent)
    if errors:
        return _asked(move, problem, errors, sent, status=422)
    actions.move(current_user, problem, move.code, seen_version(), data, sent.captions)
    flash(labels.DONE.format(act=labels.MOVES[move.code]), "green")
    return go_to("problems.show", uid=problem.uid)


def _asked(
    move: Move, problem: Problem, errors: FieldErrors | None = None, sent: Any = None, *, status: int = 200
) -> Response:
    """The page with the form of a move."""
    fields = move.asks.model_fields
    return page(
        "problems/move.html",
        "problems/_move.html",
        status,
        problem=problem,
        move=move,
        fields={name: field.is_required() for name, field in fields.items()},
        form=request.form,
        errors=errors or {},
        held=sent.shown if sent else [],
        units=_units(problem) if "lead_unit" in fields else {},
    )


@room.get("/problems/units")
@allow("record.create")
def unit_choices() -> Response:
    """Units to tick as co-handlers, as chips that are added to those already there."""
    found = unit_options(current_user, request.args.get("co_handlers_q", ""))
    return page("problems/_co_handlers.html", options=found, ticked=[])


def _units(problem: Problem) -> dict[str, Any]:
    """What the unit pickers of a form offer: the unit concerned first, then what was searched for or used lately."""
    form = request.form
    lead = form.get("lead_unit") or (str(problem.lead_unit.uid) if problem.lead_unit_id and not form else "")
    ticked = form.getlist("co_handlers")
    return {
        "chosen": next(iter(queries.unit_options_of([lead])), None),
        "offered": _offered(problem, form.get("lead_unit_q", "")),
        "helpers": queries.unit_options_of(ticked) + _offered(problem, form.get("co_handlers_q", "")),
        "ticked": ticked,
    }


def _offered(problem: Problem, q: str) -> list[Option]:
    near = [] if q else queries.unit_options_of([str(problem.unit.uid)])
    taken: set[UUID] = {option[0] for option in near}
    return near + [option for option in unit_options(current_user, q) if option[0] not in taken]


for _move in MOVES.values():
    _url = f"/problems/<uuid:uid>/{_move.noun}"
    room.add_url_rule(_url, f"move_{_move.code}", _view(_move), methods=["GET", "POST"])
