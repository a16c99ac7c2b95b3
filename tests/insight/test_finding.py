"""One search over everything a person may see: one character and more, newest first, nothing that is not theirs."""

from typing import Any

import pytest

from fieldwork.core import searching
from fieldwork.insight.finding import extract, find
from fieldwork.problems.actions import record_problem
from fieldwork.problems.schemas import ProblemIn
from fieldwork.visits.actions import correct, record_visit
from fieldwork.visits.schemas import VisitIn
from tests.review import making as cases

TEXT = "青石坳村三组灌溉渠淤塞，驻村工作队已到现场，编号WT-2026-0012，𠮷田"


@pytest.fixture
def visit(app: Any, people: Any) -> Any:
    return record_visit(people.xiaolin, VisitIn(unit=people.units.stones.uid, text=TEXT))


def found(user: Any, query: str) -> list[str]:
    return [str(item.record.uid) for item in find(user, query, None).items]


@pytest.mark.parametrize(
    "query",
    ["渠", "驻村", "灌溉渠", "三组灌溉", "驻村工作队已到现场", "𠮷", "𠮷田", "wt-2026", "0012", "淤塞 驻村", "ＷＴ"],
)
def test_any_run_of_characters_is_found(people: Any, visit: Any, query: str) -> None:
    assert found(people.county, query) == [str(visit.uid)]


@pytest.mark.parametrize(
    "query", ["桥", "渠灌", "驻村现场", "淤塞 桥梁", "", "   ", "，", '"', "* OR", "%", "村' OR '1", "\x00"]
)
def test_what_is_not_there_is_not_found(people: Any, visit: Any, query: str) -> None:
    assert found(people.county, query) == []


def test_a_full_stop_parts_what_stands_on_its_sides(app: Any, people: Any) -> None:
    record_visit(people.xiaolin, VisitIn(unit=people.units.stones.uid, text="甲乙，乙丙"))
    assert (found(people.county, "甲乙丙"), len(found(people.county, "乙丙"))) == ([], 1)


def test_a_stranger_finds_nothing_of_others(people: Any, visit: Any) -> None:
    assert found(people.stranger, "淤塞") == []
    assert found(people.east, "淤塞") == []


def test_a_draft_is_found_by_its_author_alone(app: Any, people: Any) -> None:
    draft = record_visit(people.xiaolin, VisitIn(unit=people.units.stones.uid, text=TEXT, draft=True))
    assert (found(people.xiaolin, "淤塞"), found(people.city, "淤塞")) == ([str(draft.uid)], [])


def test_a_model_is_found_by_everybody(app: Any, people: Any) -> None:
    model = cases.promoted(people)
    assert found(people.stranger, "楼长") == [str(model.uid)]


def test_the_newest_of_every_kind_comes_first(people: Any, visit: Any) -> None:
    problem = record_problem(people.xiaolin, ProblemIn(unit=people.units.stones.uid, text="渠道又淤塞"))
    assert found(people.county, "淤塞") == [str(problem.uid), str(visit.uid)]


def test_a_correction_changes_what_is_found(people: Any, visit: Any) -> None:
    correct(people.xiaolin, visit, visit.version, VisitIn(unit=people.units.stones.uid, text="桥面开裂"))
    assert (found(people.county, "淤塞"), found(people.county, "桥面")) == ([], [str(visit.uid)])


def test_results_go_on_from_page_to_page_without_gap(app: Any, people: Any) -> None:
    for number in range(45):
        author = people.xiaolin if number % 3 else people.stranger
        unit = people.units.stones if number % 3 else people.units.hospital
        record_visit(author, VisitIn(unit=unit.uid, text=f"渠道 {number}"))
    seen: list[str] = []
    cursor: str | None = None
    while True:
        page = find(people.county, "渠道", cursor)
        seen += [item.record.text for item in page.items]
        cursor = page.next
        if cursor is None:
            break
    assert seen == [f"渠道 {number}" for number in reversed(range(45)) if number % 3]


def test_the_index_can_be_built_anew(app: Any, people: Any, visit: Any) -> None:
    searching.clear()
    assert found(people.county, "淤塞") == []
    result = app.test_cli_runner().invoke(args=["reindex"])
    assert result.exit_code == 0, result.output
    assert found(people.county, "淤塞") == [str(visit.uid)]


def test_the_place_where_the_words_stand_is_shown() -> None:
    runs = extract("开头很长" * 20 + "渠道淤塞，末端缺水", "淤塞")
    assert ("淤塞", True) in runs
    assert "".join(text for text, _ in runs).endswith("末端缺水")
