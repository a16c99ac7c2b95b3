"""HTTP of the briefings: the list, one issue with its items, its moves, and its downloads."""

from functools import partial
from typing import Any
from urllib.parse import quote
from uuid import UUID

from flask import Blueprint, Flask, Response, flash, make_response, render_template, request
from flask_login import current_user

from fieldwork import site
from fieldwork.briefings import actions, documents, labels, queries
from fieldwork.briefings.models import Briefing
from fieldwork.briefings.schemas import BriefingIn, ItemChosen, ItemIn, Step
from fieldwork.briefings.states import MOVES
from fieldwork.core import words
from fieldwork.core.moves import Move
from fieldwork.core.schemas import read
from fieldwork.errors import Conflict
from fieldwork.people.policy import may
from fieldwork.web import allow, go_to, page, seen_version, visible

room = Blueprint("briefings", __name__, url_prefix="/briefings")
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def install(app: Flask) -> None:
    """Add this room's pages, words and labels."""
    app.register_blueprint(room)
    words.learn(labels.REFUSALS)
    words.name_fields("briefing", labels.FIELDS)
    app.jinja_env.globals["briefings_labels"] = labels


@room.get("/")
@allow("briefing.read")
def browse() -> Response:
    state = request.args.get("state", "")
    found = queries.issues(current_user, state, request.args.get("cursor"))
    return page("briefings/list.html", "briefings/_rows.html", issues=found, state=state)


@room.route("/new", methods=["GET", "POST"])
@allow("briefing.edit")
def new() -> Any:
    if request.method == "GET":
        return page("briefings/edit.html", form=_beginning(), errors={})
    data, errors = read(BriefingIn, request.form)
    if data is None:
        return page("briefings/edit.html", status=422, form=request.form, errors=errors)
    return go_to("briefings.show", uid=actions.begin(current_user, data).uid)


@room.get("/<uuid:uid>")
@allow("briefing.read", load=visible(Briefing))
def show(briefing: Briefing) -> Response:
    items = queries.items_of(briefing)
    photos = queries.photos_by_hash(queries.chosen_in(items)) if not briefing.is_issued else {}
    return page(
        "briefings/show.html",
        unpublishable={} if briefing.is_issued else queries.unpublishable(items, photos),
        left_out=queries.left_out(items) if briefing.is_draft else {},
        briefing=briefing,
        items=items,
        sheet=documents.standing_sheet(briefing, items),
        moves=MOVES.open_to(current_user, briefing, may),
        can_edit=briefing.is_draft and may(current_user, "briefing.edit", briefing),
    )


@room.route("/<uuid:uid>/edit", methods=["GET", "POST"])
@allow("briefing.edit", load=visible(Briefing))
def edit(briefing: Briefing) -> Any:
    if request.method == "GET":
        if not briefing.is_draft:
            raise Conflict("briefing_is_issued" if briefing.is_issued else "not_in_draft")
        return page("briefings/edit.html", briefing=briefing, form=briefing, errors={})
    data, errors = read(BriefingIn, request.form)
    if data is None:
        return page("briefings/edit.html", status=422, briefing=briefing, form=request.form, errors=errors)
    actions.edit(current_user, briefing, seen_version(), data)
    return go_to("briefings.show", uid=briefing.uid)


# --- items


@room.get("/<uuid:uid>/candidates")
@allow("briefing.edit", load=visible(Briefing))
def candidates(briefing: Briefing) -> Response:
    asked = request.args.get("q", "").strip()
    return page(
        "briefings/candidates.html",
        "briefings/_candidates.html",
        briefing=briefing,
        asked=asked,
        models=queries.models_to_pick(current_user, briefing, asked),
        problems=queries.problems_to_pick(current_user, briefing, asked),
    )


@room.post("/<uuid:uid>/items")
@allow("briefing.edit", load=visible(Briefing))
def add_item(briefing: Briefing) -> Any:
    data, _errors = read(ItemChosen, request.form)
    if data is None or (data.item_kind != "text" and data.record is None):
        flash(labels.REFUSALS["nothing_chosen"], "amber")
        return go_to("briefings.show", uid=briefing.uid)
    item = actions.add_item(current_user, briefing, seen_version(), data)
    if data.item_kind == "text":
        return go_to("briefings.edit_item", uid=briefing.uid, item=item.uid)
    left_out = actions.photos_to_choose(item).left_out
    if left_out:
        flash(labels.LEFT_OUT.format(title=item.heading, count=left_out), "amber")
    return go_to("briefings.candidates", uid=briefing.uid, q=request.form.get("q") or None)


