"""HTTP of 待发送: an empty frame, the same for everybody. What it shows lies on the phone and never on the server."""

from flask import Response

from fieldwork.intake.room import room
from fieldwork.web import allow, page


@room.get("/outbox/")
@allow("member")
def outbox() -> Response:
    return page("intake/outbox.html")
