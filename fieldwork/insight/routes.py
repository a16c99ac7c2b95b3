"""HTTP of the pages that look over all rooms: home, search, coverage, one unit; and what a watchman asks."""

from typing import Any

from flask import Blueprint, Flask, Response, jsonify, request, url_for
from flask_login import current_user

from fieldwork import clock
from fieldwork.core import words
from fieldwork.insight import coverage as covering
from fieldwork.insight import finding, home, labels, readiness, unit_page
from fieldwork.people.models import Unit
from fieldwork.records.drafts import drafts_of
from fieldwork.web import allow, page, visible

room = Blueprint("insight", __name__)


def install(app: Flask) -> None:
    """Add this room's pages, words and labels."""
    app.register_blueprint(room)
    words.learn(labels.REFUSALS)
    app.jinja_env.globals["insight_labels"] = labels


@room.get("/", endpoint="home")
@allow("member")
def home_page() -> Response:
    todo = home.todo(current_user)
    shown: dict[str, Any] = {"drafts": drafts_of(current_user), "visits": home.recent_visits(current_user)}
    return page("insight/home.html", todo=todo, **shown)


@room.get("/search")
@allow("member")
def search() -> Response:
    query = request.args.get("q", "").strip()[:100]
    found = finding.find(current_user, query, request.args.get("cursor"))
    next_url = url_for("insight.search", q=query, cursor=found.next) if found.next else None
    return page("insight/search.html", "insight/_found.html", query=query, found=found.items, next_url=next_url)


@room.get("/coverage/")
@allow("insight.see")
def coverage() -> Response:
    by = "sector" if request.args.get("by") == "sector" else "type"
    return page("insight/coverage.html", by=by, matrix=covering.matrix(current_user, by, clock.today().year))


@room.get("/units/<uuid:uid>")
@allow("member", load=visible(Unit))
def unit(unit: Unit) -> Response:
    return page("insight/unit.html", **unit_page.content(current_user, unit))


@room.get("/healthz")
@allow("public")
def healthz() -> Response:
    return jsonify(status="ok")


@room.get("/readyz")
@allow("public")
def readyz() -> tuple[Response, int]:
    checks = readiness.checks()
    return jsonify(checks), 200 if all(checks.values()) else 503
