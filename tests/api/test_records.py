"""Records sent by phones: kept once, receipted for ever, both texts of a conflict kept, mistakes named by field."""

import base64
import hashlib
from typing import Any

import pytest
from flask import Flask

from fieldwork import clock
from fieldwork.api.tus import CHUNK_KIND
from fieldwork.intake.kinds import KINDS
from fieldwork.intake.models import Submission
from fieldwork.intake.receipts import is_ours
from fieldwork.people.models import Grant, Unit
from fieldwork.records.facts import facts_of
from fieldwork.visits.models import Visit
from tests.api.calling import Phone, body_of, photo
from tests.photos.sending import drawn
from tests.support.cast import Cast

SHA = "ab" * 32


def kept(phone: Phone, body: dict[str, Any]) -> Any:
    return phone.call("GET", f"/{body['kind']}s/{body['id']}").json


# --- the same again


@pytest.mark.parametrize("kind", KINDS)
def test_a_new_record_is_answered_with_its_receipt(phone: Phone, stones: Unit, kind: str) -> None:
    body = body_of(kind, stones)
    answer = phone.put(body)
    assert answer.status_code == 201
    receipt = answer.json
    assert (receipt["id"], receipt["version"]) == (body["id"], 1)
    assert receipt["photos_held"] == receipt["photos_missing"] == []
    assert is_ours(receipt)


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_again_is_answered_with_the_same_receipt(phone: Phone, stones: Unit, kind: str) -> None:
    body = body_of(kind, stones)
    first = phone.put(body)
    again = [phone.put(body) for _ in range(3)]
    assert [answer.status_code for answer in again] == [200] * 3
    assert all(answer.json == first.json for answer in again)
    assert Submission.select().count() == 1


def test_the_receipt_stays_the_same_after_somebody_else_has_changed_the_record(
    app: Flask, people: Cast, phone: Phone, stones: Unit
) -> None:
    body = body_of("problem", stones)
    first = phone.put(body)
    changed = Phone(app, people.office).put({**body, "base_version": 1, "text": "办公室改过的说法"})
    assert (changed.status_code, changed.json["version"]) == (200, 2)
    again = phone.put(body)
    assert (again.status_code, again.json) == (200, first.json)
    assert kept(phone, body)["text"] == "办公室改过的说法"


def test_the_order_of_fields_and_fields_nobody_knows_do_not_matter(phone: Phone, stones: Unit) -> None:
    body = body_of("visit", stones, title="渠口", place={"lat": 31.8, "lon": 105.6, "accuracy_m": 12.0})
    first = phone.put(body)
    turned = {name: body[name] for name in reversed(body)} | {"invented_later": {"deep": [1, 2]}}
    again = phone.put(turned)
    assert (again.status_code, again.json) == (200, first.json)


def test_a_default_that_is_spelled_out_is_no_other_content(phone: Phone, stones: Unit) -> None:
    body = body_of("problem", stones)
    first = phone.put(body)
    again = phone.put({**body, "urgency": "normal", "photos": [], "place": None, "visit": None, "base_version": 0})
    assert (again.status_code, again.json) == (200, first.json)


def test_a_receipt_that_was_altered_is_none_of_ours(phone: Phone, stones: Unit) -> None:
    receipt = phone.put(body_of("visit", stones, photos=[photo(SHA)])).json
    assert is_ours(receipt)
    assert not is_ours({**receipt, "photos_held": [SHA], "photos_missing": []})
    assert not is_ours({**receipt, "version": 2})
    assert not is_ours({**receipt, "signature": "0" * 64})


# --- changes and conflicts


@pytest.mark.parametrize("kind", KINDS)
def test_a_change_of_the_version_that_stands_is_the_next_version(phone: Phone, stones: Unit, kind: str) -> None:
    body = body_of(kind, stones)
    phone.put(body)
    changed = {**body, "base_version": 1, "text": "已经清淤"}
    answer = phone.put(changed)
    assert (answer.status_code, answer.json["version"]) == (200, 2)
    assert kept(phone, body)["text"] == "已经清淤"
    assert phone.put(changed).json == answer.json


@pytest.mark.parametrize("kind", KINDS)
def test_a_change_of_an_older_version_is_kept_beside_what_stands(phone: Phone, stones: Unit, kind: str) -> None:
    body = body_of(kind, stones)
    phone.put(body)
    phone.put({**body, "base_version": 1, "text": "第二版"})
    late = {**body, "base_version": 1, "text": "另一部手机上的第二版"}
    refused = phone.put(late)
    assert refused.status_code == 409
    assert (refused.json["current"]["text"], refused.json["current"]["version"]) == ("第二版", 2)
    waiting = Submission.get(Submission.uid == refused.json["yours_kept_as"])
    assert waiting.body["text"] == "另一部手机上的第二版" and waiting.version is None
    assert kept(phone, body)["text"] == "第二版"


