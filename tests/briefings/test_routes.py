"""The pages of the office: composed, checked, downloaded."""

from typing import Any
from urllib.parse import unquote

import pytest

from fieldwork.briefings.models import Briefing
from tests.briefings import making
from tests.review import making as cases


@pytest.fixture
def briefing(app: Any, people: Any) -> Briefing:
    made = making.draft(people)
    making.with_item(people, made, "text")
    return making.fresh(made)


def test_an_issue_begins_with_the_head_of_the_one_before(log_in: Any, people: Any, briefing: Briefing) -> None:
    page = log_in(people.office).get("/briefings/new").text
    assert 'value="市直机关工委办公室"' in page


def test_an_issue_is_begun_by_the_form(log_in: Any, people: Any) -> None:
    client = log_in(people.office)
    answer = client.post("/briefings/new", data=making.HEAD)
    assert answer.status_code == 303
    assert "供学习借鉴" in client.get(answer.headers["Location"]).text


def test_what_is_missing_is_said_and_the_rest_stays(log_in: Any, people: Any) -> None:
    answer = log_in(people.office).post("/briefings/new", data={**making.HEAD, "masthead": "", "copies": "许多"})
    assert answer.status_code == 422
    assert "请填写这一项" in answer.text
    assert "请填写整数" in answer.text
    assert "供学习借鉴。" in answer.text


def test_an_item_without_text_is_refused_with_what_was_typed(log_in: Any, people: Any, briefing: Briefing) -> None:
    item = briefing.items.get()
    url = f"/briefings/{briefing.uid}/items/{item.uid}"
    answer = log_in(people.office).post(url, data={"version": briefing.version, "heading": "新标题", "body": " "})
    assert answer.status_code == 422
    assert "新标题" in answer.text


def test_a_form_of_an_older_version_shows_both_texts(log_in: Any, people: Any, briefing: Briefing) -> None:
    client, url = log_in(people.office), f"/briefings/{briefing.uid}/edit"
    form = {**making.HEAD, "version": briefing.version}
    assert client.post(url, data={**form, "editors_note": "甲的按语"}).status_code == 303
    answer = client.post(url, data={**form, "editors_note": "乙的按语"})
    assert answer.status_code == 409
    assert "甲的按语" in answer.text
    assert "乙的按语" in answer.text


def test_the_files_carry_a_chinese_name(log_in: Any, people: Any, briefing: Briefing) -> None:
    making.issued(people, briefing)
    for ending, mime in (("docx", "application/vnd.openxmlformats"), ("html", "text/html")):
        answer = log_in(people.county).get(f"/briefings/{briefing.uid}.{ending}")
        assert answer.mimetype.startswith(mime)
        assert f"工委简报{making.fresh(briefing).year}年第1期.{ending}" in unquote(
            answer.headers["Content-Disposition"]
        )


def test_the_page_for_the_website_is_one_file(log_in: Any, people: Any, drawn_jpeg: bytes) -> None:
    model = cases.promoted(people)
    photo = making.photo_of(people, model, drawn_jpeg)
    made = making.draft(people)
    making.with_item(people, made, "case", model)
    making.issued(people, made)
    client = log_in(people.county)
    page = client.get(f"/briefings/{made.uid}.html").text
    assert 'src="data:image/jpeg;base64,' in page
    assert "/photos/" not in page
    assert client.get(f"/briefings/{made.uid}/photos/{photo.sha256}-0").mimetype == "image/jpeg"
    for guess in ("0" * 64, photo.sha256, f"{photo.sha256}-{'0' * 16}", f"{'0' * 64}-0", "..%2f..%2ffieldwork.db"):
        assert client.get(f"/briefings/{made.uid}/photos/{guess}").status_code == 404


def test_a_stranger_finds_no_issue(log_in: Any, people: Any, briefing: Briefing) -> None:
    assert log_in(people.county).get(f"/briefings/{briefing.uid}").status_code == 404
    assert log_in(people.xiaolin).get("/briefings/").status_code == 403


def test_a_revoked_model_is_said_to_be_so_where_it_is_cited(log_in: Any, people: Any) -> None:
    model = cases.promoted(people)
    made = making.draft(people)
    making.with_item(people, made, "case", model)
    making.issued(people, made)
    type(model).update(state="revoked").execute()
    assert "原典型已撤销" in log_in(people.office).get(f"/briefings/{made.uid}").text
