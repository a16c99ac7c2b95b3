"""How long a session lasts, what ends it, and the page a new person cannot pass."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient

from fieldwork import clock
from fieldwork.people import passwords
from fieldwork.people.models import User
from tests.support.cast import PASSWORD

NOON = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)


def entered(log_in: Any, username: str, at: datetime = NOON, password: str = PASSWORD) -> FlaskClient:
    client: FlaskClient = log_in(None)
    with clock.at(at):
        assert client.post("/login", data={"username": username, "password": password}).status_code == 303
    return client


def is_in(client: FlaskClient, at: datetime = NOON, page: str = "/me/") -> bool:
    with clock.at(at):
        return bool(client.get(page).status_code == 200)


# --- idleness


@pytest.mark.parametrize("username", ["county", "city", "office", "leader", "admin"])
def test_at_a_desk_half_an_hour_of_silence_ends_the_session(username: str, people: Any, log_in: Any) -> None:
    client = entered(log_in, username)
    assert is_in(client, NOON + timedelta(minutes=29))
    assert is_in(client, NOON + timedelta(minutes=58))
    assert not is_in(client, NOON + timedelta(minutes=89))


@pytest.mark.parametrize("username", ["xiaolin", "village"])
def test_in_the_field_a_session_lasts_a_week_of_silence(username: str, people: Any, log_in: Any) -> None:
    client = entered(log_in, username)
    assert is_in(client, NOON + timedelta(days=6))
    assert is_in(client, NOON + timedelta(days=12))
    assert not is_in(client, NOON + timedelta(days=19, minutes=1))


def test_a_session_that_ended_does_not_come_back(people: Any, log_in: Any) -> None:
    client = entered(log_in, "office")
    assert not is_in(client, NOON + timedelta(minutes=31))
    assert not is_in(client, NOON + timedelta(minutes=1))


def test_not_every_request_writes_the_cookie_anew(people: Any, log_in: Any) -> None:
    client = entered(log_in, "xiaolin")
    with clock.at(NOON + timedelta(seconds=30)):
        assert "Set-Cookie" not in client.get("/me/").headers


# --- other ends


def test_a_new_password_ends_the_sessions_on_other_devices_but_not_here(people: Any, log_in: Any) -> None:
    here, elsewhere = entered(log_in, "xiaolin"), entered(log_in, "xiaolin")
    words = {"current": PASSWORD, "password": "Another-Word-9", "again": "Another-Word-9"}
    with clock.at(NOON):
        assert here.post("/me/password", data=words).status_code == 303
    assert is_in(here)
    assert not is_in(elsewhere)


def test_logging_out_everywhere_ends_every_session(people: Any, log_in: Any) -> None:
    here, elsewhere = entered(log_in, "xiaolin"), entered(log_in, "xiaolin")
    with clock.at(NOON):
        assert here.post("/me/sessions").location == "/login"
    assert not is_in(here)
    assert not is_in(elsewhere)


def test_a_cookie_copied_before_everybody_was_logged_out_is_worthless(people: Any, log_in: Any) -> None:
    client = entered(log_in, "xiaolin")
    copied = client.get_cookie("session")
    with clock.at(NOON):
        client.post("/me/sessions")
    thief = log_in(None)
    thief.set_cookie("session", copied.value)
    assert not is_in(thief)


def test_a_cookie_copied_before_its_owner_logged_out_is_worthless(people: Any, log_in: Any) -> None:
    here, elsewhere = entered(log_in, "xiaolin"), entered(log_in, "xiaolin")
    copied = here.get_cookie("session")
    with clock.at(NOON):
        here.post("/logout")
    thief = log_in(None)
    thief.set_cookie("session", copied.value)
    assert not is_in(thief)
    assert is_in(elsewhere)


def test_an_old_copy_of_a_cookie_does_not_end_the_session_that_lives_on(people: Any, log_in: Any) -> None:
    here = entered(log_in, "xiaolin")
    copied = here.get_cookie("session")
    assert all(is_in(here, NOON + timedelta(days=days)) for days in (5, 10))
    old = log_in(None)
    old.set_cookie("session", copied.value)
    assert not is_in(old, NOON + timedelta(days=11))
    assert is_in(here, NOON + timedelta(days=11))


def test_closing_an_account_ends_its_sessions_at_once(people: Any, log_in: Any) -> None:
    client = entered(log_in, "xiaolin")
    User.update(is_active=False).where(User.id == people.xiaolin.id).execute()
    assert not is_in(client)


@pytest.mark.parametrize("forged", ["", "x", "eyJfdXNlcl9pZCI6IjEifQ.aaaa.bbbb"])
def test_a_forged_cookie_is_nobody(forged: str, people: Any, log_in: Any) -> None:
    client = log_in(None)
    client.set_cookie("session", forged)
    client.set_cookie("who", forged)
    assert not is_in(client)


def test_two_people_on_two_phones_are_never_taken_for_each_other(people: Any, log_in: Any) -> None:
    first, second = entered(log_in, "xiaolin"), entered(log_in, "laoma")
    with clock.at(NOON):
        for _ in range(2):
            assert people.xiaolin.name in first.get("/me/").text
            assert people.laoma.name in second.get("/me/").text


# --- the first password


@pytest.fixture
def newcomer(people: Any, log_in: Any) -> FlaskClient:
    """Somebody who has just got a one-time password, and logged in with it."""
    kept = passwords.hash_of_one_time("kx7m-Qp3w-T9vf")
    User.update(password_hash=kept, must_change_password=True).where(User.username == "office").execute()
    return entered(log_in, "office", password="kx7m-Qp3w-T9vf")


@pytest.mark.parametrize("page", ["/me/", "/", "/admin/", "/feedback/", "/units/options", "/visits/"])
def test_a_newcomer_gets_the_password_page_whatever_page_they_ask_for(page: str, newcomer: FlaskClient) -> None:
    with clock.at(NOON):
        answer = newcomer.get(page)
    assert answer.status_code == 303
    assert answer.location.startswith("/me/password")


def test_a_newcomer_cannot_write_anything_either(newcomer: FlaskClient) -> None:
    with clock.at(NOON):
        for address in ("/me/prefs", "/admin/settings", "/visits/new", "/me/sessions"):
            assert newcomer.post(address, data={"name": "x"}).location.startswith("/me/password")


def test_a_forged_name_of_the_last_person_is_no_name(people: Any, log_in: Any) -> None:
    client = log_in(None)
    client.set_cookie("who", str(people.xiaolin.uid))
    answer = client.post("/visits/new", data={"text": "x" * 1_500_000})
    assert answer.status_code == 413


def test_a_newcomer_may_complain_and_leave(newcomer: FlaskClient) -> None:
    with clock.at(NOON):
        assert newcomer.get("/feedback/new").status_code == 200
        assert newcomer.post("/logout").location == "/login"


def test_after_choosing_a_password_a_newcomer_goes_where_they_wanted(newcomer: FlaskClient) -> None:
    words = {"current": "kx7m-Qp3w-T9vf", "password": "My-Own-Word-2", "again": "My-Own-Word-2", "next": "/admin/"}
    with clock.at(NOON):
        answer = newcomer.post("/me/password", data=words)
        assert (answer.status_code, answer.location) == (303, "/admin/")
        assert newcomer.get("/admin/").status_code == 200
