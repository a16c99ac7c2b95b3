"""Somebody at a desk: pages and forms over HTTP as a browser sends them; and the database, behind the app's back."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import requests
from lxml import html

from tests.support.cast import PASSWORD


class Desk:
    """One person logged in. A form that is refused is an error of the test: `submit` says what stood there."""

    def __init__(self, address: str, username: str) -> None:
        self.address = address
        self.http = requests.Session()
        self.http.headers["Sec-Fetch-Site"] = "same-origin"
        self.post("/login", username=username, password=PASSWORD)

    def get(self, path: str) -> requests.Response:
        return self.http.get(f"{self.address}{path}", timeout=60)

    def post(self, path: str, **fields: Any) -> requests.Response:
        answer = self.http.post(f"{self.address}{path}", data=fields, timeout=60)
        assert answer.status_code == 200, (path, answer.status_code, html.fromstring(answer.text).text_content())
        return answer

    def submit(self, page: str, action: str, **changed: Any) -> requests.Response:
        """Send the form of a page that goes to `action`, as it stands there but for these fields."""
        forms = html.fromstring(self.get(page).text).forms
        form = next(one for one in forms if one.action.endswith(action))
        fields: dict[str, Any] = {}
        for name, value in form.form_values():
            fields.setdefault(name, []).append(value)
        return self.post(form.action, **{**fields, **changed})

    def links(self, page: str, part: str) -> list[str]:
        """The addresses on a page that have this in them."""
        found = html.fromstring(self.get(page).text).xpath("//a/@href")
        return [str(address) for address in dict.fromkeys(found) if part in address]


def ask(data: Path, query: str, *values: Any) -> list[Any]:
    """A question to the database of a town, or a change of it, whether its server is running or not."""
    with closing(sqlite3.connect(data / "fieldwork.db", timeout=20)) as database, database:
        return database.execute(query, values).fetchall()
