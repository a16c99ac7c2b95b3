"""HTTP of the ledger: the list, one problem, its versions, its likes, the spreadsheet."""

import re
from typing import Any
from uuid import UUID

from flask import Flask, Response, request, send_file, url_for
from flask_login import current_user

from fieldwork import clock, journal, site
from fieldwork.core import words
from fieldwork.people import policy
from fieldwork.photos.queries import photos_of
from fieldwork.problems import exporting, labels, ledger_labels, moving, queries, recording, stale, versions  # noqa: F401  (their views hang on the room)
from fieldwork.problems.deadlines import standing
from fieldwork.problems.likeness import alike as problems_alike
from fieldwork.problems.listing import listing
from fieldwork.problems.models import Problem
from fieldwork.problems.room import room
from fieldwork.problems.states import BEFORE_ASSIGNMENT, ENDED, FORWARD, MOVES, SOLVED
from fieldwork.problems.timeline import story
from fieldwork.records import filters
from fieldwork.records.actions import versions_of
from fieldwork.records.facts import facts_of
from fieldwork.web import allow, is_htmx, page, visible

TABS = ("overdue", "mine")
OWN_FILTERS = ("urgency", *TABS)
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ONE_PROBLEM = re.compile(r"/problems/([0-9a-f-]{36})(\?|$)")


def install(app: Flask) -> None:
    """Add this room's pages, words and labels."""
    app.register_blueprint(room)
    words.learn(labels.REFUSALS)
    words.name_fields("problem", labels.FIELDS)
    app.jinja_env.globals.update(problems_labels=labels, standing=standing)


@room.get("/problems/")
@allow("member")
def ledger() -> Response:
    return page("problems/list.html", "problems/_rows.html", **_list())


@room.get("/problems/<uuid:uid>")
@allow("member", load=lambda uid: queries.whole(current_user, uid))
def show(problem: Problem) -> Response:
    around = {"before": _before(), "asked": _asked()} if is_htmx() else _list()
    return page("problems/show.html", "problems/_shown.html", **_one(problem), **around)


@room.get("/problems/<uuid:uid>/versions", endpoint="versions")
@allow("member", load=visible(Problem))
def history(problem: Problem) -> Response:
    return page("problems/versions.html", problem=problem, versions=versions.told(versions_of(problem)))


@room.get("/problems/<uuid:uid>/alike")
@allow("member", load=visible(Problem))
def alike(problem: Problem) -> Response:
    found = problems_alike(current_user, problem.title + problem.text, but=problem)
    return page("problems/alike.html", "problems/_alike.html", problem=problem, found=found)


@room.get("/problems/export.xlsx")
@allow("ledger.export")
def export() -> Response:
    file = exporting.export_ledger(current_user, _asked(), site.settings()["organ"])
    name = ledger_labels.file_name(clock.today())
    return send_file(file, XLSX, as_attachment=True, download_name=name, max_age=0)


def _asked() -> dict[str, Any]:
    """The filters that are set: those of every list, and the ledger's own."""
    return filters.given(request.args) | {name: request.args[name] for name in OWN_FILTERS if request.args.get(name)}


def _list() -> dict[str, Any]:
    asked = _asked()
    listed = listing(current_user, asked)
    found = listed.page(request.args.get("cursor"))
    return {
        "found": found,
        "asked": asked,
        "narrowed": {name: value for name, value in asked.items() if name not in TABS},
        "next_url": url_for("problems.ledger", **asked, cursor=found.next) if found.next else None,
        "heading": None if is_htmx() else listed.heading(),
        "choices": {} if is_htmx() else _choices(),
        "may_export": policy.may(current_user, "ledger.export"),
        "has_todo": current_user.has_role("handler", *queries.DESK_ROLES),
    }


def _choices() -> dict[str, Any]:
    own = {"urgency": list(labels.URGENCIES.items()), "words": {"urgency": labels.FIELDS["urgency"]}}
    return filters.choices(*labels.STATES.items()) | own


def _one(problem: Problem) -> dict[str, Any]:
    moves = MOVES.open_to(current_user, problem, policy.may)
    return {
        "problem": problem,
        "forward": [move for move in moves if move.code in FORWARD],
        "aside": [move for move in moves if move.code not in FORWARD],
        "may_correct": problem.state not in ENDED and policy.may(current_user, "problem.correct", problem),
        "may_write_case": problem.state in SOLVED and policy.may(current_user, "record.create"),
        "wants_likes": problem.state in BEFORE_ASSIGNMENT,
        "photos": photos_of("problem", [problem.id]).get(problem.id, []),
        "facts": facts_of(current_user, problem),
        "helpers": queries.co_handlers(problem),
        "links": queries.links_of(current_user, problem),
        "events": story(journal.history(problem.uid)),
    }


def _before() -> Problem | None:
    """The problem whose page stood here before this one, so that its row in the list can be unmarked."""
    found = ONE_PROBLEM.search(request.headers.get("HX-Current-URL", ""))
    return queries.row(current_user, UUID(found[1])) if found else None
