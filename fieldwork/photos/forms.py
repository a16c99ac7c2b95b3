"""Photos that come with a form: received before anything else, so that no wrong field costs them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import request, url_for
from flask_login import current_user
from werkzeug.datastructures import MultiDict

from fieldwork.core.schemas import FieldErrors
from fieldwork.photos import actions as photos
from fieldwork.photos.limits import FORM_MAX_BYTES, PHOTO_MAX_BYTES, PHOTOS_MAX

THUMBNAIL_PX = 320


@dataclass(frozen=True)
class Sent:
    """The photos of a form, those held from before and those that came with it; captions by sha256."""

    shas: list[str]
    captions: dict[str, str]
    errors: FieldErrors

    @property
    def form(self) -> MultiDict[str, str]:
        """The form with the photos that came among those it holds."""
        form = MultiDict(request.form)
        form.setlist("held", self.shas)
        return form

    @property
    def shown(self) -> list[dict[str, str]]:
        """What the photo picker shows again when the form comes back."""
        return [
            {
                "sha256": sha,
                "url": url_for("photos.file", sha256=sha, size=THUMBNAIL_PX),
                "caption": self.captions.get(sha, ""),
            }
            for sha in self.shas
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


def received() -> Sent:
    """Keep the photos of this request and say which ones the form now holds."""
    held = request.form.getlist("held")
    files = [file for file in request.files.getlist("photos") if file.filename]
    got = photos.receive(current_user, files)
    fresh = [photo.sha256 for photo in got.photos]
    captions = dict(zip(held, request.form.getlist("held_captions"), strict=False))
    captions |= dict(zip(fresh, request.form.getlist("captions"), strict=False))
    return Sent(list(dict.fromkeys([*held, *fresh])), captions, {"photos": got.refused} if got.refused else {})