def test_a_conflict_sent_again_is_answered_the_same(phone: Phone, stones: Unit) -> None:
    body = body_of("visit", stones)
    phone.put(body)
    other = {**body, "text": "同一个编号，另一段话"}
    first, again = phone.put(other), phone.put(other)
    assert (first.status_code, again.status_code) == (409, 409)
    assert first.json["yours_kept_as"] == again.json["yours_kept_as"]
    assert Submission.select().count() == 2


@pytest.mark.parametrize(
    ("kind", "field", "value"),
    [
        ("visit", "advice", "建议每月清一次"),
        ("visit", "title", "换了标题"),
        ("problem", "urgency", "urgent"),
        ("problem", "suggestion", "请水利站来看"),
        ("case", "summary", "另一段摘要"),
    ],
)
def test_no_field_of_another_content_is_dropped_without_a_word(
    phone: Phone, stones: Unit, kind: str, field: str, value: str
) -> None:
    body = body_of(kind, stones)
    phone.put(body)
    assert phone.put({**body, field: value}).status_code == 409


def test_the_id_of_somebody_else_s_record_is_answered_as_if_it_were_none(
    app: Flask, people: Cast, phone: Phone, stones: Unit
) -> None:
    body = body_of("visit", stones)
    phone.put(body)
    refused = Phone(app, people.stranger).put({**body, "text": "单青的记录"})
    assert refused.status_code == 404
    assert "渠口" not in refused.get_data(as_text=True)
    assert kept(phone, body)["text"] == "渠口淤塞"


def test_who_may_read_a_visit_of_another_may_not_change_it(
    app: Flask, people: Cast, phone: Phone, stones: Unit
) -> None:
    body = body_of("visit", stones)
    phone.put(body)
    refused = Phone(app, people.county).put({**body, "base_version": 1, "text": "不是我的"})
    assert refused.status_code == 403
    assert Submission.select().count() == 1


@pytest.mark.parametrize("base_version", [0, 1])
def test_a_record_thrown_away_says_so(phone: Phone, stones: Unit, base_version: int) -> None:
    body = body_of("visit", stones)
    phone.put(body)
    Visit.update(deleted_at=clock.now()).where(Visit.uid == body["id"]).execute()
    for sent in (body, {**body, "text": "改过的", "base_version": base_version}):
        refused = phone.put(sent)
        assert refused.status_code == 410
        assert "手机上的内容不会删除" in refused.json["detail"]


def test_a_version_later_than_ours_was_lost_with_a_backup_and_comes_back(phone: Phone, stones: Unit) -> None:
    body = body_of("visit", stones)
    phone.put(body)
    answer = phone.put({**body, "base_version": 7, "text": "备份之后写的"})
    assert answer.status_code == 200
    assert kept(phone, body)["text"] == "备份之后写的"


# --- photos, in two orders


def shown(phone: Phone, body: dict[str, Any]) -> list[tuple[str, str, bool]]:
    return [(one["sha256"], one["caption"], one["held"]) for one in kept(phone, body)["photos"]]


@pytest.mark.parametrize("kind", KINDS)
def test_a_photo_sent_before_its_record_is_shown_and_receipted_at_once(phone: Phone, stones: Unit, kind: str) -> None:
    sha = phone.send_photo(drawn(1))
    body = body_of(kind, stones, photos=[photo(sha, "渠口")])
    receipt = phone.put(body).json
    assert (receipt["photos_held"], receipt["photos_missing"]) == ([sha], [])
    assert shown(phone, body) == [(sha, "渠口", True)]


@pytest.mark.parametrize("kind", KINDS)
def test_a_photo_sent_after_its_record_is_missing_until_it_comes(phone: Phone, stones: Unit, kind: str) -> None:
    early, late = hashlib.sha256(drawn(1)).hexdigest(), hashlib.sha256(drawn(2)).hexdigest()
    body = body_of(kind, stones, photos=[photo(early, "一"), photo(late, "二")])
    first = phone.put(body)
    assert (first.status_code, first.json["photos_missing"]) == (201, [early, late])
    assert shown(phone, body) == [(early, "一", False), (late, "二", False)]
    phone.send_photo(drawn(2))
    assert phone.put(body).json["photos_missing"] == [early]
    phone.send_photo(drawn(1))
    last = phone.put(body)
    assert (last.status_code, last.json["photos_held"], last.json["photos_missing"]) == (200, [early, late], [])
    assert shown(phone, body) == [(early, "一", True), (late, "二", True)]
    assert is_ours(last.json) and last.json["content_hash"] == first.json["content_hash"]


def test_photos_stand_in_the_order_of_the_list_whichever_was_here_first(phone: Phone, stones: Unit) -> None:
    first, second, third = (hashlib.sha256(drawn(shade)).hexdigest() for shade in (1, 2, 3))
    phone.send_photo(drawn(2))
    body = body_of("visit", stones, photos=[photo(first), photo(second), photo(third)])
    phone.put(body)
    for shade in (3, 1):
        phone.send_photo(drawn(shade))
    assert [sha for sha, _, _ in shown(phone, body)] == [first, second, third]
    phone.put({**body, "base_version": 1, "photos": [photo(third), photo(first), photo(second)]})
    assert [sha for sha, _, _ in shown(phone, body)] == [third, first, second]


