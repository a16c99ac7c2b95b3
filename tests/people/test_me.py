"""One's own page: who I am, how pages look on this browser."""

from typing import Any

import pytest


def test_each_person_sees_their_own_page(people: Any, log_in: Any) -> None:
    page = log_in(people.county).get("/me/").text
    assert all(words in page for words in ("曾敏", "北峰县直机关工委", "县级审核员", "北峰县"))
    assert people.xiaolin.name in log_in(people.xiaolin).get("/me/").text


def test_roles_say_how_far_they_reach(people: Any, log_in: Any) -> None:
    assert "民生保障" in log_in(people.sector).get("/me/").text
    assert "全市" in log_in(people.city).get("/me/").text
    assert "本单位" in log_in(people.village).get("/me/").text


@pytest.mark.parametrize(
    ("sent", "attribute"),
    [
        ({"theme": "dark", "type": "normal"}, 'data-theme="dark"'),
        ({"theme": "light", "type": "large"}, 'data-theme="light" data-type="large"'),
    ],
)
def test_a_chosen_look_holds_on_this_browser(sent: dict[str, str], attribute: str, people: Any, log_in: Any) -> None:
    client = log_in(people.xiaolin)
    assert client.post("/me/prefs", data=sent).location == "/me/"
    assert f'<html lang="zh-CN" {attribute} data-person' in client.get("/me/").text
    assert attribute in client.get("/feedback/new").text


def test_a_look_can_be_taken_back(people: Any, log_in: Any) -> None:
    client = log_in(people.xiaolin)
    client.post("/me/prefs", data={"theme": "dark", "type": "large"})
    client.post("/me/prefs", data={"theme": "auto", "type": "normal"})
    assert '<html lang="zh-CN" data-person' in client.get("/me/").text


@pytest.mark.parametrize("theme", ["neon", "", 'dark"><script>', "x" * 5000])
def test_a_look_nobody_offers_is_the_ordinary_one(theme: str, people: Any, log_in: Any) -> None:
    client = log_in(people.xiaolin)
    client.post("/me/prefs", data={"theme": theme})
    assert '<html lang="zh-CN" data-person' in client.get("/me/").text
