"""HTTP of the cases: the list, the models, one case, and what its author does with it."""

from typing import Any
from urllib.parse import quote

from flask import Flask, Response, flash, make_response, request, url_for
from flask_login import current_user

from fieldwork import journal
from fieldwork.cases import actions, documents, labels, queries, recording, stale
from fieldwork.cases.models import Case
from fieldwork.cases.room import room
from fieldwork.cases.states import AUTHORS_MOVES, MOVES, WRITABLE
from fieldwork.core import words
from fieldwork.core.moves import Move
from fieldwork.errors import Stale
from fieldwork.people.policy import may
from fieldwork.photos import access
from fieldwork.records import filters
from fieldwork.records.actions import versions_of
from fieldwork.records.facts import facts_of
from fieldwork.records.marking import ALWAYS, BY_UNIT, NEVER, wants_mark
from fieldwork.web import allow, go_to, page, seen_version, visible

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def install(app: Flask) -> None:
    """Add this room's pages, words and labels."""
    app.register_blueprint(room)
    words.learn(labels.REFUSALS)
    words.name_fields("case", labels.FIELDS)
    app.jinja_env.globals["cases_labels"] = labels


__all__ = ["install", "recording", "room"]


@room.errorhandler(Stale)
def too_late(refusal: Stale) -> Response:
    code = (request.endpoint or "").removeprefix("cases.move_")
    return stale.about_move(refusal, MOVES[code], []) if code in AUTHORS_MOVES else stale.about_text(refusal)


@room.get("/cases/")
@allow("member")
def browse() -> Response:
    return _list("cases/list.html", "cases/_rows.html", queries.cases(current_user, request.args))


@room.get("/models/")
@allow("member")
def models() -> Response:
    return _list("cases/models.html", "cases/_models.html", queries.models(current_user, request.args))


@room.get("/cases/<uuid:uid>")
@allow("member", load=visible(Case))
def show(case: Case) -> Response:
    whole = queries.whole(current_user, case)
    visits, problems = queries.sources_of(current_user, whole)
    is_inside, photos = may(current_user, "case.inside", whole), access.shown_to(current_user, whole)
    return page(
        "cases/show.html",
        case=whole,
        photos=photos,
        unpublishable=[photo for photo in photos if photo.awaits_check],
        facts=facts_of(current_user, whole),
        has_watermark=wants_mark(whole),
        pins=queries.pins_of(whole) if is_inside else [],
        visits=visits,
        problems=problems,
        alike=queries.models_alike(current_user, whole) if whole.state == "promoted" else [],
        history=journal.history(whole.uid) if is_inside else [],
        moves=MOVES.open_to(current_user, whole, may),
        can_write=whole.state in WRITABLE and may(current_user, "case.write", whole),
    )


@room.get("/cases/<uuid:uid>/versions")
@allow("case.inside", load=visible(Case))
def versions(case: Case) -> Response:
    return page("cases/versions.html", case=case, versions=versions_of(case))


@room.get("/cases/<uuid:uid>.docx")
@allow("member", load=visible(Case))
def word(case: Case) -> Response:
    answer = make_response(documents.docx_of(case, _watermark(case)))
    name = quote(f"{case.shown_title[:40]}.docx")
    answer.headers["Content-Type"] = DOCX
    answer.headers["Content-Disposition"] = f"attachment; filename=case.docx; filename*=UTF-8''{name}"
    return answer


def _watermark(case: Case) -> str:
    """Whoever knows the facts of a case chooses; for others the unit that recorded it has chosen."""
    asked = request.args.get("watermark", BY_UNIT)
    return asked if asked in {ALWAYS, NEVER} and may(current_user, "record.facts", case) else BY_UNIT


def _list(template: str, rows: str, found: Any) -> Response:
    asked = filters.given(request.args)
    return page(
        template,
        rows,
        found=found,
        asked=asked,
        choices=filters.choices(*labels.STATES.items()),
        next_url=url_for(str(request.endpoint), **asked, cursor=found.next) if found.next else None,
    )


# --- the author's moves, from the table


def _view_of(step: Move) -> Any:
    @allow(step.who, load=visible(Case))
    def view(case: Case) -> Any:
        actions.move(current_user, case, step.code, seen_version())
        flash(labels.DONE[step.code], "green")
        return go_to("cases.show", uid=case.uid)

    return view


for _code in AUTHORS_MOVES:
    _move = MOVES[_code]
    room.add_url_rule(f"/cases/<uuid:uid>/{_move.noun}", f"move_{_code}", _view_of(_move), methods=["POST"])
