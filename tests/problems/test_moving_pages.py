"""The form of every move, and what happens when it is sent."""

from typing import Any
from urllib.parse import quote

import pytest

from fieldwork.photos.models import PhotoLink
from fieldwork.problems.models import Problem
from fieldwork.problems.states import MOVES
from tests.problems import making
from tests.problems.browsing import HTMX, form_of, page, picture, url_of

NOBODYS = "01980000-0000-7000-8000-000000000000"


@pytest.mark.parametrize("code", list(MOVES))
def test_every_move_has_a_page_with_its_form(people: Any, log_in: Any, code: str) -> None:
    make, name, _ = making.HAPPENS[code]
    problem = make(people)
    text = page(log_in(getattr(people, name)), url_of(problem, MOVES[code].noun))
    assert f'action="{url_of(problem, MOVES[code].noun)}"' in text
    assert f'name="version" value="{problem.version}"' in text


def test_a_desk_hands_a_problem_to_a_unit_by_the_form(people: Any, log_in: Any) -> None:
    problem = making.verified(people)
    client = log_in(people.county)
    answer = client.post(url_of(problem, "assignment"), data=form_of(problem, people, "assign"))
    assert (answer.status_code, answer.location) == (303, url_of(problem))
    fresh = Problem.get_by_id(problem.id)
    assert (fresh.state, fresh.lead_unit_id) == ("assigned", people.units.stones.id)
    assert "已办理：交办" in page(client, url_of(problem))


def test_htmx_is_told_to_go_to_the_problem(people: Any, log_in: Any) -> None:
    problem = making.problem(people)
    answer = log_in(people.county).post(url_of(problem, "verification"), data={"version": "1"}, headers=HTMX)
    assert (answer.status_code, answer.headers["HX-Redirect"]) == (200, url_of(problem))


@pytest.mark.parametrize(
    ("code", "make", "name", "wrong", "words"),
    [
        ("decline", making.problem, "county", {"reason": " "}, "请填写这一项"),
        ("assign", making.verified, "county", {"due_on": "2020-01-01"}, "日期已经过去"),
        ("assign", making.verified, "county", {"due_on": "soon"}, "日期格式不对"),
        ("assign", making.verified, "county", {"lead_unit": NOBODYS}, "没有这个单位"),
        ("assign", making.verified, "county", {"co_handlers": [NOBODYS]}, "没有这个单位"),
        ("merge", making.problem, "county", {"into": "WT-1999-0001"}, "没有找到这个编号"),
        ("close", making.resolved, "county", {"verdict": "dissatisfied", "comment": ""}, "请写明理由"),
        ("resolve", making.assigned, "village", {"done": "机密★"}, "密级"),
    ],
)
def test_a_wrong_answer_is_said_at_its_field_and_nothing_is_lost(
    people: Any, log_in: Any, code: str, make: Any, name: str, wrong: dict[str, Any], words: str
) -> None:
    problem = make(people)
    form = form_of(problem, people, code) | wrong
    answer = log_in(getattr(people, name)).post(url_of(problem, MOVES[code].noun), data=form, headers=HTMX)
    assert answer.status_code == 422
    assert "<html" not in answer.text
    assert words in answer.text
    assert f'name="version" value="{problem.version}"' in answer.text
    assert Problem.get_by_id(problem.id).version == problem.version


def test_the_same_lead_is_no_transfer(people: Any, log_in: Any) -> None:
    problem = making.assigned(people)
    form = form_of(problem, people, "transfer", lead_unit=people.units.stones.uid)
    answer = log_in(people.county).post(url_of(problem, "transfer"), data=form)
    assert answer.status_code == 422
    assert "请选另一个单位" in answer.text


def test_somebody_who_may_not_is_told_so(people: Any, log_in: Any) -> None:
    problem = making.assigned(people)
    answer = log_in(people.laoma).post(url_of(problem, "resolution"), data=form_of(problem, people, "resolve"))
    assert answer.status_code == 403
    assert Problem.get_by_id(problem.id).state == "assigned"


