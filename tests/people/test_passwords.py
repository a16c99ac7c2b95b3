"""The rule for passwords, the one-time ones, and changing one's own."""

from typing import Any

import pytest

from fieldwork import journal
from fieldwork.people import passwords
from fieldwork.people.models import User
from tests.support.cast import PASSWORD

GOOD = "Another-Word-9"


@pytest.mark.parametrize("password", ["sample-2026", "Abcdefg1", "密码Abc123", "abc12345!", "ABCD123 x", "ÄäÖö1234"])
def test_eight_characters_of_three_kinds_will_do(password: str) -> None:
    assert passwords.is_strong(password)


@pytest.mark.parametrize(
    "password", ["", "Ab1!", "abcdefgh", "abcdefg1", "ABCDEFG1", "12345678", "Abcdefg", "A1!" * 67]
)
def test_shorter_or_plainer_ones_will_not(password: str) -> None:
    assert not passwords.is_strong(password)


def test_one_time_passwords_keep_the_rule_and_never_repeat() -> None:
    made = {passwords.one_time() for _ in range(300)}
    assert len(made) == 300
    assert all(passwords.is_strong(one) and not set(one) & set("0O1lIio") for one in made)


def test_a_hash_tells_nothing_and_fits_only_its_password() -> None:
    for kept in (passwords.hash_of(GOOD), passwords.hash_of_one_time(GOOD)):
        assert kept.startswith("$argon2id$")
        assert GOOD not in kept
        assert passwords.is_right(GOOD, kept)
        assert not passwords.is_right(GOOD + "x", kept)
    assert not passwords.is_right(GOOD, None)
    assert not passwords.is_right(GOOD, "no hash at all")


def change(client: Any, current: str = PASSWORD, password: str = GOOD, again: str | None = None) -> Any:
    return client.post("/me/password", data={"current": current, "password": password, "again": again or password})


def test_a_person_changes_their_password(people: Any, log_in: Any) -> None:
    answer = change(log_in(people.xiaolin))
    assert answer.status_code == 303
    kept = User.get_by_id(people.xiaolin.id).password_hash
    assert passwords.is_right(GOOD, kept)
    assert [entry.action for entry in journal.history(people.xiaolin.uid)] == ["user.password_changed"]


@pytest.mark.parametrize(
    ("sent", "field", "words"),
    [
        ({"current": "wrong"}, "current", "现在的密码不对"),
        ({"password": "short"}, "password", "至少 8 位"),
        ({"password": "alllowercase"}, "password", "用到三种"),
        ({"password": PASSWORD}, "password", "不能和现在的一样"),
        ({"again": "Something-Else-1"}, "again", "两次输入的新密码不一样"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(
    sent: dict[str, str], field: str, words: str, people: Any, log_in: Any
) -> None:
    answer = change(log_in(people.xiaolin), **sent)
    assert answer.status_code == 422
    assert f'id="f-{field}-fault"' in answer.text
    assert words in answer.text
    assert User.get_by_id(people.xiaolin.id).password_hash == people.xiaolin.password_hash


def test_guessing_the_current_password_closes_the_door_too(people: Any, log_in: Any) -> None:
    client = log_in(people.xiaolin)
    assert [change(client, current="wrong").status_code for _ in range(6)] == [422] * 5 + [429]
    assert change(client).status_code == 429