@room.route("/<uuid:uid>/items/<uuid:item>", methods=["GET", "POST"])
@allow("briefing.edit", load=visible(Briefing))
def edit_item(briefing: Briefing, item: UUID) -> Any:
    row = actions.item_of(briefing, item)
    shown: dict[str, Any] = {"briefing": briefing, "item": row, "choice": actions.photos_to_choose(row)}
    if request.method == "GET":
        chosen = [entry["sha256"] for entry in row.photos]
        return page("briefings/item.html", form=row, chosen=chosen, errors={}, **shown)
    data, errors = read(ItemIn, request.form)
    if data is None:
        chosen = request.form.getlist("photos")
        return page("briefings/item.html", status=422, form=request.form, chosen=chosen, errors=errors, **shown)
    actions.edit_item(current_user, briefing, item, seen_version(), data)
    return go_to("briefings.show", uid=briefing.uid)


@room.post("/<uuid:uid>/items/<uuid:item>/position")
@allow("briefing.edit", load=visible(Briefing))
def move_item(briefing: Briefing, item: UUID) -> Any:
    row, (data, _errors) = actions.item_of(briefing, item), read(Step, request.form)
    actions.move_item(current_user, briefing, row.uid, seen_version(), data.step if data else "up")
    return go_to("briefings.show", uid=briefing.uid)


@room.post("/<uuid:uid>/items/<uuid:item>/removal")
@allow("briefing.edit", load=visible(Briefing))
def remove_item(briefing: Briefing, item: UUID) -> Any:
    row = actions.item_of(briefing, item)
    actions.remove_item(current_user, briefing, row.uid, seen_version())
    return go_to("briefings.show", uid=briefing.uid)


# --- moves: one view each, from the table


def _view_of(step: Move) -> Any:
    @allow(step.who, load=visible(Briefing))
    def view(briefing: Briefing) -> Any:
        data, errors = read(step.asks, request.form) if step.asks else (None, {})
        if errors:
            shown: dict[str, Any] = {"briefing": briefing, "step": step, "form": request.form, "errors": errors}
            return page("briefings/move.html", status=422, **shown)
        actions.move(current_user, briefing, step.code, seen_version(), data.model_dump() if data else {})
        flash(labels.DONE[step.code], "green")
        return go_to("briefings.show", uid=briefing.uid)

    return view


for _step in MOVES.values():
    room.add_url_rule(f"/<uuid:uid>/{_step.noun}", f"move_{_step.code}", _view_of(_step), methods=["POST"])


# --- downloads


@room.get("/<uuid:uid>.docx")
@allow("briefing.read", load=visible(Briefing))
def word(briefing: Briefing) -> Response:
    return _download(briefing, documents.docx_of(briefing), DOCX, "docx")


@room.get("/<uuid:uid>.html")
@allow("briefing.read", load=visible(Briefing))
def html(briefing: Briefing) -> Response:
    sheet = documents.standing_sheet(briefing, queries.items_of(briefing))
    text = render_template("briefings/website.html", sheet=sheet, embedded=partial(documents.embedded, sheet))
    return _download(briefing, text.encode(), "text/html; charset=utf-8", "html")


@room.get("/<uuid:uid>/photos/<string(maxlength=98):key>")
@allow("briefing.read", load=visible(Briefing))
def photo(briefing: Briefing, key: str) -> Response:
    sheet = documents.standing_sheet(briefing, queries.items_of(briefing))
    answer = make_response(documents.picture(sheet, key, documents.SCREEN_SIZE))
    answer.headers.update({"Content-Type": "image/jpeg", "Cache-Control": "private, no-cache"})
    return answer


def _download(briefing: Briefing, body: bytes, mime: str, ending: str) -> Response:
    name = f"{labels.file_name(briefing.masthead, briefing.issue_no, briefing.year, briefing.uid)}.{ending}"
    answer = make_response(body)
    answer.headers["Content-Type"] = mime
    answer.headers["Content-Disposition"] = f"attachment; filename=briefing.{ending}; filename*=UTF-8''{quote(name)}"
    return answer


def _beginning() -> dict[str, Any]:
    """What a new issue begins with: the head and foot of the one before, else what the site is set to."""
    last = queries.last_issue()
    copied = ("masthead", "organ", "report_to", "send_to", "distribute_to", "copies")
    if last is not None:
        return {name: getattr(last, name) for name in copied}
    settings = site.settings()
    return {"masthead": settings["masthead"], "organ": settings["organ"], "copies": 60}
