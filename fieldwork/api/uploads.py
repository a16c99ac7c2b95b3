"""HTTP of uploads: tus 1.0.0, so that standard clients work and a cut line costs one chunk."""

from flask import Response, request, url_for

from fieldwork.api import tus
from fieldwork.api.door import api
from fieldwork.api.room import room
from fieldwork.people.sessions import person
from fieldwork.photos import uploads
from fieldwork.photos.models import Upload
from fieldwork.web import allow, visible

ONE = "/uploads/<uuid:uid>"


@room.route("/uploads", methods=["OPTIONS"])
@allow("public")
def spoken() -> Response:
    return Response(status=204, headers={"Tus-Resumable": tus.VERSION, **tus.SPOKEN})


@room.post("/uploads")
@api("member", only_sends=True)
def begin() -> Response:
    tus.speak()
    size, said = tus.size_announced(), tus.metadata()
    about = tus.hash_in(said), said.get("filename", ""), tus.record_in(said)
    first = tus.first_chunk()  # before the upload is there: whoever is refused would not learn its address
    upload = uploads.begin(person(), size, *about)
    if first:
        upload = uploads.append(person(), upload, 0, first)
    return tus.answer(upload, 201, Location=url_for("api.append", uid=upload.uid, _external=True))


@room.route(ONE, methods=["HEAD"])
@api("member", load=visible(Upload), only_sends=True)
def state(upload: Upload) -> Response:
    tus.speak()
    upload = uploads.asked_after(upload)
    return tus.answer(upload, 200, **{"Upload-Length": str(upload.size_bytes)})


@room.patch(ONE)
@api("member", load=visible(Upload), only_sends=True)
def append(upload: Upload) -> Response:
    tus.speak()
    offset = tus.offset_announced()
    return tus.answer(uploads.append(person(), upload, offset, tus.chunk()), 204)


@room.delete(ONE)
@api("member", load=visible(Upload), only_sends=True)
def cancel(upload: Upload) -> Response:
    tus.speak()
    uploads.cancel(upload)
    return Response(status=204, headers={"Tus-Resumable": tus.VERSION})


@room.after_request
def tell_version(response: Response) -> Response:
    """Refusals, too, say which version of the protocol is spoken here, and are kept by nobody."""
    if request.path.startswith(f"{room.url_prefix}/uploads"):
        response.headers.setdefault("Tus-Resumable", tus.VERSION)
        response.headers.setdefault("Cache-Control", "no-store")
        if response.status_code == 412:
            response.headers.setdefault("Tus-Version", tus.VERSION)
    return response
