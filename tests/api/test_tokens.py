"""Tokens: who gets one, what it opens, and when it opens nothing any more."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from fieldwork import clock
from fieldwork.people.devices import actions as devices
from fieldwork.people.devices.models import Device
from fieldwork.people.models import User
from tests.api.calling import Phone, body_of
from tests.support.cast import PASSWORD, Cast

LogIn = Callable[[User | None], FlaskClient]
TAKES_IN = [("PUT", "/me/device"), ("POST", "/have"), ("PUT", "/visits/{uid}")]
TELLS = ["/me", "/units", "/vocabulary", "/visits", "/problems", "/cases", "/photos/" + "0" * 64]


def ask(app: Flask, **fields: Any) -> Any:
    asked = {"username": "xiaolin", "password": PASSWORD, "device": "林岚的手机", **fields}
    return app.test_client().post("/api/v1/tokens", json=asked)


def change(user: User, **values: Any) -> None:
    User.update(**values).where(User.id == user.id).execute()


# --- who gets one


def test_name_and_password_give_a_token_that_opens_the_api(app: Flask, people: Cast) -> None:
    made = ask(app)
    assert made.status_code == 201
    assert made.json.keys() == {"token", "expires_at"}
    headers = {"Authorization": f"Bearer {made.json['token']}"}
    mine = app.test_client().get("/api/v1/me", headers=headers)
    assert mine.status_code == 200 and mine.json["username"] == "xiaolin"


def test_a_token_stands_in_the_database_only_as_its_hash(app: Flask, people: Cast) -> None:
    token = ask(app).json["token"]
    (row,) = Device.select().dicts()
    assert token not in str(row)
    assert row["digest"] == devices.digest_of(token) and row["name"] == "林岚的手机"


@pytest.mark.parametrize("wrong", [{"password": "Wrong-Horse-7"}, {"username": "nobody"}])
def test_a_wrong_name_or_password_gives_none_and_does_not_say_which(app: Flask, people: Cast, wrong: Any) -> None:
    refused = ask(app, **wrong)
    assert refused.status_code == 401
    assert refused.mimetype == "application/problem+json"
    assert refused.json["detail"] == "用户名或密码不对。"
    assert refused.headers["WWW-Authenticate"] == "Bearer"
    assert Device.select().count() == 0


def test_after_five_wrong_passwords_not_even_the_right_one_helps(app: Flask, people: Cast) -> None:
    assert [ask(app, password=f"wrong-{number}").status_code for number in range(5)] == [401] * 5
    refused = ask(app)
    assert refused.status_code == 429 and "15 分钟" in refused.json["detail"]


def test_what_is_missing_is_named(app: Flask, people: Cast) -> None:
    refused = app.test_client().post("/api/v1/tokens", json={"username": "xiaolin", "device": " "})
    assert refused.status_code == 422
    assert {one["field"] for one in refused.json["errors"]} == {"password", "device"}


def test_a_person_out_of_use_gets_none(app: Flask, people: Cast) -> None:
    change(people.xiaolin, is_active=False)
    assert ask(app).status_code == 401


def test_whoever_has_a_password_made_by_others_changes_it_first(app: Flask, people: Cast) -> None:
    change(people.xiaolin, must_change_password=True)
    refused = ask(app)
    assert refused.status_code == 403 and "初始密码" in refused.json["detail"]
    assert Device.select().count() == 0


# --- what it opens


def test_nobody_is_let_in_without_a_token(app: Flask, people: Cast) -> None:
    refused = app.test_client().get("/api/v1/me")
    assert refused.status_code == 401 and refused.mimetype == "application/problem+json"


@pytest.mark.parametrize("given", ["", "nonsense", "纸条", "a" * 5000])
def test_a_token_nobody_made_opens_nothing(app: Flask, people: Cast, given: str) -> None:
    headers = {"Authorization": f"Bearer {given}".encode().decode("latin-1")}
    assert app.test_client().get("/api/v1/me", headers=headers).status_code == 401


def test_a_token_opens_no_page(app: Flask, people: Cast) -> None:
    phone = Phone(app, people.xiaolin)
    page = app.test_client().get("/visits/", headers={"Authorization": f"Bearer {phone.token}"})
    assert page.status_code == 303 and "/login" in page.headers["Location"]


def test_a_revoked_token_opens_nothing(app: Flask, people: Cast) -> None:
    phone = Phone(app, people.xiaolin)
    assert phone.call("GET", "/me").status_code == 200
    devices.revoke(people.xiaolin, phone.device)
    assert phone.call("GET", "/me").status_code == 401


def test_a_token_opens_nothing_after_its_time(app: Flask, people: Cast) -> None:
    phone = Phone(app, people.xiaolin)
    Device.update(expires_at=clock.now() - timedelta(seconds=1)).where(Device.id == phone.device.id).execute()
    assert phone.call("GET", "/me").status_code == 401


def test_a_new_password_shuts_the_reading_tokens_out_and_leaves_the_sending_ones(
    app: Flask, people: Cast, log_in: LogIn
) -> None:
    reads, sends = Phone(app, people.xiaolin), Phone(app, people.xiaolin, "send")
    form = {"current": PASSWORD, "password": "Another-Horse-8", "again": "Another-Horse-8"}
    assert log_in(people.xiaolin).post("/me/password", data=form).status_code == 303
    assert reads.call("GET", "/me").status_code == 401
    assert sends.call("POST", "/have", json={}).status_code == 200


def test_a_cookie_beside_a_foreign_token_does_not_count(app: Flask, people: Cast, log_in: LogIn) -> None:
    theirs = Phone(app, people.laoma)
    browser = log_in(people.xiaolin)
    body = body_of("visit", people.units.stones)
    headers = {"Authorization": f"Bearer {theirs.token}"}
    assert browser.get("/api/v1/me", headers=headers).json["username"] == "laoma"
    assert browser.put(f"/api/v1/visits/{body['id']}", json=body, headers=headers).status_code == 201
    assert browser.get("/api/v1/visits", headers=headers).json["items"][0]["id"] == body["id"]
    assert browser.get("/api/v1/visits").json["items"] == []


def test_a_wrong_token_is_not_replaced_by_the_cookie(app: Flask, people: Cast, log_in: LogIn) -> None:
    refused = log_in(people.xiaolin).get("/api/v1/me", headers={"Authorization": "Bearer nonsense"})
    assert refused.status_code == 401


def test_after_a_call_with_a_token_the_cookie_counts_again(app: Flask, people: Cast, log_in: LogIn) -> None:
    assert Phone(app, people.laoma, "send").call("POST", "/have", json={}).status_code == 200
    assert log_in(people.xiaolin).get("/api/v1/units").status_code == 200


# --- what a token that only sends may


@pytest.mark.parametrize("path", TELLS)
def test_a_sending_token_reads_nothing(app: Flask, people: Cast, path: str) -> None:
    refused = Phone(app, people.xiaolin, "send").call("GET", path)
    assert refused.status_code == 403 and "只能发送" in refused.json["detail"]


@pytest.mark.parametrize(("method", "path"), TAKES_IN)
def test_a_sending_token_is_let_in_where_things_are_taken_in(app: Flask, people: Cast, method: str, path: str) -> None:
    body = body_of("visit", people.units.stones)
    given = Phone(app, people.xiaolin, "send").call(method, path.format(uid=body["id"]), json=body)
    assert given.status_code in {200, 201, 204}


def test_a_sending_token_cannot_read_its_own_record_back(app: Flask, people: Cast) -> None:
    phone, body = Phone(app, people.xiaolin, "send"), body_of("visit", people.units.stones)
    assert phone.put(body).status_code == 201
    assert phone.call("GET", f"/visits/{body['id']}").status_code == 403


def test_a_sending_token_learns_of_a_change_only_that_there_is_one(app: Flask, people: Cast) -> None:
    full, sends = Phone(app, people.xiaolin), Phone(app, people.xiaolin, "send")
    body = body_of("visit", people.units.stones)
    assert full.put(body).status_code == 201
    assert full.put({**body, "text": "已经改过", "base_version": 1}).status_code == 200
    refused = sends.put({**body, "text": "另一种说法", "base_version": 1})
    assert refused.status_code == 409
    assert refused.json["current"] == {"id": body["id"], "version": 2}


# --- people out of use, and new ones


def test_the_token_of_a_person_out_of_use_reads_nothing_and_still_brings_in(app: Flask, people: Cast) -> None:
    phone = Phone(app, people.xiaolin)
    change(people.xiaolin, is_active=False)
    assert phone.call("GET", "/visits").status_code == 401
    taken = phone.put(body_of("visit", people.units.stones))
    assert taken.status_code == 201 and taken.json["version"] == 0


def test_a_password_made_by_others_keeps_from_reading_and_not_from_sending(app: Flask, people: Cast) -> None:
    phone = Phone(app, people.xiaolin)
    change(people.xiaolin, must_change_password=True)
    assert phone.call("GET", "/visits").status_code == 403
    assert phone.put(body_of("visit", people.units.stones)).status_code == 201


# --- how a phone is doing


def test_a_phone_says_how_it_is_doing(app: Flask, people: Cast) -> None:
    phone = Phone(app, people.xiaolin, "send")
    said = {
        "app_version": "abc123",
        "unsent": 3,
        "oldest_unsent_at": "2026-11-20T09:15:00+08:00",
        "is_persistent": True,
    }
    assert phone.call("PUT", "/me/device", json=said).status_code == 204
    kept = Device.get_by_id(phone.device.id)
    assert (kept.app_version, kept.unsent, kept.is_persistent) == ("abc123", 3, True)
    assert kept.oldest_unsent_at.isoformat() == "2026-11-20T01:15:00+00:00"


@pytest.mark.parametrize(
    ("said", "field", "held"),
    [
        ({"app_version": "a\0b"}, "app_version", "ab"),
        ({"oldest_unsent_at": "0001-01-01T00:00:00+08:00"}, "oldest_unsent_at", None),
        ({"oldest_unsent_at": "9999-12-31T23:59:59-08:00"}, "oldest_unsent_at", None),
    ],
)
def test_a_phone_that_says_nonsense_of_itself_is_listened_to_no_further(
    app: Flask, people: Cast, said: dict[str, str], field: str, held: Any
) -> None:
    phone = Phone(app, people.xiaolin, "send")
    assert phone.call("PUT", "/me/device", json={**said, "unsent": 2}).status_code == 204
    kept = Device.get_by_id(phone.device.id)
    assert (getattr(kept, field), kept.unsent) == (held, 2)


def test_a_page_has_no_device_to_speak_of(app: Flask, people: Cast, log_in: LogIn) -> None:
    assert log_in(people.xiaolin).put("/api/v1/me/device", json={}).status_code == 403
