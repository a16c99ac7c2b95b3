"""HTTP of visits: the list, one visit with what was found on it, its versions."""

from typing import Any

from flask import Flask, Response, flash, request, url_for
from flask_login import current_user

from fieldwork.core import words
from fieldwork.errors import Stale
from fieldwork.people.policy import may
from fieldwork.people.units import recent
from fieldwork.photos.queries import photos_of
from fieldwork.records import filters, stale
from fieldwork.records.actions import versions_of
from fieldwork.records.choices import term_names
from fieldwork.records.facts import facts_of
from fieldwork.visits import actions, labels, queries, recording
from fieldwork.visits.models import Visit
from fieldwork.visits.room import room
from fieldwork.visits.states import MOVES
from fieldwork.web import allow, go_to, page, seen_version, visible

TEXTS = ("title", "text", "purpose", "participants", "received_by", "advice", "place_note")

__all__ = ["install", "recording", "room"]


def install(app: Flask) -> None:
    """Add this room's pages, words and labels; tell the unit picker where people were lately."""
    app.register_blueprint(room)
    words.learn(labels.REFUSALS)
    words.name_fields("visit", labels.FIELDS)
    app.jinja_env.globals["visits_labels"] = labels
    recent.learn(queries.recent_unit_ids)


@room.errorhandler(Stale)
def both_texts(refusal: Stale) -> Response:
    return stale.both_texts(refusal, TEXTS, "visits")


@room.get("/")
@allow("member")
def browse() -> Response:
    found = queries.visits(current_user, request.args)
    asked = filters.given(request.args)
    return page(
        "visits/list.html",
        "visits/_rows.html",
        found=found,
        counts=queries.counts_of([visit.id for visit in found]),
        asked=asked,
        choices=filters.choices(*labels.STATES.items()),
        next_url=url_for("visits.browse", **asked, cursor=found.next) if found.next else None,
    )


@room.get("/<uuid:uid>")
@allow("member", load=visible(Visit))
def show(visit: Visit) -> Response:
    whole = queries.whole(current_user, visit)
    is_mine = whole.author_id == current_user.id
    return page(
        "visits/show.html",
        visit=whole,
        programmes=term_names("programme", whole.programmes),
        further_units=queries.further_units(whole),
        photos=photos_of("visit", [whole.id]).get(whole.id, []),
        problems=queries.found_on(current_user, whole, "problem"),
        cases=queries.found_on(current_user, whole, "case"),
        clashes=queries.clashes(whole.unit, whole.author_unit_id, whole.captured_at) if is_mine else [],
        facts=facts_of(current_user, whole),
        can_edit=may(current_user, "record.edit", whole),
    )


@room.get("/<uuid:uid>/versions")
@allow("member", load=visible(Visit))
def versions(visit: Visit) -> Response:
    return page("visits/versions.html", visit=visit, versions=versions_of(visit))


@room.post("/<uuid:uid>/submission")
@allow(MOVES["submit"].who, load=visible(Visit))
def submit(visit: Visit) -> Any:
    fresh = actions.submit(current_user, visit, seen_version())
    flash(labels.SUBMITTED, "green")
    return go_to("visits.show", uid=fresh.uid)
