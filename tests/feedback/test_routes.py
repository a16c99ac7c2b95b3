"""投诉建议 in the browser: on every page, for everybody, answered, never deleted."""

from typing import Any

import pytest

from fieldwork.feedback.models import Feedback
from tests.support.cast import Cast


def send(client: Any, text: str = "同一数据报三次", **more: str) -> Any:
    return client.post("/feedback/", data={"text": text, **more})


def test_every_page_links_to_it_and_says_from_where(people: Cast, log_in: Any) -> None:
    assert 'href="/feedback/new?page=/login"' in log_in(None).get("/login").text
    assert 'href="/feedback/new?page=/me/"' in log_in(people.xiaolin).get("/me/").text
    assert 'name="page" value="/me/"' in log_in(people.xiaolin).get("/feedback/new?page=/me/").text


def test_a_cadre_writes_and_reads_the_answer(people: Cast, log_in: Any) -> None:
    cadre, office = log_in(people.xiaolin), log_in(people.office)
    shown = send(cadre, page="/visits/new").location
    assert "已收到，谢谢您的意见" in cadre.get(shown).text
    assert office.post(f"{shown}/answer", data={"reply": "正在合并报表", "version": "1"}).location == shown
    page = cadre.get(shown).text
    assert "正在合并报表" in page
    assert people.office.name in page
    assert "已答复" in cadre.get("/feedback/").text


def test_somebody_not_logged_in_may_write_but_not_read(people: Cast, log_in: Any) -> None:
    client = log_in(None)
    assert send(client, contact="0800-1234567").location == "/feedback/new"
    assert "已收到" in client.get("/feedback/new").text
    kept = Feedback.get()
    assert (kept.author, kept.contact) == (None, "0800-1234567")
    assert client.get(f"/feedback/{kept.uid}").status_code == 303
    office = log_in(people.office)
    assert "未登录人员" in office.get("/feedback/").text
    assert "0800-1234567" in office.get(f"/feedback/{kept.uid}").text


@pytest.mark.parametrize(
    "text",
    ["", "   ", "\0", "长" * 20_001, "机密★5年 文件", "身份证 11010519491231002X"],
    ids=["empty", "blank", "nul", "too long", "secret", "id number"],
)
def test_what_cannot_be_sent_is_said_and_kept_in_the_field(text: str, people: Cast, log_in: Any) -> None:
    answer = send(log_in(people.xiaolin), text, contact="我的电话")
    assert answer.status_code == 422
    assert 'id="f-text-fault"' in answer.text
    assert 'value="我的电话"' in answer.text
    assert Feedback.select().count() == 0


def test_markup_is_only_text(people: Cast, log_in: Any) -> None:
    client = log_in(people.xiaolin)
    page = client.get(send(client, "<script>alert(1)</script>\U00020bb7").location).text
    assert "<script>alert" not in page
    assert "\U00020bb7" in page


@pytest.mark.parametrize("page", ["https://evil.example/", "javascript:alert(1)", "x" * 400])
def test_a_page_that_is_none_of_ours_is_left_out(page: str, people: Cast, log_in: Any) -> None:
    send(log_in(people.xiaolin), page=page)
    assert Feedback.get().page == ""


def test_too_many_at_once_are_asked_to_wait_with_their_text_kept(people: Cast, log_in: Any) -> None:
    client = log_in(None)
    assert [send(client).status_code for _ in range(5)] == [303] * 5
    late = send(client, "第六条")
    assert late.status_code == 429
    assert "第六条" in late.text


def test_two_who_answer_at_once_see_both_answers(people: Cast, log_in: Any) -> None:
    shown = send(log_in(people.xiaolin)).location
    log_in(people.office).post(f"{shown}/answer", data={"reply": "正在合并报表", "version": "1"})
    late = log_in(people.admin).post(f"{shown}/answer", data={"reply": "请找信息科", "version": "1"})
    assert late.status_code == 409
    assert "正在合并报表" in late.text
    assert "请找信息科" in late.text


def test_an_empty_answer_is_none(people: Cast, log_in: Any) -> None:
    shown = send(log_in(people.xiaolin)).location
    answer = log_in(people.office).post(f"{shown}/answer", data={"reply": " ", "version": "1"})
    assert answer.status_code == 422
    assert Feedback.get().state == "open"


def test_the_list_goes_on_page_by_page(people: Cast, log_in: Any) -> None:
    Feedback.insert_many([{"author": people.xiaolin, "text": f"意见{number:02}"} for number in range(25)]).execute()
    client = log_in(people.office)
    first = client.get("/feedback/?state=open").text
    assert "意见24" in first
    assert "意见04" not in first
    following = first.split('hx-get="')[1].split('"')[0].replace("&amp;", "&")
    fragment = client.get(following, headers={"HX-Request": "true"}).text
    assert "意见04" in fragment
    assert "意见05" not in fragment
    assert "<html" not in fragment


def test_nothing_deletes_it(app: Any) -> None:
    rules = [rule for rule in app.url_map.iter_rules() if rule.endpoint.startswith("feedback.")]
    assert not [rule for rule in rules if "DELETE" in rule.methods or "delet" in rule.rule]
