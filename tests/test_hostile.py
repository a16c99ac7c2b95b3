"""Odd input at every door: an answer in words, never a fault of ours."""

from typing import Any

import pytest

LONG = "a" * 60_000
QUERIES = [
    "state=%00", "area=%00", "type=%00", "sector=%00", "unit=%00", "q=%00", "cursor=%00", "cursor=" + "9" * 30,
    "from=9999-99-99", "from=0001-01-01&to=9999-12-31", "to=9999-12-31", "kind=%00", "subject=%00", "q=" + LONG,
    "unit_q=%00", "co_handlers_q=" + LONG, "near=nan,nan", "near=1e400,0", "visit=%00", "problem=%00", "draft=%00",
]  # fmt: skip
PAGES = [
    "/", "/visits/", "/problems/", "/cases/", "/models/", "/review/", "/briefings/", "/coverage/", "/search",
    "/admin/users", "/admin/units", "/admin/journal", "/units/options", "/problems/units", "/visits/new",
    "/problems/new", "/cases/new", "/problems/export.xlsx", "/feedback/", "/feedback/new", "/api/v1/visits",
    "/api/v1/problems", "/api/v1/cases", "/api/v1/units",
]  # fmt: skip


@pytest.mark.parametrize("path", PAGES)
def test_no_query_string_breaks_a_page(path: str, people: Any, log_in: Any) -> None:
    client = log_in(people.admin if path.startswith("/admin") else people.office)
    broken = [query[:40] for query in QUERIES if client.get(f"{path}?{query}").status_code >= 500]
    assert broken == []


@pytest.mark.parametrize(
    ("path", "data"),
    [
        ("/feedback/", {"page": "/\0x", "text": "意见"}),
        ("/login", {"username": "a\0", "password": "b\0", "next": "//["}),
        ("/visits/new", {"programmes": "\0", "unit_q": "\0", "text": "走访"}),
        ("/visits/new", {"on_day": "0001-01-01", "at_time": "00:00", "text": "走访"}),
        ("/cases/new", {"visit": "01900000-0000-7000-8000-000000000000", "text": "做法"}),
    ],
)
def test_no_form_breaks_and_what_was_typed_comes_back(
    path: str, data: dict[str, str], people: Any, log_in: Any
) -> None:
    answer = log_in(None if path in {"/login", "/feedback/"} else people.xiaolin).post(path, data=data)
    assert answer.status_code < 500
    if path.endswith("/new"):
        assert answer.status_code == 422
        assert data["text"] in answer.text


@pytest.mark.parametrize("headers", [{"Origin": "http://["}, {"Referer": "http://["}, {"Origin": "null"}])
def test_no_header_breaks_the_door(headers: dict[str, str], app: Any) -> None:
    client = app.test_client()
    assert client.post("/visits/new", data={"text": "写到一半"}, headers=headers).status_code < 500


def test_a_hash_that_is_none_is_not_found(people: Any, log_in: Any) -> None:
    for sha in ("0" * 63 + "%00", "g" * 64, "../" + "0" * 61):
        assert log_in(people.xiaolin).get(f"/photos/{sha}").status_code == 404


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-03", "2999-01-01"])
def test_a_day_that_cannot_have_been_is_said_at_its_field(day: str, people: Any, log_in: Any) -> None:
    form = {"unit": str(people.units.stones.uid), "text": "走访", "on_day": day}
    answer = log_in(people.xiaolin).post("/visits/new", data=form)
    assert answer.status_code == 422
    assert "f-on_day-fault" in answer.text
