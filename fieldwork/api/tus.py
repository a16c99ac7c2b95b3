"""What tus 1.0.0 says beside the bytes: headers in, headers out, and the refusals it has statuses for."""

import base64
import hashlib
from uuid import UUID

from flask import Response, request
from werkzeug.http import http_date

from fieldwork.core.hanzi.cleaning import clean
from fieldwork.errors import Refused
from fieldwork.photos.limits import PHOTO_MAX_BYTES
from fieldwork.photos.models import Upload
from fieldwork.photos.uploads import TooLarge, WrongContent

VERSION = "1.0.0"
CHUNK_MAX_BYTES = 4_194_304
CHUNK_KIND = "application/offset+octet-stream"
SPOKEN = {
    "Tus-Version": VERSION,
    "Tus-Extension": "creation,creation-with-upload,checksum,termination,expiration",
    "Tus-Max-Size": str(PHOTO_MAX_BYTES),
    "Tus-Checksum-Algorithm": "sha1,sha256",
}
_HASHES = {"sha1": hashlib.sha1, "sha256": hashlib.sha256}
_SIZE_DIGITS_MAX = 15


class Unclear(Refused):
    """A header of the protocol that says nothing we understand."""

    status = 400


class OtherVersion(Refused):
    """The caller speaks another version of the protocol."""

    status = 412


class OtherKind(Refused):
    """The bytes come as something else."""

    status = 415


def speak() -> None:
    """Refuse whoever speaks another version."""
    if request.headers.get("Tus-Resumable") != VERSION:
        raise OtherVersion("tus_version")


def size_announced() -> int:
    """Upload-Length, in bytes.

    Raises:
        Unclear, TooLarge.
    """
    size = _number("Upload-Length")
    if size == 0:
        raise Unclear("photo_empty")
    return size


def offset_announced() -> int:
    """Upload-Offset, in bytes."""
    return _number("Upload-Offset")


def metadata() -> dict[str, str]:
    """Upload-Metadata: names with what stands behind them, decoded."""
    found: dict[str, str] = {}
    for pair in filter(None, (part.strip() for part in request.headers.get("Upload-Metadata", "").split(","))):
        name, _, value = pair.partition(" ")
        try:
            found[name] = clean(base64.b64decode(value, validate=True).decode())
        except ValueError:  # no base64, or no text in it
            raise Unclear("upload_unclear", what=f"Upload-Metadata {name[:40]}") from None
    return found


def hash_in(said: dict[str, str]) -> str:
    """The SHA-256 the caller gives for the whole, lower case; empty when none is given."""
    sha256 = said.get("sha256", "").lower()
    if sha256 and (len(sha256) != 64 or set(sha256) - set("0123456789abcdef")):
        raise Unclear("upload_unclear", what="sha256")
    return sha256


def record_in(said: dict[str, str]) -> UUID | None:
    """The record the photo is meant for, as far as it is one."""
    try:
        return UUID(said["record"]) if said.get("record") else None
    except ValueError:
        raise Unclear("upload_unclear", what="record") from None


def chunk() -> bytes:
    """The bytes of this call, checked against Upload-Checksum where one came with them. May be empty.

    Raises:
        OtherKind, TooLarge, Unclear, WrongContent.
    """
    if request.mimetype != CHUNK_KIND:
        raise OtherKind("upload_unclear", what="Content-Type")
    if request.content_length is not None and request.content_length > CHUNK_MAX_BYTES:
        raise TooLarge("chunk_too_large", limit_mb=CHUNK_MAX_BYTES // 1_000_000)
    request.max_content_length = CHUNK_MAX_BYTES
    content = request.get_data(cache=False)
    _check(content)
    return content


def first_chunk() -> bytes:
    """What comes along with the announcement: nothing, or a chunk with something in it.

    Raises:
        TooLarge, Unclear, WrongContent.
    """
    if request.mimetype != CHUNK_KIND:
        return b""
    content = chunk()
    if not content:
        raise Unclear("chunk_empty")
    return content


def answer(upload: Upload, status: int, **headers: str) -> Response:
    """What every answer about an upload tells."""
    told = {
        "Tus-Resumable": VERSION,
        "Upload-Offset": str(upload.offset_bytes),
        "Upload-Expires": http_date(upload.expires_at),
        "Cache-Control": "no-store",
    }
    return Response(status=status, headers={**told, **headers})


def _check(content: bytes) -> None:
    given = request.headers.get("Upload-Checksum")
    if given is None:
        return
    name, _, expected = given.partition(" ")
    if name not in _HASHES:
        raise Unclear("upload_unclear", what="Upload-Checksum")
    if base64.b64encode(_HASHES[name](content).digest()).decode() != expected.strip():
        raise WrongContent("chunk_differs")


def _number(header: str) -> int:
    text = request.headers.get(header, "")
    if not text.isascii() or not text.isdigit() or len(text) > _SIZE_DIGITS_MAX:
        raise Unclear("upload_unclear", what=header)
    return int(text)
