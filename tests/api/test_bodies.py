"""What a record may say: mistakes named by field, and every letter, moment and place kept as it was sent."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from fieldwork import clock, ids
from fieldwork.intake.kinds import KINDS
from fieldwork.intake.models import Submission
from fieldwork.people.models import Term, Unit
from fieldwork.problems.models import Problem
from tests.api.calling import Phone, body_of, photo
from tests.support.cast import Cast

SHA = "ab" * 32


def errors(answer: Any) -> dict[str, str]:
    assert answer.status_code == 422, answer.get_data(as_text=True)
    return {one["field"]: one["message"] for one in answer.json["errors"]}


def kept(phone: Phone, body: dict[str, Any]) -> Any:
    return phone.call("GET", f"/{body['kind']}s/{body['id']}").json


# --- what is wrong, by field


@pytest.mark.parametrize(
    ("kind", "fields", "field"),
    [
        ("visit", {"unit": str(ids.uuid7())}, "unit"),
        ("visit", {"unit": "青石坳"}, "unit"),
        ("visit", {"programmes": ["never"]}, "programmes"),
        ("visit", {"visit": str(ids.uuid7())}, "visit"),
        ("problem", {"visit": str(ids.uuid7())}, "visit"),
        ("problem", {"category": "never"}, "category"),
        ("problem", {"urgency": "soon"}, "urgency"),
        ("case", {"case_type": "never"}, "case_type"),
        ("case", {"visits": [str(ids.uuid7())]}, "visits"),
        ("case", {"problems": [str(ids.uuid7())]}, "problems"),
        ("visit", {"captured_at": "2026-11-20T09:15:00"}, "captured_at"),
        ("visit", {"captured_at": "1901-01-01T00:00:00Z"}, "captured_at"),
        ("visit", {"captured_at": None}, "captured_at"),
        ("visit", {"base_version": -1}, "base_version"),
        ("visit", {"place": {"lat": 91, "lon": 0}}, "place.lat"),
        ("visit", {"photos": [{"sha256": "short"}]}, "photos.0.sha256"),
        ("visit", {"kind": "problem"}, "kind"),
    ],
)
def test_what_is_wrong_is_said_by_field_in_chinese(
    phone: Phone, stones: Unit, kind: str, fields: dict[str, Any], field: str
) -> None:
    body = body_of(kind, stones) | fields
    answer = phone.call("PUT", f"/{kind}s/{body['id']}", json=body)
    said = errors(answer)
    assert said.keys() == {field} and any("\u4e00" <= letter <= "\u9fff" for letter in said[field])
    assert answer.mimetype == "application/problem+json"
    assert Submission.select().count() == 0


@pytest.mark.parametrize("missing", ["id", "kind", "captured_at", "unit", "text"])
def test_what_is_required_is_asked_for(phone: Phone, stones: Unit, missing: str) -> None:
    body = body_of("visit", stones)
    uid = body["id"]
    del body[missing]
    assert errors(phone.call("PUT", f"/visits/{uid}", json=body)).keys() == {missing}


def test_a_title_alone_is_enough(phone: Phone, stones: Unit) -> None:
    assert phone.put(body_of("visit", stones, text="", title="渠口淤塞")).status_code == 201


def test_the_id_of_the_address_and_of_the_body_must_be_one(phone: Phone, stones: Unit) -> None:
    assert errors(phone.put(body_of("visit", stones), uid=ids.uuid7())).keys() == {"id"}


@pytest.mark.parametrize("said", ["身份证 11010519491231002X 已登记", "机密★1年", "卡号 6222021234567890128"])
def test_what_must_not_be_sent_is_named_and_refused(phone: Phone, stones: Unit, said: str) -> None:
    body = body_of("problem", stones, text=said)
    assert errors(phone.put(body)).keys() == {"text"}
    assert errors(phone.put({**body, "mask": True, "keep_phones": True})).keys() == {"text"}
    assert Problem.select().count() == Submission.select().count() == 0


def test_a_phone_number_is_pointed_out_and_masked_or_left_as_the_person_says(phone: Phone, stones: Unit) -> None:
    body = body_of("visit", stones, text="请联系 13812345678 老石")
    assert "手机号" in errors(phone.put(body))["text"]
    masked = phone.put({**body, "mask": True})
    assert masked.status_code == 201 and kept(phone, body)["text"] == "请联系 138****5678 老石"
    left = body_of("visit", stones, text="请联系 13812345678 老石")
    assert phone.put({**left, "keep_phones": True}).status_code == 201
    assert kept(phone, left)["text"] == "请联系 13812345678 老石"


def test_words_to_a_photo_are_held_to_the_same_rules(phone: Phone, stones: Unit) -> None:
    body = body_of("visit", stones, photos=[photo(SHA, "证号 11010519491231002X")])
    assert list(errors(phone.put(body))) == ["photos"]


def test_text_of_20_000_characters_is_taken_and_one_more_is_not(phone: Phone, stones: Unit) -> None:
    assert phone.put(body_of("visit", stones, text="渠" * 20_000)).status_code == 201
    assert "20001" in errors(phone.put(body_of("visit", stones, text="渠" * 20_001)))["text"]


def test_thirty_photos_are_taken_and_one_more_is_not(phone: Phone, stones: Unit) -> None:
    listed = [photo(f"{number:064x}") for number in range(31)]
    assert phone.put(body_of("visit", stones, photos=listed[:30])).status_code == 201
    assert "30" in errors(phone.put(body_of("visit", stones, photos=listed)))["photos"]


# --- terms and units out of use


def test_a_unit_and_a_programme_out_of_use_are_taken_from_a_record_written_before(
    phone: Phone, people: Cast, stones: Unit
) -> None:
    Unit.update(is_active=False).where(Unit.id == stones.id).execute()
    Term.update(is_active=False, last_year=2020).where(Term.code == "pairs").execute()
    for kind in KINDS:
        body = body_of(kind, stones, programmes=["pairs"])
        assert phone.put(body).status_code == 201
        assert kept(phone, body)["programmes"] == ["pairs"]


# --- what is kept


def test_place_and_moment_are_kept_with_the_offset_of_the_phone(phone: Phone, stones: Unit) -> None:
    place = {"lat": 31.81234, "lon": 105.61234, "accuracy_m": 8.5}
    body = body_of("visit", stones, place=place, captured_at="2026-11-20T09:15:00.250+05:30")
    assert phone.put(body).status_code == 201
    assert kept(phone, body)["place"] == pytest.approx(place, abs=1e-5)  # a metre
    assert kept(phone, body)["captured_at"] == "2026-11-20T09:15:00.250+05:30"


@pytest.mark.parametrize(
    ("place", "held"),
    [
        ({"lat": 1e-300, "lon": -1e-300, "accuracy_m": 1e-300}, {"lat": 0, "lon": 0, "accuracy_m": 0}),
        ({"lat": 31.8, "lon": 105.6, "accuracy_m": 1e300}, {"lat": 31.8, "lon": 105.6, "accuracy_m": 20_037_508}),
    ],
)
def test_a_place_no_phone_can_mean_keeps_no_record_back(
    phone: Phone, stones: Unit, place: dict[str, float], held: dict[str, float]
) -> None:
    body = body_of("visit", stones, place=place)
    assert phone.put(body).status_code == 201
    assert kept(phone, body)["place"] == pytest.approx(held, abs=1e-5)


def test_a_place_on_the_equator_is_a_place(phone: Phone, stones: Unit) -> None:
    body = body_of("visit", stones, place={"lat": 0.0, "lon": 0.0, "accuracy_m": None})
    phone.put(body)
    assert kept(phone, body)["place"] == {"lat": 0.0, "lon": 0.0, "accuracy_m": None}


@pytest.mark.parametrize("days", [-1, 1])
@pytest.mark.parametrize("kind", KINDS)
def test_a_clock_off_by_a_day_moves_nothing_but_the_time_it_says(
    phone: Phone, stones: Unit, kind: str, days: int
) -> None:
    off = (clock.now() + timedelta(days=days)).isoformat()
    body = body_of(kind, stones, captured_at=off)
    receipt = phone.put(body).json
    received = datetime.fromisoformat(receipt["received_at"])
    assert abs(received - datetime.now(UTC)) < timedelta(minutes=1)
    shown = kept(phone, body)
    assert abs(datetime.fromisoformat(shown["received_at"]) - datetime.now(UTC)) < timedelta(minutes=1)
    assert abs(datetime.fromisoformat(shown["captured_at"]) - datetime.fromisoformat(off)) < timedelta(seconds=1)


@pytest.mark.parametrize(
    ("sent", "held"),
    [
        ("前\0后", "前后"),
        ("前\ufffe后", "前后"),
        ("一行\r\n两行\r三行", "一行\n两行\n三行"),
        ("𠮷野𡨴", "𠮷野𡨴"),
        ("👍🏽 👩‍🌾 🇨🇳", "👍🏽 👩‍🌾 🇨🇳"),
        ("\u0041\u030a", "\u00c5"),
        ("孤\ud83d立", "孤立"),
    ],
)
def test_every_letter_a_keyboard_has_comes_back(phone: Phone, stones: Unit, sent: str, held: str) -> None:
    body = body_of("visit", stones, text=sent)
    raw = json.dumps(body).encode()  # as \u escapes, which carry what no UTF-8 would
    answer = phone.call("PUT", f"/visits/{body['id']}", data=raw, content_type="application/json")
    assert answer.status_code == 201
    assert kept(phone, body)["text"] == held
    assert phone.put({**body, "text": held}).json == answer.json


def test_a_problem_has_what_was_found_on_a_visit_from_that_visit_unless_it_says_otherwise(
    phone: Phone, stones: Unit
) -> None:
    visit = body_of("visit", stones, programmes=["pairs"], place={"lat": 31.8, "lon": 105.6, "accuracy_m": 5.0})
    phone.put(visit)
    found = body_of("problem", stones, visit=visit["id"], captured_at="2026-11-20T10:00:00+08:00")
    assert phone.put(found).status_code == 201
    shown = kept(phone, found)
    assert shown["visit"] == visit["id"] and shown["programmes"] == ["pairs"]
    assert shown["place"] == visit["place"] and shown["captured_at"] == "2026-11-20T10:00:00.000+08:00"


# --- what is no record at all


@pytest.mark.parametrize(
    ("data", "content_type", "status"),
    [
        (b"", "application/json", 400),
        (b"{", "application/json", 400),
        (b"[]", "application/json", 400),
        (b"null", "application/json", 400),
        (b"\xff\xfe", "application/json", 400),
        (b"[" * 100_000, "application/json", 400),
        (b"{}", "text/plain", 415),
        (b"text=a", "application/x-www-form-urlencoded", 415),
        (b"", "", 415),
        (b'{"text": "' + b"a" * 1_000_000 + b'"}', "application/json", 413),
    ],
)
def test_what_is_no_json_object_is_refused_in_words(phone: Phone, data: bytes, content_type: str, status: int) -> None:
    refused = phone.call("PUT", f"/visits/{ids.uuid7()}", data=data, content_type=content_type)
    assert refused.status_code == status
    assert refused.mimetype == "application/problem+json"
    assert refused.json["status"] == status and refused.json["detail"]


@pytest.mark.parametrize("number", ["1e999", "NaN", "9" * 5000])
def test_numbers_nobody_can_hold_are_named(phone: Phone, stones: Unit, number: str) -> None:
    body = body_of("visit", stones, place={"lat": 31.8, "lon": 105.6, "accuracy_m": 12345})
    raw = json.dumps(body).replace("12345", number)
    refused = phone.call("PUT", f"/visits/{body['id']}", data=raw, content_type="application/json")
    assert refused.status_code in {400, 422}
