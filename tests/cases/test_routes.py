"""The pages of cases and of their review: written, listed, decided, downloaded; six questions to each."""

import io
from typing import Any

import pytest
from docx import Document

from fieldwork.cases.models import Case, Pin
from fieldwork.problems.actions import record_problem
from fieldwork.problems.schemas import ProblemIn
from tests.review import making


def form(people: Any, **more: Any) -> dict[str, Any]:
    return {"unit": str(people.units.stones.uid), **making.WORDS, **more}


def test_a_practice_is_written_and_shown(log_in: Any, people: Any) -> None:
    client = log_in(people.xiaolin)
    answer = client.post("/cases/new", data=form(people))
    assert answer.status_code == 303
    page = client.get(answer.headers["Location"]).text
    assert "党员楼长召集" in page
    assert "草稿" in page


def test_one_sentence_is_enough_to_keep_it(log_in: Any, people: Any) -> None:
    answer = log_in(people.xiaolin).post("/cases/new", data={"unit": str(people.units.stones.uid), "text": "板凳课堂"})
    assert answer.status_code == 303


def test_what_is_too_long_is_said_and_stays(log_in: Any, people: Any) -> None:
    answer = log_in(people.xiaolin).post("/cases/new", data=form(people, summary="长" * 201, lessons="启示文字"))
    assert answer.status_code == 422
    assert "最多 200 个字，现在有 201 个字" in answer.text
    assert "启示文字" in answer.text
    assert Case.select().count() == 0


def test_a_case_begun_at_a_problem_is_linked_to_it(log_in: Any, people: Any) -> None:
    problem = record_problem(people.xiaolin, ProblemIn(unit=people.units.stones.uid, text="渠道淤塞"))
    client = log_in(people.xiaolin)
    assert problem.number in client.get(f"/cases/new?problem={problem.uid}").text
    answer = client.post("/cases/new", data=form(people, problems=[str(problem.uid)]))
    assert problem.number in client.get(answer.headers["Location"]).text


def test_the_contact_is_not_in_the_word_file(log_in: Any, people: Any) -> None:
    case = making.draft(people, contact="王会计")
    answer = log_in(people.xiaolin).get(f"/cases/{case.uid}.docx")
    text = "\n".join(paragraph.text for paragraph in Document(io.BytesIO(answer.data)).paragraphs)
    assert "党员楼长召集" in text
    assert "王会计" not in text


def test_a_case_in_review_is_not_edited(log_in: Any, people: Any) -> None:
    case = making.submitted(people)
    assert log_in(people.xiaolin).get(f"/cases/{case.uid}/edit").status_code == 409


def test_an_author_ticks_comments_off_and_submits_again(log_in: Any, people: Any) -> None:
    case = making.submitted(people)
    county, author = log_in(people.county), log_in(people.xiaolin)
    sent = {"version": "2", "reason": "请补充", "pin-effect": "注明来源"}
    assert county.post(f"/cases/{case.uid}/return", data=sent).status_code == 303
    page = author.get(f"/cases/{case.uid}/edit").text
    assert "注明来源" in page
    pin = Pin.get()
    again = form(people, version="3", effect="议定37件（据台账）", ticked=[str(pin.id)])
    assert author.post(f"/cases/{case.uid}/edit", data=again).status_code == 303
    assert Pin.get().done_at is not None
    assert author.post(f"/cases/{case.uid}/submission", data={"version": "4"}).status_code == 303
    shown = county.get(f"/review/{case.uid}").text
    assert "<ins>" in shown
    assert "第 2 轮" in shown


def test_a_return_without_a_reason_is_asked_for_one(log_in: Any, people: Any) -> None:
    case = making.submitted(people)
    sent = {"version": "2", "reason": " ", "pin-effect": "注明来源"}
    answer = log_in(people.county).post(f"/cases/{case.uid}/return", data=sent)
    assert answer.status_code == 422
    assert "请填写这一项" in answer.text
    assert "注明来源" in answer.text


def test_two_reviewers_at_once_the_second_keeps_both_texts(log_in: Any, people: Any) -> None:
    case = making.submitted(people)
    county = log_in(people.county)
    assert county.post(f"/cases/{case.uid}/approval", data={"version": "2"}).status_code == 303
    answer = county.post(f"/cases/{case.uid}/return", data={"version": "2", "reason": "请补充成效数据"})
    assert answer.status_code == 409
    assert "请补充成效数据" in answer.text
    assert "曾敏" in answer.text


@pytest.mark.parametrize(
    ("query", "count"), [("", 2), ("?q=板凳", 2), ("?q=不在", 0), ("?area=north", 1), ("?type=window", 1)]
)
def test_models_are_browsed_by_area_type_and_words(log_in: Any, people: Any, query: str, count: int) -> None:
    making.promoted(people)
    there = making.submitted(people, author=people.stranger, unit=people.units.hospital)
    banked = making.passed(there, people.east, people.city, people.leader)
    making.actions.decide(people.leader, banked, "promote", banked.version, making.Promotion(grade="city"))
    making.banked(people, title="尚未推广的板凳会")
    page = log_in(people.laoma).get(f"/models/{query}").text
    assert page.count('class="row-title"') == count
    assert "尚未推广" not in page


def test_who_sees_a_model_only_as_a_model_sees_nothing_of_the_work_on_it(log_in: Any, people: Any) -> None:
    case = making.submitted(people, contact="王会计")
    log_in(people.county).post(
        f"/cases/{case.uid}/return", data={"version": "2", "reason": "言辞夸大", "pin-text": "删"}
    )
    client = log_in(people.xiaolin)
    client.post(f"/cases/{case.uid}/submission", data={"version": "3"})
    banked = making.passed(Case.get(), people.county, people.city, people.leader)
    making.actions.decide(people.leader, banked, "promote", banked.version, making.Promotion(grade="city"))
    assert "言辞夸大" in client.get(f"/cases/{case.uid}").text
    stranger = log_in(people.stranger)
    page = stranger.get(f"/cases/{case.uid}")
    assert page.status_code == 200
    assert "言辞夸大" not in page.text
    assert "王会计" not in page.text
    assert stranger.get(f"/cases/{case.uid}/versions").status_code == 403


@pytest.mark.parametrize("version", ["", "x", "-1", "9" * 30, "9" * 5000, "²"])
def test_a_rubbish_version_is_a_bad_request(log_in: Any, people: Any, version: str) -> None:
    case = making.draft(people)
    assert log_in(people.xiaolin).post(f"/cases/{case.uid}/submission", data={"version": version}).status_code == 400


def test_the_office_decides_on_the_page_of_review_too(log_in: Any, people: Any) -> None:
    case = making.banked(people)
    assert "评为典型" in log_in(people.office).get(f"/review/{case.uid}").text


def test_the_queue_tells_when_nothing_waits(log_in: Any, people: Any) -> None:
    assert "暂无待办，辛苦了" in log_in(people.city).get("/review/").text


def test_a_stranger_sees_no_case_in_review(log_in: Any, people: Any) -> None:
    case = making.submitted(people)
    assert log_in(people.stranger).get(f"/cases/{case.uid}").status_code == 404
    assert str(case.uid) not in log_in(people.stranger).get("/cases/").text
