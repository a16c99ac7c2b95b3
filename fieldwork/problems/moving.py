"""HTTP of the moves: for each one of the table a page with its form, and the place the form is sent to."""

from typing import Any

from flask import Response, flash, request
from flask_login import current_user

from fieldwork.core.moves import Move
from fieldwork.core.schemas import FieldErrors, read
from fieldwork.people.units.options import Option, unit_options
from fieldwork.people.units.queries import options_of, unit_choices
from fieldwork.photos import forms as pictures
from fieldwork.problems import actions, labels, references
from fieldwork.problems.models import Problem
from fieldwork.problems.room import room
from fieldwork.problems.schemas import Answer
from fieldwork.problems.states import MOVES, VERIFIED
from fieldwork.web import allow, go_to, page, seen_version, visible

HELPERS_OFFERED = 5


def _view(move: Move) -> Any:
    @allow(move.who, load=pictures.room_for_photos(visible(Problem)))
    def view(problem: Problem) -> Any:
        MOVES.require(move.code, problem)
        return _make(move, problem) if request.method == "POST" else _asked(move, problem)

    return view


def _make(move: Move, problem: Problem) -> Any:
    """Take the form: make the move, or show it again with everything typed and what is wrong with it."""
    sent = pictures.received()
    data, errors = read(move.asks or Answer, sent.form)
    errors |= references.objections(current_user, problem, data) | sent.errors | pictures.too_many_beside(problem, sent)
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
    fields = (move.asks or Answer).model_fields
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
def co_handler_choices() -> Response:
    """Units to tick as co-handlers, as chips that are added to those already there."""
    found = unit_options(current_user, request.args.get("co_handlers_q", ""))
    return page("problems/_co_handlers.html", options=found, ticked=[])


def _units(problem: Problem) -> dict[str, Any]:
    """What the unit pickers of a form offer: the unit concerned first, then what was searched for or used lately.

    After a reopening the unit that led before is proposed; a transfer does not offer it.
    """
    led = problem.lead_unit.uid if problem.lead_unit_id else ""
    typed = request.form or {"lead_unit": led if problem.state == VERIFIED else ""}
    chosen, offered = unit_choices(current_user, typed, "lead_unit")
    ticked = request.form.getlist("co_handlers")
    concerned = options_of([problem.unit.uid])
    further = unit_options(current_user, request.form.get("co_handlers_q", ""))[:HELPERS_OFFERED]
    return {
        "chosen": chosen,
        "offered": [
            option for option in _once([*concerned, *offered]) if option[0] != led or problem.state == VERIFIED
        ],
        "helpers": _once([*options_of(ticked), *concerned, *further]),
        "ticked": ticked,
    }


def _once(options: list[Option]) -> list[Option]:
    """The options in their order, each unit where it first comes up."""
    first: dict[Any, Option] = {}
    for option in options:
        first.setdefault(option[0], option)
    return list(first.values())


for _move in MOVES.values():
    _url = f"/problems/<uuid:uid>/{_move.noun}"
    room.add_url_rule(_url, f"move_{_move.code}", _view(_move), methods=["GET", "POST"])