def test_the_second_of_two_sees_what_stands_now_beside_her_own_words(people: Any, log_in: Any) -> None:
    problem = making.assigned(people)
    making.step(people, people.city, problem, "escalate", reason="请市水利局协调")
    form = form_of(problem, people, "transfer", reason="属农业农村部门")
    answer = log_in(people.county).post(url_of(problem, "transfer"), data=form)
    assert answer.status_code == 409
    for words in ("办理中", "请市水利局协调", "仇玉", "属农业农村部门", "市农业农村局", "用我的内容再交一次"):
        assert words in answer.text
    again = form | {"version": str(problem.version + 1)}
    assert log_in(people.county).post(url_of(problem, "transfer"), data=again).status_code == 303


def test_there_is_no_sending_again_when_the_problem_has_moved_on(people: Any, log_in: Any) -> None:
    problem = making.problem(people)
    making.step(people, people.city, problem, "verify")
    answer = log_in(people.county).post(url_of(problem, "verification"), data={"version": "1", "comment": "属实"})
    assert answer.status_code == 409
    assert "属实" in answer.text
    assert "再交一次" not in answer.text


def test_photos_sent_with_a_form_that_came_too_late_are_not_lost(people: Any, log_in: Any) -> None:
    problem = making.assigned(people)
    making.step(people, people.laoma, problem, "progress")
    form = form_of(problem, people, "progress") | {"photos": picture()}
    client = log_in(people.village)
    answer = client.post(url_of(problem, "progress"), data=form, content_type="multipart/form-data")
    assert answer.status_code == 409
    assert 'name="held" value="' in answer.text


def test_a_correction_that_came_too_late_shows_both_texts(people: Any, log_in: Any) -> None:
    problem = making.problem(people)
    making.step(people, people.county, problem, "verify")
    form = {"version": "1", "unit": str(people.units.stones.uid), "text": "改过的情况"}
    answer = log_in(people.xiaolin).post(url_of(problem, "edit"), data=form)
    assert answer.status_code == 409
    assert making.TEXT in answer.text
    assert "改过的情况" in answer.text


def test_evidence_is_kept_apart_from_the_photos_of_the_problem(people: Any, log_in: Any) -> None:
    problem = making.assigned(people)
    client = log_in(people.village)
    form = form_of(problem, people, "resolve") | {"photos": picture("green"), "captions": "通水了"}
    assert client.post(url_of(problem, "resolution"), data=form, content_type="multipart/form-data").status_code == 303
    assert PhotoLink.get().purpose == "evidence"
    text = page(client, url_of(problem))
    assert "办理佐证" in text
    assert "通水了" in text


def test_co_handlers_found_by_search_are_added_as_chips_to_tick(people: Any, log_in: Any) -> None:
    chips = page(log_in(people.county), f"/problems/units?co_handlers_q={quote('农业')}", headers=HTMX)
    assert "市农业农村局" in chips
    assert 'type="checkbox" name="co_handlers"' in chips


def test_a_lead_unit_is_found_without_javascript(people: Any, log_in: Any) -> None:
    problem = making.verified(people)
    form = form_of(problem, people, "assign") | {"lead_unit_q": "医院", "co_handlers_q": "工委", "find": "1"}
    answer = log_in(people.county).post(url_of(problem, "assignment"), data=form)
    assert answer.status_code == 200
    assert "东屏区人民医院" in answer.text
    assert "春灌前疏通" in answer.text
    assert Problem.get_by_id(problem.id).state == "verified"


@pytest.mark.parametrize("version", ["", "x", "-1", "9" * 30])
def test_a_form_with_a_rubbish_version_changes_nothing(people: Any, log_in: Any, version: str) -> None:
    problem = making.problem(people)
    answer = log_in(people.county).post(url_of(problem, "verification"), data={"version": version})
    assert answer.status_code in {400, 409}
    assert Problem.get_by_id(problem.id).state == "reported"
