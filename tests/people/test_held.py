"""A form that meets an ended session: what was typed comes back after the login, for the person who typed it."""

import html
import io
import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient

from fieldwork import clock
from fieldwork.people import passwords
from fieldwork.people.models import Unit, User
from tests.support.cast import PASSWORD

MORNING = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
WORDS = "三组灌溉渠淤塞约600米\r\n群众说：“春灌没有水”<b>&\U00020bb7"


def hidden(name: str, page: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found, f"no field {name}"
    return html.unescape(found[1])


def fields(page: str) -> dict[str, str]:
    """What the form that sends it all again would send."""
    form = page[page.index("<form method") :]
    return {
        name: html.unescape(value) for name, value in re.findall(r'type="hidden" name="([^"]*)" value="([^"]*)"', form)
    }


@pytest.fixture
def idle_phone(people: Any, log_in: Any) -> FlaskClient:
    """Xiaolin's phone: she logged in more than a week ago."""
    client: FlaskClient = log_in(None)
    with clock.at(MORNING - timedelta(days=8)):
        client.post("/login", data={"username": "xiaolin", "password": PASSWORD})
    return client


def send(client: FlaskClient, **more: str) -> Any:
    with clock.at(MORNING):
        return client.post("/visits/new", data={"text": WORDS, "version": "3", **more})


def log_back_in(client: FlaskClient, page: str, username: str = "xiaolin", password: str = PASSWORD) -> Any:
    with clock.at(MORNING):
        return client.post("/login", data={"username": username, "password": password, "held": hidden("held", page)})


def test_the_form_is_answered_by_the_login_page_that_holds_it(idle_phone: FlaskClient) -> None:
    answer = send(idle_phone)
    assert answer.status_code == 401
    assert "您填写的内容还在" in answer.text
    assert WORDS.splitlines()[0] not in answer.text


def test_after_the_login_every_field_stands_in_a_form_to_the_same_place(idle_phone: FlaskClient) -> None:
    restored = log_back_in(idle_phone, send(idle_phone, title="灌溉渠 淤塞").text)
    assert restored.status_code == 200
    assert "您刚才填写的内容还在" in restored.text
    assert '<form method="post" action="/visits/new">' in restored.text
    assert fields(restored.text) == {"text": WORDS, "version": "3", "title": "灌溉渠 淤塞"}
    assert "三组灌溉渠淤塞约600米" in html.unescape(restored.text)
    assert "<b>" not in restored.text


def test_several_values_of_one_name_all_come_back(idle_phone: FlaskClient) -> None:
    with clock.at(MORNING):
        asked = idle_phone.post("/visits/new?from=unit", data={"programmes": ["pairs", "resident"], "text": "一句话"})
    restored = log_back_in(idle_phone, asked.text).text
    assert restored.count('name="programmes"') == 2
    assert 'action="/visits/new?from=unit"' in restored


def test_sent_again_it_arrives_as_if_nothing_had_happened(people: Any, log_in: Any) -> None:
    client: FlaskClient = log_in(None)
    with clock.at(MORNING - timedelta(minutes=31)):
        client.post("/login", data={"username": "office", "password": PASSWORD})
    typed = {"name": "枣林村", "area": str(people.terms.north_county.uid), "unit_type": str(people.terms.village.uid)}
    with clock.at(MORNING):
        page = client.post("/admin/units/new", data={**typed, "flags": ["is_key", "is_window"]}).text
        restored = log_back_in(client, page, username="office").text
        again: dict[str, list[str]] = {}
        for name, value in re.findall(r'type="hidden" name="([^"]*)" value="([^"]*)"', restored):
            again.setdefault(name, []).append(html.unescape(value))
        assert client.post("/admin/units/new", data=again).status_code == 303
    kept = Unit.get(Unit.name == "枣林村")
    assert (kept.area, kept.is_key, kept.is_window) == (people.terms.north_county, True, True)


def test_a_wrong_password_in_between_loses_nothing(idle_phone: FlaskClient) -> None:
    again = log_back_in(idle_phone, send(idle_phone).text, password="wrong")
    assert again.status_code == 422
    assert fields(log_back_in(idle_phone, again.text).text)["text"] == WORDS


def test_somebody_else_who_logs_in_there_does_not_see_it(idle_phone: FlaskClient) -> None:
    page = send(idle_phone).text
    answer = log_back_in(idle_phone, page, username="laoma")
    assert (answer.status_code, answer.location) == (303, "/")
    assert "另一位同志" in idle_phone.get("/me/").text


def test_photos_are_named_as_to_be_chosen_again(idle_phone: FlaskClient) -> None:
    photo = (io.BytesIO(b"\xff\xd8" + b"0" * 3_000_000), "照片（一）.jpg")
    with clock.at(MORNING):
        asked = idle_phone.post(
            "/visits/new", data={"text": WORDS, "photos": photo}, content_type="multipart/form-data"
        )
    assert asked.status_code == 401
    restored = log_back_in(idle_phone, asked.text).text
    assert "照片（一）.jpg" in restored
    assert 'enctype="multipart/form-data"' in restored


def test_300000_characters_go_through_the_login(idle_phone: FlaskClient) -> None:
    long = "".join(chr(0x4E00 + (n * 7919) % 20000) for n in range(300_000))
    with clock.at(MORNING):
        asked = idle_phone.post("/visits/new", data={"text": long}, content_type="multipart/form-data")
    assert fields(log_back_in(idle_phone, asked.text).text)["text"] == long


def test_a_password_is_never_held(idle_phone: FlaskClient) -> None:
    with clock.at(MORNING):
        asked = idle_phone.post("/me/password", data={"current": PASSWORD, "password": "New-Secret-1", "again": "x"})
    assert asked.status_code == 303


def test_a_form_without_words_is_just_asked_to_log_in(idle_phone: FlaskClient) -> None:
    with clock.at(MORNING):
        answer = idle_phone.post("/visits/new", data={"version": "3"})
    assert (answer.status_code, answer.location.partition("?")[0]) == (303, "/login")


@pytest.mark.parametrize("forged", ["", "x", "eyJwYXRoIjoiLyJ9.aaaa.bbbb", "." * 500])
def test_a_forged_form_is_no_form(forged: str, people: Any, log_in: Any) -> None:
    answer = log_in(None).post("/login", data={"username": "xiaolin", "password": PASSWORD, "held": forged})
    assert (answer.status_code, answer.location) == (303, "/")


def test_a_desk_form_is_held_after_half_an_hour(people: Any, log_in: Any) -> None:
    client = log_in(None)
    with clock.at(MORNING - timedelta(minutes=31)):
        client.post("/login", data={"username": "office", "password": PASSWORD})
    with clock.at(MORNING):
        page = client.post("/admin/settings", data={"organ": "清垣市直机关工委", "version": "0"}).text
    restored = log_back_in(client, page, username="office").text
    assert fields(restored) == {"organ": "清垣市直机关工委", "version": "0"}


def test_it_waits_also_behind_the_page_for_a_new_password(idle_phone: FlaskClient, people: Any) -> None:
    page = send(idle_phone).text
    kept = passwords.hash_of_one_time("First-Time-1")
    User.update(password_hash=kept, must_change_password=True).where(User.id == people.xiaolin.id).execute()
    asked = log_back_in(idle_phone, page, password="First-Time-1").text
    assert "设置自己的密码" in asked
    chosen = {"current": "First-Time-1", "password": "My-Own-Word-2", "again": "My-Own-Word-2"}
    with clock.at(MORNING):
        restored = idle_phone.post("/me/password", data={**chosen, "held": hidden("held", asked)})
    assert fields(restored.text)["text"] == WORDS


def test_a_browser_nobody_ever_logged_in_on_may_not_send_large_bodies(people: Any, log_in: Any) -> None:
    photo = (io.BytesIO(b"0" * 3_000_000), "large.jpg")
    answer = log_in(None).post("/visits/new", data={"photos": photo}, content_type="multipart/form-data")
    assert answer.status_code == 413
