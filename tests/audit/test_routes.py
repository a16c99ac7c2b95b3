"""The operations journal as the administrator reads it."""

from datetime import UTC, datetime
from typing import Any

import pytest

from fieldwork import clock, journal
from fieldwork.people import acts
from tests.support.cast import PASSWORD, Cast


def browse(log_in: Any, people: Cast, **asked: Any) -> str:
    page: str = log_in(people.admin).get("/admin/journal", query_string=asked).text
    return page


def test_it_names_who_did_what_to_whom_and_when(people: Cast, log_in: Any) -> None:
    with clock.at(datetime(2026, 11, 23, 1, 2, 3, tzinfo=UTC)):
        log_in(None).post("/login", data={"username": "xiaolin", "password": PASSWORD})
    page = browse(log_in, people)
    assert all(words in page for words in ("用户 · 登录", "林岚", "2026-11-23 09:02:03", "来自：127.0.0.1"))


def test_it_shows_what_was_before_and_after(people: Cast, log_in: Any) -> None:
    journal.write(
        people.office, "unit.changed", people.units.stones, name=["青石坳村", "青石坳新村"], contact=["", "王"]
    )
    page = browse(log_in, people)
    assert "单位名称：青石坳村 → 青石坳新村" in page
    assert "联系方式：（空） → 王" in page


def test_a_failed_login_names_whose_account_was_tried(people: Cast, log_in: Any) -> None:
    log_in(None).post("/login", data={"username": "xiaolin", "password": "wrong"})
    page = browse(log_in, people)
    assert "用户 · 登录失败" in page
    assert f">{people.xiaolin.name}</a>" in page


def test_an_act_without_a_person_is_the_systems(people: Cast, log_in: Any) -> None:
    journal.write(None, "unit.imported", None, count=3)
    page = browse(log_in, people)
    assert "单位 · 导入" in page
    assert "数量：3" in page
    assert "系统 ·" in page


def test_an_act_nobody_has_words_for_is_shown_as_it_is(people: Cast, log_in: Any) -> None:
    journal.write(people.office, "satellite.launched", None, orbit="low")
    page = browse(log_in, people)
    assert "satellite · launched" in page
    assert "orbit：low" in page


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"q": "林岚"}, {"登录"}), ({"q": "XIAOLIN"}, {"登录"}), ({"kind": "unit"}, {"停用"}),
        ({"from": "2026-11-23"}, {"停用"}), ({"to": "2026-11-22"}, {"登录"}),
        ({"from": "2026-11-22", "to": "2026-11-22"}, {"登录"}), ({"from": "yesterday"}, {"登录", "停用"}),
        ({"q": "没有的人"}, set()), ({"kind": "%"}, set()), ({"subject": "nonsense"}, set()),
    ],
)  # fmt: skip
def test_it_narrows_by_person_kind_thing_and_day(
    asked: dict[str, str], found: set[str], people: Cast, log_in: Any
) -> None:
    # half past midnight in Shanghai is still the day before in UTC
    with clock.at(datetime(2026, 11, 21, 16, 30, tzinfo=UTC)):
        journal.write(people.xiaolin, "user.login", people.xiaolin)
    with clock.at(datetime(2026, 11, 22, 16, 30, tzinfo=UTC)):
        journal.write(people.office, "unit.deactivated", people.units.stones)
    page = browse(log_in, people, **asked)
    assert {act for act in ("登录", "停用") if f"· {act}" in page} == found


def test_everything_about_one_thing_stands_together(people: Cast, log_in: Any) -> None:
    journal.write(people.office, "unit.deactivated", people.units.stones)
    journal.write(people.office, "unit.activated", people.units.hospital)
    page = browse(log_in, people, subject=people.units.stones.uid)
    assert "· 停用" in page
    assert "· 启用" not in page


def test_a_long_journal_is_read_page_by_page(people: Cast, log_in: Any) -> None:
    for number in range(60):
        journal.write(people.office, "unit.changed", None, name=["", f"第{number:02}村"])
    client = log_in(people.admin)
    first = client.get("/admin/journal").text
    assert "第59村" in first
    assert "第09村" not in first
    following = first.split('hx-get="')[1].split('"')[0].replace("&amp;", "&")
    fragment = client.get(following, headers={"HX-Request": "true"}).text
    assert "第09村" in fragment
    assert "<html" not in fragment


def test_it_can_only_be_read(app: Any) -> None:
    rules = [rule for rule in app.url_map.iter_rules() if rule.endpoint.startswith("audit.")]
    assert all(rule.methods <= {"GET", "HEAD", "OPTIONS"} for rule in rules)


def test_what_people_do_never_goes_unrecorded(people: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(acts, "_journals", [])
    with pytest.raises(LookupError):
        acts.record(people.admin, "user.created", people.xiaolin)


def test_the_chain_holds_over_everything_done_here(people: Cast, log_in: Any) -> None:
    log_in(None).post("/login", data={"username": "xiaolin", "password": "wrong"})
    log_in(people.xiaolin).post("/logout")
    assert list(journal.broken_links()) == []
    assert journal.AuditEntry.select().count() == 2
