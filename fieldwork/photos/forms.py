"""Photos that come with a form: received before anything else, so that no wrong field costs them."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import zip_longest
from typing import Any

from flask import request
from flask_login import current_user
from werkzeug.datastructures import MultiDict

from fieldwork.core.hanzi.cleaning import clean
from fieldwork.core.hanzi.sending import sendable
from fieldwork.core.schemas import FieldErrors
from fieldwork.photos import access, actions, expecting, labels, showing
from fieldwork.photos.gallery import photo_url
from fieldwork.photos.limits import CAPTION_MAX, FORM_MAX_BYTES, PHOTO_MAX_BYTES, PHOTOS_MAX
from fieldwork.photos.models import PENDING, READY, Photo
from fieldwork.photos.queries import ShownPhoto, photos_of, stored

THUMBNAIL_PX = 320
ANSWER = "fieldwork.photos"
SHA256 = re.compile(r"[0-9a-f]{64}")
NO_PHOTO = ""  # stands for a file that was refused and for a hash that is none, so that the captions stay in step

Tray = list[dict[str, Any]]
"""Photos as the photo picker shows them again: sha256, url of a thumbnail, is_pending (that is still being made),
caption, gone (marked to be taken off)."""


@dataclass(frozen=True)
class Sent:
    """The photos of a form, those held from before and those that came with it; captions by sha256.

    `gone` are those of them which the person took off.
    """

    shas: list[str]
    captions: dict[str, str]
    errors: FieldErrors
    gone: frozenset[str] = field(default_factory=frozenset)

    @property
    def form(self) -> MultiDict[str, str]:
        """The form with the photos that came among those it holds, and without those taken off."""
        staying = [sha for sha in self.shas if sha not in self.gone]
        form = MultiDict(request.form)
        form.setlist("held", staying)
        form.setlist("held_captions", [self.captions.get(sha, "") for sha in staying])
        form.poplist("captions")
        return form

    @property
    def shown(self) -> Tray:
        """What the photo picker shows again when the form comes back."""
        return [
            _item(photo, self.captions.get(photo.sha256, ""), photo.sha256 in self.gone) for photo in _held(self.shas)
        ]


def room_for_photos(load: Callable[..., Any]) -> Callable[..., Any]:
    """The same loader for a view whose form may bring photos: lets the body be as large as they may be together."""

    def with_room(*key: Any) -> Any:
        make_room()
        return load(*key)

    return with_room


def make_room() -> None:
    """Let the body of this request be as large as a form with all its photos; before the form is read."""
    request.max_content_length = PHOTOS_MAX * PHOTO_MAX_BYTES + FORM_MAX_BYTES


def tray_of(record: Any) -> Tray:
    """The photos a record shows, for the form that corrects it."""
    photos = photos_of(record.kind, [record.id]).get(record.id, [])
    return [_item(photo, photo.caption) for photo in photos if photo.purpose == "shown"]


def coming_to(record: Any) -> list[dict[str, str]]:
    """The photos a record lists that have not arrived: a phone that corrects the record lists them on, so that they are
    not taken for ones taken off."""
    expected = expecting.expected_of(record.kind, record.id)
    return [{"sha256": sha, "caption": caption} for sha, caption in expected.items()]


def too_many_beside(record: Any, sent: Sent) -> FieldErrors:
    """What is wrong when a record shows photos already and the form, which does not list them, adds to them."""
    shown = {photo.sha256 for photo in photos_of(record.kind, [record.id]).get(record.id, [])}
    over = len(shown | set(sent.shas)) - PHOTOS_MAX
    return {"photos": [labels.REFUSALS["too_many_photos"].format(limit=PHOTOS_MAX)]} if over > 0 and sent.shas else {}


def received() -> Sent:
    """Keep the photos of this request and say which ones the form now holds; asked again, the same."""
    if ANSWER not in request.environ:
        request.environ[ANSWER] = _received()
    sent: Sent = request.environ[ANSWER]
    return sent


def _received() -> Sent:
    held, gone = _hashes("held"), frozenset(_hashes("gone"))
    files = [file for file in request.files.getlist("photos") if file.filename]
    got = actions.receive(current_user, files, PHOTOS_MAX - len(set(held) - gone))
    came = [photo.sha256 if photo else NO_PHOTO for photo in got.kept]
    captions, amiss = _captions([*_captioned(held, "held_captions"), *_captioned(came, "captions")])
    refused = [*got.refused, *amiss]
    return Sent(
        shas=[sha for sha in dict.fromkeys([*held, *came]) if sha],
        captions=captions,
        errors={"photos": refused} if refused else {},
        gone=gone,
    )


def _hashes(name: str) -> list[str]:
    return [sha if SHA256.fullmatch(sha) else NO_PHOTO for sha in request.form.getlist(name)]


def _captioned(shas: list[str], name: str) -> list[tuple[str, str]]:
    """Each photo with its caption, which stand in the form in the same order; without JavaScript files have none."""
    return list(zip_longest(shas, request.form.getlist(name)[: len(shas)], fillvalue=""))


def _captions(captioned: list[tuple[str, str]]) -> tuple[dict[str, str], list[str]]:
    """The captions by sha256, and words for those that cannot be kept."""
    captions: dict[str, str] = {}
    amiss = []
    for number, (sha, typed) in enumerate(captioned, 1):
        caption, wrong = _caption(typed)
        captions[sha] = caption or captions.get(sha, "")  # a picture chosen twice keeps the one caption it has
        amiss += [labels.CAPTION_AMISS.format(number=number, words=wrong)] if wrong else []
    captions.pop(NO_PHOTO, None)
    return captions, amiss


def _caption(typed: str) -> tuple[str, str]:
    """A caption as it may be kept, and what is wrong with it."""
    caption = " ".join(clean(typed).split())
    if len(caption) > CAPTION_MAX:
        return caption, labels.CAPTION_TOO_LONG.format(limit=CAPTION_MAX, length=len(caption))
    try:
        return sendable(caption, mask=_pressed("mask"), keep_phones=_pressed("keep_phones")), ""
    except ValueError as stopped:
        return caption, str(stopped)


def _pressed(button: str) -> bool:
    return bool(request.form.get(button))


def _held(shas: list[str]) -> Iterator[Photo | ShownPhoto]:
    """What has the pictures of these hashes; nobody is told of a photo they may not see how it stands."""
    shown, photos = stored(shas), Photo.select().where(Photo.sha256.in_(shas))
    own = showing.sent_by(current_user, shas)
    told = own | {one.sha256 for one in photos if one.sha256 not in own and access.is_visible(one, current_user)}
    for sha in shas:
        yield shown[sha] if sha in told else Photo(sha256=sha, state=READY)


def _item(photo: Photo | ShownPhoto, caption: str, gone: bool = False) -> dict[str, Any]:
    url, is_pending = photo_url(photo, THUMBNAIL_PX), photo.state == PENDING
    return {"sha256": photo.sha256, "url": url, "is_pending": is_pending, "caption": caption, "gone": gone}
