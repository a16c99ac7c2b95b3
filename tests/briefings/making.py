"""Issues for the tests, at a given point of their way."""

from typing import Any

from fieldwork.briefings import actions
from fieldwork.briefings.models import Briefing
from fieldwork.briefings.schemas import BriefingIn, ItemChosen
from fieldwork.photos import actions as photos
from fieldwork.photos import mosaic
from fieldwork.photos.models import Photo
from tests.photos.sending import ready

HEAD = {
    "masthead": "工委简报",
    "organ": "市直机关工委办公室",
    "editors_note": "供学习借鉴。",
    "report_to": "市委",
    "copies": 60,
}


def draft(people: Any, **more: Any) -> Briefing:
    return actions.begin(people.office, BriefingIn.model_validate(HEAD | more))


def fresh(briefing: Briefing) -> Briefing:
    return Briefing.get_by_id(briefing.id)


def with_item(people: Any, briefing: Briefing, kind: str, record: Any = None) -> Any:
    chosen = ItemChosen(item_kind=kind, record=record.uid if record else None)
    return actions.add_item(people.office, fresh(briefing), fresh(briefing).version, chosen)


def photo_of(people: Any, record: Any, body: bytes, caption: str = "") -> Photo:
    """A photo xiaolin has put to the record, and the office has checked."""
    [photo] = ready(people.xiaolin, body)
    photos.attach(people.xiaolin, record, [photo.sha256], {photo.sha256: caption})
    return mosaic.check(people.office, photo, "")


def issued(people: Any, briefing: Briefing) -> Briefing:
    now = fresh(briefing)
    return actions.move(people.office, now, "issue", now.version, {})
