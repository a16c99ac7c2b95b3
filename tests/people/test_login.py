"""Logging in and out: right and wrong passwords, the closed door, what comes after, what is written down."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient

from fieldwork import clock, journal
from fieldwork.people.models import LoginAttempt, User
from tests.support.cast import PASSWORD

NOON = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)


def enter(client: FlaskClient, username: str, password: str = PASSWORD, **more: str) -> Any:
    return client.post("/login", data={"username": username, "password": password, **more})


def acts_of(user: User) -> list[str]:
    return [entry.action for entry in journal.history(user.uid)]


# --- in


def test_a_cadre_logs_in_and_comes_to_the_home_page(people: Any, log_in: Any) -> None:
    client = log_in(None)
    answer = enter(client, "xiaolin")
    assert (answer.status_code, answer.location) == (303, "/")
    assert people.xiaolin.name in client.get("/me/").text
    assert acts_of(people.xiaolin) == ["user.login"]


def test_a_name_typed_in_full_width_capitals_is_the_same_name(people: Any, log_in: Any) -> None:
    assert enter(log_in(None), " ＸiaoLin ").status_code == 303


@pytest.mark.parametrize("password", ["wrong", PASSWORD.lower(), PASSWORD + " "])
def test_a_wrong_password_is_told_in_words_and_the_name_stays(password: str, people: Any, log_in: Any) -> None:
    answer = enter(log_in(None), "xiaolin", password)
    assert answer.status_code == 422
    assert "用户名或密码不对" in answer.text
    assert 'value="xiaolin"' in answer.text
    assert password not in answer.text
    assert acts_of(people.xiaolin) == ["user.login_failed"]


def test_a_name_nobody_has_is_answered_like_a_wrong_password(people: Any, log_in: Any) -> None:
    wrong, unknown = enter(log_in(None), "xiaolin", "wrong"), enter(log_in(None), "nobody-here", "wrong")
    assert unknown.text == wrong.text.replace('value="xiaolin"', 'value="nobody-here"')
    assert journal.AuditEntry.select().where(journal.AuditEntry.subject_uid.is_null()).count() == 1


@pytest.mark.parametrize(("username", "password"), [("", PASSWORD), ("xiaolin", ""), ("", ""), ("x" * 300, "y" * 300)])
def test_an_incomplete_login_is_a_form_with_messages(username: str, password: str, people: Any, log_in: Any) -> None:
    answer = enter(log_in(None), username, password)
    assert answer.status_code == 422
    assert 'aria-invalid="true"' in answer.text


def test_somebody_whose_account_is_closed_does_not_get_in(people: Any, log_in: Any) -> None:
    User.update(is_active=False).where(User.id == people.xiaolin.id).execute()
    assert enter(log_in(None), "xiaolin").status_code == 422


def test_whoever_is_logged_in_is_not_asked_again(people: Any, log_in: Any) -> None:
    answer = log_in(people.xiaolin).get("/login?next=/problems/")
    assert (answer.status_code, answer.location) == (303, "/problems/")


# --- where to go next


@pytest.mark.parametrize("target", ["/problems/?state=reported&q=路", "/me/"])
def test_after_the_login_one_is_where_one_wanted_to_go(target: str, people: Any, log_in: Any) -> None:
    assert enter(log_in(None), "xiaolin", next=target).location == target.replace("路", "%E8%B7%AF")


@pytest.mark.parametrize(
    "target",
    [
        "https://evil.example/", "//evil.example/", "/\\evil.example", "\\\\evil.example", "/\t/evil.example",
        "javascript:alert(1)", "evil", " //evil.example", "/\n/evil.example", "http:evil", "",
    ],
)  # fmt: skip
def test_nobody_is_sent_to_another_site(target: str, people: Any, log_in: Any) -> None:
    assert enter(log_in(None), "xiaolin", next=target).location == "/"


def test_a_stranger_to_a_page_is_asked_to_log_in_and_comes_back(people: Any, log_in: Any) -> None:
    client = log_in(None)
    asked = client.get("/me/password?x=1")
    assert asked.status_code == 303
    form = client.get(asked.location).text
    assert 'name="next" value="/me/password?x=1"' in form


def test_a_fragment_asked_for_without_a_session_says_so_and_moves_nothing(people: Any, log_in: Any) -> None:
    answer = log_in(None).get("/units/options", headers={"HX-Request": "true"})
    assert answer.status_code == 401
    assert not [name for name, _ in answer.headers if name.startswith("HX-")]


# --- the session


def test_a_login_begins_a_new_session(people: Any, log_in: Any) -> None:
    client = log_in(None)
    with client.session_transaction() as session:
        session["planted"] = "by somebody else"
    enter(client, "xiaolin")
    with client.session_transaction() as session:
        assert "planted" not in session


def test_the_session_cookie_is_for_this_site_and_not_for_scripts(people: Any, log_in: Any) -> None:
    cookies = enter(log_in(None), "xiaolin").headers.getlist("Set-Cookie")
    assert len(cookies) == 2
    assert all("HttpOnly" in cookie and "SameSite=Lax" in cookie for cookie in cookies)


def test_logging_out_ends_the_session_and_is_written_down(people: Any, log_in: Any) -> None:
    client = log_in(None)
    enter(client, "xiaolin")
    assert client.post("/logout").location == "/login"
    assert client.get("/me/").status_code == 303
    assert acts_of(people.xiaolin) == ["user.login", "user.logout"]


def test_a_link_cannot_log_anybody_out(people: Any, log_in: Any) -> None:
    assert log_in(people.xiaolin).get("/logout").status_code == 405


def test_another_site_can_neither_log_in_nor_out(people: Any, log_in: Any) -> None:
    client = log_in(people.xiaolin)
    elsewhere = {"Sec-Fetch-Site": "cross-site"}
    assert client.post("/logout", headers=elsewhere).status_code == 403
    assert (
        client.post("/login", headers=elsewhere, data={"username": "xiaolin", "password": PASSWORD}).status_code == 403
    )


# --- the door that closes


def fail(client: FlaskClient, times: int, username: str = "xiaolin", **how: Any) -> list[int]:
    return [
        client.post("/login", data={"username": username, "password": "wrong"}, **how).status_code for _ in range(times)
    ]


def test_after_five_failures_not_even_the_right_password_helps_for_a_quarter_of_an_hour(
    people: Any, log_in: Any
) -> None:
    client = log_in(None)
    with clock.at(NOON):
        assert fail(client, 5) == [422] * 5
        closed = enter(client, "xiaolin")
    assert closed.status_code == 429
    assert "请 15 分钟后再试" in closed.text
    with clock.at(NOON + timedelta(minutes=14, seconds=59)):
        assert enter(client, "XiaoLin").status_code == 429
    with clock.at(NOON + timedelta(minutes=15, seconds=1)):
        assert enter(client, "xiaolin").status_code == 303


def test_the_quarter_of_an_hour_runs_from_the_last_failure(people: Any, log_in: Any) -> None:
    client = log_in(None)
    for minute in (0, 3, 6, 9, 12):
        with clock.at(NOON + timedelta(minutes=minute)):
            assert fail(client, 1) == [422]
    with clock.at(NOON + timedelta(minutes=26)):
        assert enter(client, "xiaolin").status_code == 429
    with clock.at(NOON + timedelta(minutes=28)):
        assert enter(client, "xiaolin").status_code == 303


def test_failures_spread_over_the_day_close_nothing(people: Any, log_in: Any) -> None:
    client = log_in(None)
    for minute in range(0, 60, 10):
        with clock.at(NOON + timedelta(minutes=minute)):
            assert fail(client, 1) == [422]


def test_a_right_password_starts_the_count_anew(people: Any, log_in: Any) -> None:
    client = log_in(None)
    with clock.at(NOON):
        assert fail(client, 4) == [422] * 4
        assert enter(client, "xiaolin").status_code == 303
        client.post("/logout")
        assert fail(client, 4) == [422] * 4


def test_one_persons_failures_do_not_close_the_door_for_another(people: Any, log_in: Any) -> None:
    client = log_in(None)
    fail(client, 5)
    assert enter(client, "laoma").status_code == 303


def test_fifty_failures_from_one_address_close_it_for_all_names_but_not_for_other_addresses(
    people: Any, log_in: Any
) -> None:
    client = log_in(None)
    moment = clock.now()
    LoginAttempt.insert_many([{"key": "from:127.0.0.1", "at": moment} for _ in range(50)]).execute()
    assert enter(client, "laoma").status_code == 429
    elsewhere = {"REMOTE_ADDR": "192.0.2.7"}
    answer = client.post("/login", data={"username": "laoma", "password": PASSWORD}, environ_overrides=elsewhere)
    assert answer.status_code == 303


def test_an_office_behind_one_address_is_not_shut_out_by_logging_in(people: Any, log_in: Any) -> None:
    for _ in range(3):
        assert enter(log_in(None), "xiaolin").status_code == 303
    assert LoginAttempt.select().count() == 0


def test_many_guesses_at_once_are_no_more_than_five(app: Any, people: Any, log_in: Any) -> None:
    with ThreadPoolExecutor(8) as guessers:
        statuses = list(guessers.map(lambda _: fail(log_in(None), 1)[0], range(24)))
    assert sorted(statuses) == [422] * 5 + [429] * 19


def test_the_closed_door_keeps_what_was_typed(people: Any, log_in: Any) -> None:
    client = log_in(None)
    fail(client, 5)
    closed = enter(client, "xiaolin", next="/problems/")
    assert 'value="xiaolin"' in closed.text
    assert 'name="next" value="/problems/"' in closed.text
