"""The form in which a problem is recorded."""

from typing import Any

import pytest

from fieldwork import ids
from fieldwork.photos.models import PhotoLink
from fieldwork.problems.models import Problem
from tests.problems.browsing import HTMX, page, picture
from tests.support import worlds

NOBODYS = "01980000-0000-7000-8000-000000000000"


def test_a_unit_and_one_sentence_are_enough(people: Any, log_in: Any) -> None:
    form = {"id": str(ids.uuid7()), "unit": str(people.units.stones.uid), "text": "渠堵了"}
    answer = log_in(people.xiaolin).post("/problems/new", data=form)
    assert answer.status_code == 303
    assert answer.location == f"/problems/{form['id']}"
    assert Problem.get(Problem.uid == form["id"]).state == "reported"


def test_a_form_with_something_wrong_comes_back_with_all_that_was_typed(people: Any, log_in: Any) -> None:
    form = {"id": str(ids.uuid7()), "text": "渠堵了", "cause": "多年未清理", "category": "nonsense"}
    answer = log_in(people.xiaolin).post("/problems/new", data=form, headers=HTMX)
    assert answer.status_code == 422
    assert "<html" not in answer.text
    for words in ("渠堵了", "多年未清理", form["id"], "请填写这一项"):
        assert words in answer.text
    assert Problem.select().count() == 0


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("text", "字" * 20_001, "最多 20000 个字"),
        ("title", "字" * 201, "最多 200 个字"),
        ("text", "身份证11010519491231002X", "身份证"),
        ("raised_by", "王某13800001234", "手机号"),
        ("unit", NOBODYS, "没有这个单位"),
        ("unit", "nonsense", "没有这个选项"),
        ("visit", NOBODYS, "没有找到这次走访"),
        ("category", "nonsense", "没有这个类别"),
        ("lat", "north", "请填写数字"),
    ],
)
def test_what_cannot_be_kept_is_said_at_its_field(people: Any, log_in: Any, field: str, value: str, words: str) -> None:
    form = {"unit": str(people.units.stones.uid), "text": "渠堵了", "lon": "105", field: value}
    answer = log_in(people.xiaolin).post("/problems/new", data=form)
    assert answer.status_code == 422
    assert words in answer.text


@pytest.mark.parametrize(("button", "kept"), [("mask", "王某138****1234"), ("keep_phones", "王某13800001234")])
def test_a_phone_number_is_masked_or_kept_as_the_person_says(people: Any, log_in: Any, button: str, kept: str) -> None:
    form = {"unit": str(people.units.stones.uid), "text": "渠堵了", "raised_by": "王某13800001234", button: "1"}
    assert log_in(people.xiaolin).post("/problems/new", data=form).status_code == 303
    assert Problem.get().raised_by == kept


def test_control_characters_are_taken_out_and_rare_characters_stay(people: Any, log_in: Any) -> None:
    form = {"unit": str(people.units.stones.uid), "text": "渠\x00堵了，𠮷村=1+1\r\n第二行"}
    assert log_in(people.xiaolin).post("/problems/new", data=form).status_code == 303
    text = Problem.get().text
    assert "\x00" not in text
    assert "𠮷村=1+1" in text


def test_a_problem_begun_on_a_visit_is_already_at_its_unit(people: Any, log_in: Any) -> None:
    visit = worlds.make(people)["north"]["visit"]
    text = page(log_in(people.xiaolin), f"/problems/new?visit={visit.uid}")
    assert f'name="visit" value="{visit.uid}"' in text
    assert str(people.units.stones.uid) in text


def test_looking_for_a_unit_without_javascript_loses_nothing(people: Any, log_in: Any) -> None:
    form = {"text": "渠堵了", "unit_q": "医院", "find": "1"}
    answer = log_in(people.xiaolin).post("/problems/new", data=form)
    assert answer.status_code == 200
    assert "东屏区人民医院" in answer.text
    assert "渠堵了" in answer.text


def test_photos_come_with_the_record_and_stay_when_a_field_is_wrong(people: Any, log_in: Any) -> None:
    client = log_in(people.xiaolin)
    form = {"text": "渠堵了", "photos": picture(), "captions": "渠口"}
    answer = client.post("/problems/new", data=form, content_type="multipart/form-data")
    assert answer.status_code == 422
    sha = answer.text.split('name="held" value="')[1].split('"')[0]
    again = {"text": "渠堵了", "unit": str(people.units.stones.uid), "held": sha, "held_captions": "渠口"}
    assert client.post("/problems/new", data=again).status_code == 303
    link = PhotoLink.get()
    assert (link.record_id, link.photo.sha256, link.caption, link.purpose) == (Problem.get().id, sha, "渠口", "shown")
