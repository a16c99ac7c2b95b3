"""Home, search, coverage, one unit, and what a watchman asks."""

from typing import Any

import pytest

from fieldwork import clock
from fieldwork.core.db import database
from fieldwork.insight import coverage
from fieldwork.problems.actions import record_problem
from fieldwork.problems.schemas import ProblemIn
from fieldwork.visits.actions import record_visit
from fieldwork.visits.schemas import VisitIn
from tests.briefings import making as issues
from tests.review import making as cases

QUERIES_MAX = 25


@pytest.fixture
def visit(app: Any, people: Any) -> Any:
    return record_visit(people.xiaolin, VisitIn(unit=people.units.stones.uid, text="渠道淤塞"))


def test_home_says_there_is_nothing_to_do(log_in: Any, people: Any) -> None:
    assert "暂无待办，辛苦了" in log_in(people.village).get("/").text


def test_home_shows_what_waits_for_each(log_in: Any, people: Any) -> None:
    record_problem(people.xiaolin, ProblemIn(unit=people.units.stones.uid, text="末端供水不足"))
    cases.submitted(people)
    briefing = issues.draft(people, title="十一月简报")
    issues.with_item(people, briefing, "text")
    now = issues.fresh(briefing)
    issues.actions.move(people.office, now, "ask", now.version, {})
    county, leader = log_in(people.county).get("/").text, log_in(people.leader).get("/").text
    assert "末端供水不足" in county
    assert "板凳议事会" in county
    assert "十一月简报" in leader
    assert "板凳议事会" not in log_in(people.east).get("/").text


def test_home_shows_ones_own_last_visits(log_in: Any, people: Any, visit: Any) -> None:
    assert "青石坳村" in log_in(people.xiaolin).get("/").text
    assert "最近走访" not in log_in(people.county).get("/").text


def test_search_marks_the_words(log_in: Any, people: Any, visit: Any) -> None:
    page = log_in(people.county).get("/search?q=淤塞").text
    assert "<mark>淤塞</mark>" in page
    assert f"/visits/{visit.uid}" in page
    assert "没有找到" in log_in(people.stranger).get("/search?q=淤塞").text


def test_what_was_typed_is_never_markup(log_in: Any, people: Any) -> None:
    record_visit(people.xiaolin, VisitIn(unit=people.units.stones.uid, text="<script>alert(1)</script>渠"))
    page = log_in(people.county).get("/search?q=<script>渠").text + log_in(people.county).get("/search?q=渠").text
    assert "<script>alert" not in page


def test_coverage_shows_blanks_and_what_was_done(log_in: Any, people: Any, visit: Any) -> None:
    record_problem(people.xiaolin, ProblemIn(unit=people.units.stones.uid, text="末端供水不足"))
    matrix = coverage.matrix(people.city, "type", clock.today().year)
    village = matrix.at(people.terms.north_county, people.terms.village)
    window = matrix.at(people.terms.east_county, people.terms.window)
    assert village is not None
    assert window is not None
    assert (village.units, village.visited_units, village.open_problems, village.is_blank) == (1, 1, 1, False)
    assert village.last_visit == clock.local(visit.captured_at).date()
    assert window.is_blank
    assert "未走访" in log_in(people.city).get("/coverage/").text
    assert log_in(people.city).get("/coverage/?by=sector").status_code == 200


def test_a_county_sees_the_coverage_of_its_own_area(people: Any, visit: Any) -> None:
    rows = [row.name for row in coverage.matrix(people.county, "type", clock.today().year).rows]
    assert rows == ["北峰县"]


def test_a_units_page_shows_what_the_person_may_see(log_in: Any, people: Any, visit: Any) -> None:
    url = f"/units/{people.units.stones.uid}"
    assert "渠道淤塞" in log_in(people.county).get(url).text
    foreign = log_in(people.stranger).get(url).text
    assert "渠道淤塞" not in foreign
    assert "青石坳村" in foreign


def test_a_watchman_is_answered(log_in: Any) -> None:
    assert log_in(None).get("/healthz").json == {"status": "ok"}
    ready = log_in(None).get("/readyz")
    assert (ready.status_code, ready.json) == (200, {"database": True, "migrations": True, "storage": True})


@pytest.mark.parametrize(
    "path", ["/", "/visits/", "/problems/", "/cases/", "/models/", "/review/", "/search?q=渠", "/briefings/"]
)
def test_no_list_asks_the_database_once_a_row(log_in: Any, people: Any, path: str) -> None:
    for number in range(12):
        made = record_visit(people.xiaolin, VisitIn(unit=people.units.stones.uid, text=f"渠道 {number}"))
        record_problem(people.xiaolin, ProblemIn(unit=people.units.stones.uid, text=f"渠 {number}", visit=made.uid))
        (cases.promoted if number % 2 else cases.submitted)(people, title=f"渠 {number}")
    asked: list[str] = []
    database.obj.query_hooks.append(lambda event: asked.append(event.sql))
    try:
        assert log_in(people.county).get(path).status_code == 200
    finally:
        database.obj.query_hooks.clear()
    assert len(asked) <= QUERIES_MAX, "\n".join(asked)
