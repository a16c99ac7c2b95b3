"""A program with a token: what a phone does without its browser, and what a test asks the server about it."""

import base64
import hashlib
import time
from typing import Any

import requests

from fieldwork import ids
from tests.support.cast import PASSWORD

MOMENT = "2026-11-20T09:15:00+08:00"
TUS = {"Tus-Resumable": "1.0.0"}


class Program:
    """Calls of the API as one person."""

    def __init__(self, address: str, username: str) -> None:
        self.at = f"{address}/api/v1"
        self.http = requests.Session()
        asked = {"username": username, "password": PASSWORD, "device": "程序"}
        self.token = self.http.post(f"{self.at}/tokens", json=asked, timeout=30).json()["token"]
        self.http.headers["Authorization"] = f"Bearer {self.token}"

    def unit(self, name: str = "青石坳村") -> str:
        units = self.get("/units").json()["items"]
        return str(next(unit["id"] for unit in units if unit["name"] == name))

    def body(self, text: str, kind: str = "visit", photos: list[bytes] | None = None, **more: Any) -> dict[str, Any]:
        """A record to be sent."""
        listed = [{"sha256": sha256(photo), "caption": ""} for photo in photos or []]
        required = {"id": str(ids.uuid7()), "kind": kind, "captured_at": MOMENT, "unit": self.unit(), "text": text}
        return {**required, "photos": listed, **more}

    def get(self, path: str) -> requests.Response:
        return self.http.get(f"{self.at}{path}", timeout=60)

    def put(self, body: dict[str, Any]) -> requests.Response:
        return self.http.put(f"{self.at}/{body['kind']}s/{body['id']}", json=body, timeout=60)

    def have(self, uids: list[str], hashes: list[str]) -> dict[str, list[str]]:
        held: dict[str, list[str]] = self.http.post(f"{self.at}/have", json={"ids": uids, "hashes": hashes}).json()
        return held

    def visits(self) -> list[dict[str, Any]]:
        """All visits this person sees."""
        return self.listed("visits")

    def listed(self, room: str) -> list[dict[str, Any]]:
        """Every page of a list."""
        items, cursor = [], ""
        while True:
            page = self.get(f"/{room}?cursor={cursor}").json()
            items += page["items"]
            if page["next"] is None:
                return items
            cursor = page["next"]

    def photo(self, sha: str) -> bytes | None:
        """The original, as it is held."""
        answer = self.get(f"/photos/{sha}?size=original")
        return answer.content if answer.status_code == 200 else None

    def picture(self, sha: str, size: int, seconds: float = 30) -> requests.Response:
        """What is shown of it, once it is made."""
        until = time.monotonic() + seconds
        while "Retry-After" in (answer := self.get(f"/photos/{sha}?size={size}")).headers and time.monotonic() < until:
            time.sleep(0.2)
        return answer

    def begin(self, content: bytes, sha: str | None = None, name: str = "image.jpg") -> requests.Response:
        """Announce an upload."""
        said = {"sha256": sha or sha256(content), "filename": name}
        metadata = ",".join(f"{key} {base64.b64encode(value.encode()).decode()}" for key, value in said.items())
        headers = {**TUS, "Upload-Length": str(len(content)), "Upload-Metadata": metadata}
        return self.http.post(f"{self.at}/uploads", headers=headers, timeout=60)

    def patch(self, url: str, offset: int, chunk: bytes) -> requests.Response:
        headers = {**TUS, "Upload-Offset": str(offset), "Content-Type": "application/offset+octet-stream"}
        return self.http.patch(url, data=chunk, headers=headers, timeout=60)

    def head(self, url: str) -> requests.Response:
        """How far an upload has come."""
        return self.http.head(url, headers=TUS, timeout=60)

    def upload(self, content: bytes, sha: str | None = None, name: str = "image.jpg", chunk: int = 65536) -> int:
        """The whole of a photo; the status of the last call."""
        made = self.begin(content, sha, name)
        if made.status_code != 201:
            return made.status_code
        status = 0
        for offset in range(0, len(content), chunk):
            status = self.patch(made.headers["Location"], offset, content[offset : offset + chunk]).status_code
            if status != 204:
                break
        return status


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
