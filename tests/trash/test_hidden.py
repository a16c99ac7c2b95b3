"""What was thrown away is nowhere: no list, count, search, export, coverage, home, API or photo shows it."""

import io
from typing import Any

import pytest
from openpyxl import load_workbook

from fieldwork.clock import today
from fieldwork.trash import actions
from fieldwork.visits import queries as visits
from tests.api.calling import Phone
from tests.photos.sending import ready
from tests.trash.making import KINDS, WORDS, made, thrown

PAGES = {
    "visit": ["/visits/", "/", "/search?q=蓄水池"],
    "problem": ["/problems/", "/problems/?mine=1", "/", "/search?q=蓄水池"],
    "case": ["/cases/", "/models/", "/", "/search?q=蓄水池"],
}


@pytest.mark.parametrize("kind", KINDS)
def test_no_list_shows_it_to_anybody(kind: str, people: Any, log_in: Any) -> None:
    thrown(kind, people.xiaolin, people.units.stones)
    for person in (people.xiaolin, people.county, people.office, people.leader, people.admin):
        client = log_in(person)
        unit = f"/units/{people.units.stones.uid}"
        assert [url for url in [*PAGES[kind], unit] if WORDS in client.get(url).text] == []


@pytest.mark.parametrize("kind", KINDS)
def test_the_lists_would_show_it_otherwise(kind: str, people: Any, log_in: Any) -> None:
    made(kind, people.xiaolin, people.units.stones)
    assert WORDS in log_in(people.xiaolin).get(PAGES[kind][0]).text


@pytest.mark.parametrize("kind", KINDS)
def test_the_api_does_not_tell_of_it(kind: str, app: Any, people: Any) -> None:
    record, phone = thrown(kind, people.xiaolin, people.units.stones), Phone(app, people.xiaolin)
    assert phone.call("GET", f"/{kind}s").json["items"] == []
    assert phone.call("GET", f"/{kind}s/{record.uid}").status_code == 404


def test_no_export_holds_it(people: Any, log_in: Any) -> None:
    thrown("problem", people.xiaolin, people.units.stones)
    made("problem", people.xiaolin, people.units.stones, text="另一处渠道淤塞", title="")
    book = load_workbook(io.BytesIO(log_in(people.office).get("/problems/export.xlsx").data))
    cells = [str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row]
    assert not any(WORDS in cell for cell in cells)
    assert any("另一处渠道淤塞" in cell for cell in cells)


def test_no_count_holds_it(people: Any, log_in: Any) -> None:
    visit = made("visit", people.xiaolin, people.units.stones)
    for kind in ("problem", "case"):
        thrown(kind, people.xiaolin, people.units.stones, visit=visit.uid)
    counts = visits.counts_of([visit.id])
    assert counts == {"problem": {}, "case": {}, "photo": {}}
    home = log_in(people.xiaolin).get("/").text
    assert "个问题" not in home
    assert "个做法" not in home


def test_coverage_does_not_know_it(people: Any, log_in: Any) -> None:
    def page() -> str:
        return str(log_in(people.office).get(f"/coverage/?year={today().year}").text)

    before = page()
    visit, problem = (made(kind, people.xiaolin, people.units.stones) for kind in ("visit", "problem"))
    assert page() != before
    for record in (visit, problem):
        actions.throw_away(people.xiaolin, record, record.version)
    assert page() == before


def test_a_visit_thrown_away_is_no_clash_and_no_recent_place(people: Any) -> None:
    visit = thrown("visit", people.xiaolin, people.units.stones)
    assert visits.clashes(people.units.stones, people.laoma.unit_id, visit.captured_at) == []
    assert visits.recent_unit_ids(people.xiaolin, 5) == []


def test_its_photo_is_shown_to_nobody_but_who_sent_it(people: Any, log_in: Any, drawn_jpeg: bytes) -> None:
    (photo,) = ready(people.xiaolin, drawn_jpeg)
    record = made("problem", people.xiaolin, people.units.stones, held=[photo.sha256])
    assert log_in(people.county).get(f"/photos/{photo.sha256}").status_code == 200
    actions.throw_away(people.xiaolin, record, record.version)
    assert log_in(people.county).get(f"/photos/{photo.sha256}").status_code == 404
    assert log_in(people.xiaolin).get(f"/photos/{photo.sha256}").status_code == 200


def test_nothing_more_is_found_on_a_visit_thrown_away(people: Any, log_in: Any) -> None:
    visit = thrown("visit", people.xiaolin, people.units.stones)
    page = log_in(people.xiaolin).get(f"/problems/new?visit={visit.uid}").text
    assert "发现，单位、地点、时间随走访带入" not in page


def test_a_phone_that_sends_it_again_is_told_it_is_gone(app: Any, people: Any) -> None:
    record, phone = thrown("visit", people.xiaolin, people.units.stones), Phone(app, people.xiaolin)
    body = {"id": str(record.uid), "kind": "visit", "captured_at": "2026-11-20T09:15:00+08:00"}
    body |= {"unit": str(people.units.stones.uid), "text": WORDS}
    assert phone.put(body).status_code == 410
