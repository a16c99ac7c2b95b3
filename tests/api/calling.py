"""Programs and phones at the door of the API: bodies, tokens, calls."""

import hashlib
from typing import Any
from uuid import UUID

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from fieldwork import ids
from fieldwork.api.tus import CHUNK_KIND, VERSION
from fieldwork.people.devices import actions as devices
from fieldwork.people.models import Unit, User

MOMENT = "2026-11-20T09:15:00+08:00"


def body_of(kind: str, unit: Unit, **fields: Any) -> dict[str, Any]:
    """A valid body of this kind, with these fields besides."""
    required = {"id": str(ids.uuid7()), "kind": kind, "captured_at": MOMENT, "unit": str(unit.uid), "text": "渠口淤塞"}
    return {**required, **fields}


def photo(sha256: str, caption: str = "") -> dict[str, str]:
    """An entry of `photos`."""
    return {"sha256": sha256, "caption": caption}


class Phone:
    """A person's device with a token of its own."""

    def __init__(self, app: Flask, user: User, scope: str = "full") -> None:
        self.user = user
        self.device, self.token = devices.let_in(user, "手机", scope)
        self._client: FlaskClient = app.test_client()

    def call(self, method: str, path: str, **options: Any) -> TestResponse:
        """One call with this phone's token; `json=` or `data=` as Flask's test client takes them."""
        headers = {"Authorization": f"Bearer {self.token}", **options.pop("headers", {})}
        return self._client.open(f"/api/v1{path}", method=method, headers=headers, **options)

    def put(self, body: dict[str, Any], uid: UUID | str | None = None) -> TestResponse:
        """Send a record."""
        return self.call("PUT", f"/{body['kind']}s/{uid or body['id']}", json=body)

    def send_photo(self, content: bytes) -> str:
        """Send a photo in one piece; its SHA-256."""
        headers = {"Tus-Resumable": VERSION, "Upload-Length": str(len(content)), "Content-Type": CHUNK_KIND}
        answer = self.call("POST", "/uploads", headers=headers, data=content)
        assert answer.status_code == 201, answer.get_data(as_text=True)
        return hashlib.sha256(content).hexdigest()
