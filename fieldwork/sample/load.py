"""Loading the sample municipality: places and people, then everything that happened, then issues and suggestions."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

from fieldwork import clock
from fieldwork.briefings import actions as briefings
from fieldwork.briefings.schemas import BriefingIn, ItemChosen
from fieldwork.cases.states import PROMOTED
from fieldwork.core.db import transaction
from fieldwork.feedback import actions as feedback
from fieldwork.feedback.schemas import Answer, FeedbackIn
from fieldwork.people.models import User
from fieldwork.photos import mosaic, processing
from fieldwork.photos.models import READY, Photo
from fieldwork.photos.queries import photos_of
from fieldwork.sample import events, places
from fieldwork.sample.pictures import Album

EDITOR = "office"


class NotEmpty(Exception):
    """There are people in the database already: the sample is for a new, empty installation only."""


def load(photos: Path | None, show: Callable[[int, int], None] = lambda done, of: None) -> None:
    """Fill an empty database with 清垣市; `photos` is a folder of camera files, drawn ones are used without it.

    Raises:
        NotEmpty: somebody lives here already; nothing was written.
    """
    if User.select().exists():
        raise NotEmpty
    with transaction():  # all of it or nothing: who interrupts it can begin again
        places.load()
        town = events.Town(Album(photos))
        happened = [*events.visit_events(town), *events.problem_events(town), *events.case_events(town)]
        events.replay(happened, show)
        _check_photos(town)
        for entry in places.data("briefings"):
            with clock.at(town.now - timedelta(days=entry["date_days_ago"])):
                _issue(town, entry)
        for entry in places.data("feedback"):
            _say(town, entry)


def _check_photos(town: events.Town) -> None:
    """What models and issues show, the office has looked at; the rest waits under 照片检查."""
    named = {item.get("key") for entry in places.data("briefings") for item in entry["items"]}
    for key, record in town.records.items():
        if key in named or record.state == PROMOTED:
            for one in photos_of(record.kind, [record.id]).get(record.id, []):
                _check(town.users[EDITOR], one.sha256)


def _check(editor: User, sha256: str) -> None:
    processing.derive(sha256)
    photo = Photo.get(Photo.sha256 == sha256)
    if photo.state == READY and photo.checked_at is None:
        mosaic.check(editor, photo, "")


def _issue(town: events.Town, entry: dict[str, Any]) -> None:
    editor = town.users[EDITOR]
    fields = ("masthead", "organ", "editors_note", "report_to", "send_to", "distribute_to", "copies")
    head = BriefingIn.model_validate({name: entry[name] for name in fields} | {"title": entry.get("title", "")})
    briefing = briefings.begin(editor, head)
    for item in entry["items"]:
        record = town.records.get(item.get("key") or "")
        chosen = ItemChosen(item_kind=item["kind"], record=record.uid if record else None)
        added = briefings.add_item(editor, briefing, _version(briefing), chosen)
        if item["kind"] == "text":
            said = briefings.ItemIn(heading=item["heading"], body=item["body"])
            briefings.edit_item(editor, briefing, added.uid, _version(briefing), said)
    if entry["state"] == "issued":
        briefings.move(editor, type(briefing).get_by_id(briefing.id), "issue", _version(briefing), {})


def _version(briefing: Any) -> int:
    return type(briefing).get_by_id(briefing.id).version


def _say(town: events.Town, entry: dict[str, Any]) -> None:
    sent = FeedbackIn(text=entry["text"], page=entry.get("page", ""))
    said = feedback.send(town.users[entry["author"]], sent, address="")
    if entry.get("reply"):
        feedback.answer(town.users[entry["by"]], said, said.version, Answer(reply=entry["reply"]))
