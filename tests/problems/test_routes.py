"""The list, one problem beside it, its versions, the spreadsheet: as people meet them."""

import io
import logging
from typing import Any
from urllib.parse import unquote

import openpyxl
import pytest

from fieldwork import ids, journal
from tests.problems import making
from tests.problems.browsing import HTMX, page, url_of
from tests.support import worlds


def test_the_list_shows_each_problem_with_its_state_and_deadline(people: Any, log_in: Any) -> None:
    making.assigned(people)
    late = making.overdue(people)
    text = page(log_in(people.county), "/problems/")
    assert "办理中" in text
    assert f"/problems/{late.uid}" in text
    assert "逾期" in text
    assert "共 2 件" in text


def test_an_empty_ledger_says_so_without_shouting(people: Any, log_in: Any) -> None:
    assert "还没有记录问题" in page(log_in(people.xiaolin), "/problems/")
    assert "辛苦了" in page(log_in(people.county), "/problems/?mine=1")
    assert "没有符合条件的问题" in page(log_in(people.county), "/problems/?state=closed")


def test_more_brings_only_the_further_rows(people: Any, log_in: Any) -> None:
    for n in range(21):
        making.problem(people, text=f"第{n}件")
    client = log_in(people.county)
    first = page(client, "/problems/?state=reported")
    cursor = first.split("cursor=")[1].split('"')[0]
    more = page(client, f"/problems/?state=reported&cursor={cursor}", headers=HTMX)
    assert "<html" not in more
    assert "第0件" in more
    assert "第20件" not in more


@pytest.mark.parametrize("query", ["", "?area=north&state=assigned&q=渠", "?mine=1", "?overdue=1"])
def test_the_list_asks_few_questions_and_no_more_when_it_is_long(
    people: Any, log_in: Any, caplog: Any, query: str
) -> None:
    client = log_in(people.county)

    def questions() -> int:
        caplog.clear()
        with caplog.at_level(logging.DEBUG, logger="peewee"):
            page(client, f"/problems/{query}")
        return len([record for record in caplog.records if record.name == "peewee"])

    making.assigned(people)
    page(client, "/problems/")
    few = questions()
    for _ in range(15):
        making.assigned(people)
    assert questions() == few <= 13


@pytest.mark.parametrize(
    "query",
    ["cursor=abc", "cursor=" + "9" * 40, "cursor=-1", "from=never", "unit=x", "q=%00"],
)
def test_rubbish_in_the_address_is_no_fault(people: Any, log_in: Any, query: str) -> None:
    making.problem(people)
    page(log_in(people.county), f"/problems/?{query}")


# --- one problem


def test_the_page_of_a_problem_tells_its_whole_life(people: Any, log_in: Any) -> None:
    problem = making.step(people, people.laoma, making.assigned(people), "progress")
    text = page(log_in(people.village), url_of(problem))
    for words in ("WT-", "青石坳村", making.TEXT, "交办", "春灌前疏通", "已清淤200米", "马骁", "市农业农村局配合"):
        assert words in text


def test_a_row_opens_beside_the_list_and_is_marked_there(people: Any, log_in: Any) -> None:
    first, second = making.problem(people), making.problem(people, text="另一件")
    headers = HTMX | {"HX-Current-URL": f"http://localhost/problems/{first.uid}?state=reported"}
    part = page(log_in(people.county), url_of(second), headers=headers)
    assert "<html" not in part
    assert f'id="row-{first.uid}" hx-swap-oob="true"' in part
    assert f'id="row-{second.uid}" aria-current="true" hx-swap-oob="true"' in part


def test_the_buttons_are_those_moves_the_person_may_make(people: Any, log_in: Any) -> None:
    problem = making.assigned(people)
    village, county = page(log_in(people.village), url_of(problem)), page(log_in(people.county), url_of(problem))
    assert url_of(problem, "resolution") in village
    assert url_of(problem, "transfer") not in village
    assert url_of(problem, "transfer") in county
    assert url_of(problem, "resolution") not in county


