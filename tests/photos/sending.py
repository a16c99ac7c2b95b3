"""Photos as a browser sends them with a form."""

import io
from typing import Any

from PIL import Image
from werkzeug.datastructures import FileStorage

from fieldwork.core import jobs
from fieldwork.people.models import User
from fieldwork.photos import actions
from fieldwork.photos.models import Photo


def drawn(shade: int) -> bytes:
    """A small picture, another one for each shade."""
    buffer = io.BytesIO()
    Image.new("RGB", (64, 48), (shade, 90, 40)).save(buffer, "PNG")
    return buffer.getvalue()


def sent(*bodies: bytes, name: str = "image.jpg") -> list[FileStorage]:
    """Files as a view gets them."""
    return [FileStorage(io.BytesIO(body), filename=name) for body in bodies]


def ready(user: User, *bodies: bytes) -> list[Photo]:
    """Photos the person has sent, with all their pictures made."""
    photos = actions.receive(user, sent(*bodies)).photos
    jobs.work_off()
    return [Photo.get_by_id(photo.id) for photo in photos]


def files(*bodies: bytes, name: str = "image.jpg") -> list[tuple[Any, str]]:
    """Files as a test client posts them."""
    return [(io.BytesIO(body), name) for body in bodies]