def test_a_text_set_aside_does_not_show_what_its_author_may_no_longer_see(
    app: Flask, people: Cast, phone: Phone, stones: Unit
) -> None:
    county = Phone(app, people.county)
    body = body_of("problem", stones)
    phone.put(body)
    phone.put({**body, "base_version": 1, "text": "改过的文字"})
    late = {**body, "base_version": 1, "text": "县里的文字"}
    assert county.put(late).json["current"]["text"] == "改过的文字"
    Grant.delete().where(Grant.user == people.county).execute()
    again = Phone(app, people.county).put(late)
    assert (again.status_code, set(again.json["current"])) == (409, {"id", "version"})


def test_a_photo_taken_off_in_a_change_is_shown_no_more(phone: Phone, stones: Unit) -> None:
    first, second = phone.send_photo(drawn(1)), phone.send_photo(drawn(2))
    body = body_of("visit", stones, photos=[photo(first), photo(second)])
    phone.put(body)
    changed = phone.put({**body, "base_version": 1, "photos": [photo(second, "留下的")]})
    assert (changed.json["version"], changed.json["photos_held"]) == (2, [second])
    assert shown(phone, body) == [(second, "留下的", True)]


def test_a_photo_somebody_else_has_sent_is_not_mine_to_show(
    app: Flask, people: Cast, phone: Phone, stones: Unit
) -> None:
    theirs = Phone(app, people.stranger).send_photo(drawn(1))
    body = body_of("visit", stones, photos=[photo(theirs)])
    assert phone.put(body).json["photos_missing"] == [theirs]
    assert phone.call("GET", f"/photos/{theirs}").status_code == 404
    phone.send_photo(drawn(1))
    assert phone.put(body).json["photos_held"] == [theirs]


def test_the_same_photo_twice_or_in_two_records_is_one_photo(phone: Phone, stones: Unit) -> None:
    sha = phone.send_photo(drawn(1))
    twice = body_of("visit", stones, photos=[photo(sha, "一"), photo(sha, "二")])
    assert phone.put(twice).json["photos_held"] == [sha]
    other = body_of("problem", stones, photos=[photo(sha)])
    assert phone.put(other).json["photos_held"] == [sha]
    assert len(shown(phone, twice)) == len(shown(phone, other)) == 1


@pytest.mark.parametrize("taken_at", ["1970-01-01T00:00:00Z", "0001-01-01T00:00:00Z", None])
def test_a_camera_whose_clock_was_never_set_keeps_no_record_back(phone: Phone, stones: Unit, taken_at: Any) -> None:
    listed = {"sha256": SHA, "taken_at": taken_at}
    assert phone.put(body_of("visit", stones, photos=[listed])).status_code == 201


@pytest.mark.parametrize("is_early", [True, False], ids=["photo first", "text first"])
def test_when_the_phone_says_a_photo_was_taken_is_kept_with_the_record(
    people: Cast, phone: Phone, stones: Unit, is_early: bool
) -> None:
    if is_early:
        phone.send_photo(drawn(5))
    listed = {"sha256": hashlib.sha256(drawn(5)).hexdigest(), "taken_at": "2026-11-20T09:14:30+08:00"}
    body = body_of("visit", stones, photos=[listed])
    phone.put(body)
    if not is_early:
        phone.send_photo(drawn(5))
    held = phone.call("GET", f"/visits/{body['id']}").json
    assert [one["taken_at"] for one in held["photos"]] == ["2026-11-20T01:14:30.000Z"]
    facts = facts_of(people.county, Visit.get(Visit.uid == body["id"]))
    assert facts is not None
    assert facts.photos[0].lines[0].startswith("照片里没有拍摄时间，手机记的是 2026-11-20 09:14（文件时间），服务器 ")


@pytest.mark.parametrize(
    "name", ["照片（一）.jpg", "e\u0301te\u0301.jpg", "👍🏽.jpg", "a\0b.jpg", "../../etc/passwd", "x" * 3000]
)
def test_a_file_may_be_called_anything(phone: Phone, name: str) -> None:
    said = "filename " + base64.b64encode(name.encode()).decode()
    begun = {"Tus-Resumable": "1.0.0", "Upload-Length": str(len(drawn(4))), "Upload-Metadata": said}
    address = phone.call("POST", "/uploads", headers=begun).headers["Location"].partition("/api/v1")[2]
    chunk = {"Tus-Resumable": "1.0.0", "Upload-Offset": "0", "Content-Type": CHUNK_KIND}
    assert phone.call("PATCH", address, headers=chunk, data=drawn(4)).status_code == 204
    sha = hashlib.sha256(drawn(4)).hexdigest()
    assert phone.call("POST", "/have", json={"hashes": [sha]}).json["hashes"] == [sha]