def test_what_does_not_exist_for_a_person_is_not_found(people: Any, log_in: Any) -> None:
    problem = making.problem(people)
    for url in (url_of(problem), url_of(problem, "versions"), url_of(problem, "verification"), url_of(problem, "edit")):
        assert log_in(people.stranger).get(url).status_code == 404
    assert log_in(people.city).get(f"/problems/{ids.uuid7()}").status_code == 404


def test_nobody_reads_the_ledger_without_logging_in(people: Any, log_in: Any) -> None:
    problem = making.problem(people)
    for url in ("/problems/", url_of(problem), "/problems/export.xlsx", "/problems/new"):
        answer = log_in(None).get(url)
        assert answer.status_code == 303
        assert answer.location.startswith("/login")


def test_earlier_like_problems_are_offered_before_it_is_handed_on(people: Any, log_in: Any) -> None:
    earlier = making.problem(people, text="三组灌溉渠淤塞，春灌时末端水田没有水")
    problem = making.problem(people)
    client = log_in(people.county)
    assert url_of(problem, "alike") in page(client, url_of(problem))
    assert url_of(earlier) in page(client, url_of(problem, "alike"))


def test_the_versions_show_what_was_changed_into_what(people: Any, log_in: Any) -> None:
    problem = making.problem(people)
    client = log_in(people.xiaolin)
    form = {"version": "1", "unit": str(people.units.stones.uid), "text": "改过的情况", "urgency": "urgent"}
    assert client.post(url_of(problem, "edit"), data=form).status_code == 303
    text = page(client, url_of(problem, "versions"))
    assert f"<del>{making.TEXT}</del> <ins>改过的情况</ins>" in text
    assert "<del>一般</del> <ins>紧急</ins>" in text


# --- the spreadsheet


def export(client: Any, query: str = "") -> Any:
    answer = client.get(f"/problems/export.xlsx{query}")
    assert answer.status_code == 200
    return answer, openpyxl.load_workbook(io.BytesIO(answer.data)).worksheets[0]


def column(sheet: Any, number: int) -> list[Any]:
    cells = [row[number].value for row in sheet.iter_rows(min_row=4)]
    return [cell for cell in cells if cell is not None]


def test_the_spreadsheet_holds_what_the_person_sees_and_asked_for(people: Any, log_in: Any) -> None:
    worlds.make(people)
    mine = making.assigned(people)
    _, everything = export(log_in(people.city))
    assert column(everything, 1) == ["WT-2026-0001", "WT-2026-0002", "WT-2026-0003"]
    _, north = export(log_in(people.county), "?state=assigned")
    assert column(north, 1) == [mine.number]


def test_the_spreadsheet_is_named_in_chinese_and_leaves_a_line_in_the_journal(people: Any, log_in: Any) -> None:
    answer, _ = export(log_in(people.office), "?area=north")
    name = answer.headers["Content-Disposition"].split("filename*=UTF-8''")[1]
    assert unquote(name).startswith("问题台账_")
    entry = journal.AuditEntry.select().order_by(journal.AuditEntry.id.desc()).first()
    assert (entry.action, entry.actor_id, entry.detail["filters"]) == (
        "problem.exported",
        people.office.id,
        {"area": "north"},
    )


def test_a_text_that_looks_like_a_formula_stays_a_text(people: Any, log_in: Any) -> None:
    making.problem(people, text='=HYPERLINK("http://x","点我")')
    _, sheet = export(log_in(people.city))
    cell = next(row[7] for row in sheet.iter_rows(min_row=4, max_row=4))
    assert cell.data_type == "s"


def test_a_cadre_exports_nothing(people: Any, log_in: Any) -> None:
    assert log_in(people.xiaolin).get("/problems/export.xlsx").status_code == 403
