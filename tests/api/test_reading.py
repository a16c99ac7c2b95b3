"""Reading by the API: what exists for whom, a page at a time, and only what is one's own is said to be held."""

from typing import Any

import pytest
from flask import Flask

from fieldwork import clock, ids
from fieldwork.cases.models import Case
from fieldwork.core import jobs
from fieldwork.people.models import Unit, User
from fieldwork.photos import files
from fieldwork.visits.models import Visit
from tests.api.calling import Phone, body_of, photo
from tests.photos.sending import drawn
from tests.support.cast import Cast
from tests.support.matrix import EAST_READERS, EVERYBODY, NORTH_READERS

KINDS = ("visit", "problem", "case")


def record(phone: Phone, kind: str, unit: Unit, **fields: Any) -> str:
    """One more record of this phone's person; its id."""
    answer = phone.put(body_of(kind, unit, **fields))
    assert answer.status_code == 201, answer.get_data(as_text=True)
    return str(answer.json["id"])


def listed(phone: Phone, room: str, **asked: str) -> list[str]:
    answer = phone.call("GET", f"/{room}", query_string=asked)
    assert answer.status_code == 200
    return [one["id"] for one in answer.json["items"]]


# --- for whom


@pytest.mark.parametrize("kind", ["visit", "problem"])
def test_a_record_exists_in_lists_and_by_itself_for_the_same_people(app: Flask, people: Cast, kind: str) -> None:
    north = record(Phone(app, people.xiaolin), kind, people.units.stones)
    east = record(Phone(app, people.stranger), kind, people.units.hospital)
    for name in EVERYBODY:
        phone = Phone(app, getattr(people, name))
        expected = [uid for uid, readers in ((east, EAST_READERS), (north, NORTH_READERS)) if name in readers]
        assert listed(phone, f"{kind}s") == expected, name
        seen = [uid for uid in (east, north) if phone.call("GET", f"/{kind}s/{uid}").status_code == 200]
        assert seen == expected, name


def test_a_draft_of_a_case_exists_for_its_author_alone(app: Flask, people: Cast) -> None:
    uid = record(Phone(app, people.xiaolin), "case", people.units.stones)
    for name in EVERYBODY - {"xiaolin"}:
        phone = Phone(app, getattr(people, name))
        assert listed(phone, "cases") == [] and phone.call("GET", f"/cases/{uid}").status_code == 404, name


def test_outsiders_read_a_model_without_its_contact(app: Flask, people: Cast) -> None:
    mine = Phone(app, people.xiaolin)
    uid = record(mine, "case", people.units.stones, title="院坝协商", contact="老石 13812345678")
    Case.update(state="promoted").where(Case.uid == uid).execute()
    outside = Phone(app, people.stranger).call("GET", f"/cases/{uid}")
    assert outside.status_code == 200 and outside.json["title"] == "院坝协商"
    assert "contact" not in outside.json and "13812345678" not in outside.get_data(as_text=True)
    for inside in (mine, Phone(app, people.county)):
        assert inside.call("GET", f"/cases/{uid}").json["contact"] == "老石 13812345678"


def test_a_visit_the_reader_does_not_see_is_not_named_in_a_case(app: Flask, people: Cast) -> None:
    mine = Phone(app, people.xiaolin)
    visit = record(mine, "visit", people.units.stones)
    problem = record(mine, "problem", people.units.stones)
    uid = record(mine, "case", people.units.stones, visit=visit, visits=[visit], problems=[problem])
    Case.update(state="promoted").where(Case.uid == uid).execute()
    assert mine.call("GET", f"/cases/{uid}").json["visit"] == visit
    outside = Phone(app, people.stranger).call("GET", f"/cases/{uid}")
    assert outside.json["visit"] is None and outside.json["visits"] == outside.json["problems"] == []
    assert visit not in outside.get_data(as_text=True) and problem not in outside.get_data(as_text=True)


def test_what_was_thrown_away_is_in_no_list(app: Flask, people: Cast) -> None:
    phone = Phone(app, people.xiaolin)
    uid = record(phone, "visit", people.units.stones)
    Visit.update(deleted_at=clock.now()).where(Visit.uid == uid).execute()
    assert listed(phone, "visits") == []
    assert phone.call("GET", f"/visits/{uid}").status_code == 404


def test_a_photo_is_handed_out_to_whoever_reads_a_record_that_shows_it(app: Flask, people: Cast) -> None:
    mine = Phone(app, people.xiaolin)
    sha = mine.send_photo(drawn(7))
    record(mine, "visit", people.units.stones, photos=[photo(sha)])
    reader = Phone(app, people.county)
    assert reader.call("GET", f"/photos/{sha}?size=320").headers["Retry-After"] == "3"
    jobs.work_off()
    small = reader.call("GET", f"/photos/{sha}?size=320")
    assert small.status_code == 200 and small.mimetype == "image/jpeg"
    assert "private" in small.headers["Cache-Control"] and "immutable" in small.headers["Cache-Control"]
    assert reader.call("GET", f"/photos/{sha}?size=original").status_code == 404
    assert mine.call("GET", f"/photos/{sha}?size=original").data == drawn(7)
    assert Phone(app, people.stranger).call("GET", f"/photos/{sha}").status_code == 404


# --- a page at a time


@pytest.mark.parametrize("kind", KINDS)
def test_pages_follow_each_other_newest_first_without_gap_or_repetition(app: Flask, people: Cast, kind: str) -> None:
    phone = Phone(app, people.xiaolin)
    made = [record(phone, kind, people.units.stones, text=f"第 {number} 条") for number in range(45)]
    read: list[str] = []
    cursor: str | None = None
    sizes = []
    while True:
        page = phone.call("GET", f"/{kind}s", query_string={"cursor": cursor} if cursor else {}).json
        sizes.append(len(page["items"]))
        read += [one["id"] for one in page["items"]]
        cursor = page["next"]
        if cursor is None:
            break
    assert (read, sizes) == (made[::-1], [20, 20, 5])


@pytest.mark.parametrize("cursor", ["", "abc", "-1", "9" * 40, "1;drop", "\0"])
def test_a_cursor_nobody_gave_begins_anew(app: Flask, people: Cast, cursor: str) -> None:
    phone = Phone(app, people.xiaolin)
    uid = record(phone, "visit", people.units.stones)
    assert listed(phone, "visits", cursor=cursor) == [uid]


# --- narrowed


@pytest.fixture
def two(app: Flask, people: Cast) -> tuple[Phone, str, str]:
    """The office's phone, a problem at the village in the north and one at the hospital in the east, a day apart."""
    north = record(
        Phone(app, people.xiaolin), "problem", people.units.stones, text="渠口淤塞",
        captured_at="2026-11-20T23:30:00+08:00",
    )  # fmt: skip
    east = record(
        Phone(app, people.stranger), "problem", people.units.hospital, text="窗口无人值守", solved="已经加派",
        captured_at="2026-11-21T00:30:00+08:00",
    )  # fmt: skip
    return Phone(app, people.office), north, east


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, "east north"),
        ({"q": "淤塞"}, "north"),
        ({"q": "没有这样的话"}, ""),
        ({"state": "on_the_spot"}, "east"),
        ({"area": "north"}, "north"),
        ({"area": "east-county"}, "east"),
        ({"area": "nowhere"}, ""),
        ({"type": "village"}, "north"),
        ({"sector": "health"}, "east"),
        ({"unit": "hospital"}, "east"),
        ({"from": "2026-11-21"}, "east"),
        ({"to": "2026-11-20"}, "north"),
        ({"from": "2026-11-20", "to": "2026-11-21"}, "east north"),
        ({"from": "yesterday"}, "east north"),
        ({"area": "north", "state": "on_the_spot"}, ""),
    ],
)
def test_lists_are_narrowed_by_the_filters_of_the_contract(
    two: tuple[Phone, str, str], asked: dict[str, str], found: str
) -> None:
    phone, north, east = two
    names = {north: "north", east: "east"}
    assert [names[uid] for uid in listed(phone, "problems", **asked)] == found.split()


def test_a_unit_is_also_named_by_its_uuid(two: tuple[Phone, str, str], people: Cast) -> None:
    phone, north, _ = two
    assert listed(phone, "problems", unit=str(people.units.stones.uid)) == [north]


# --- what a phone caches


@pytest.mark.parametrize("path", ["/me", "/units", "/vocabulary"])
def test_what_a_phone_caches_is_sent_again_only_when_it_changed(app: Flask, people: Cast, path: str) -> None:
    phone = Phone(app, people.xiaolin)
    first = phone.call("GET", path)
    again = {"If-None-Match": first.headers["ETag"]}
    unchanged = phone.call("GET", path, headers=again)
    assert (first.status_code, unchanged.status_code, unchanged.data) == (200, 304, b"")
    User.update(name="林岚岚").where(User.id == people.xiaolin.id).execute()
    Unit.update(name="青石坳社区").where(Unit.id == people.units.stones.id).execute()
    type(people.terms.pairs).update(name="双联双促").where(type(people.terms.pairs).code == "pairs").execute()
    assert phone.call("GET", path, headers=again).status_code == 200


def test_the_nearest_unit_comes_first_with_its_distance(app: Flask, people: Cast) -> None:
    phone = Phone(app, people.xiaolin)
    near = phone.call("GET", "/units?near=31.82,105.62").json["items"]
    assert [one["name"] for one in near[:2]] == ["青石坳村", "北峰县直机关工委"]
    assert near[0]["distance_km"] == 0.0 and all(one["lat"] is not None for one in near)
    everything = phone.call("GET", "/units").json["items"]
    assert len(everything) == 6 and "distance_km" not in everything[0]


@pytest.mark.parametrize("near", ["", "here", "91,0", "nan,nan", "inf,0", "1e400,0", "31.8"])
def test_a_place_that_is_none_gives_all_units(app: Flask, people: Cast, near: str) -> None:
    answer = Phone(app, people.xiaolin).call("GET", "/units", query_string={"near": near})
    assert answer.status_code == 200 and len(answer.json["items"]) == 6


def test_the_vocabulary_tells_of_terms_out_of_use_too(app: Flask, people: Cast) -> None:
    term = type(people.terms.pairs)
    term.update(is_active=False, last_year=2024).where(term.code == "pairs").execute()
    (pairs,) = [one for one in _terms(app, people)["programme"] if one["code"] == "pairs"]
    assert (pairs["is_active"], pairs["last_year"]) == (False, 2024)
    (roads,) = [one for one in _terms(app, people)["category"] if one["code"] == "roads"]
    assert roads["parent"] == "rural"


def _terms(app: Flask, people: Cast) -> Any:
    return Phone(app, people.xiaolin).call("GET", "/vocabulary").json


# --- what is held


def test_have_tells_which_of_one_s_own_records_and_photos_are_held(app: Flask, people: Cast) -> None:
    phone = Phone(app, people.xiaolin)
    uids = [record(phone, kind, people.units.stones) for kind in KINDS]
    sha, nowhere, unknown = phone.send_photo(drawn(3)), "0" * 64, str(ids.uuid7())
    answer = phone.call("POST", "/have", json={"ids": [unknown, *uids], "hashes": [nowhere, sha, sha]})
    assert answer.json == {"ids": uids, "hashes": [sha]}


def test_have_asks_for_a_photo_again_whose_original_has_gone_missing(app: Flask, people: Cast) -> None:
    """As after the database was put back, and the store only in part. A phone sends the text again first, and a photo
    only if the receipt names it as missing."""
    phone = Phone(app, people.xiaolin)
    sha = phone.send_photo(drawn(1))
    body = body_of("visit", people.units.stones, photos=[photo(sha)])
    assert phone.put(body).json["photos_held"] == [sha]
    files.store().delete(files.original_key(sha))
    jobs.work_off()
    assert phone.call("POST", "/have", json={"hashes": [sha]}).json["hashes"] == []
    assert phone.put(body).json["photos_missing"] == [sha]
    phone.send_photo(drawn(1))
    jobs.work_off()
    assert phone.put(body).json["photos_held"] == [sha]
    assert phone.call("POST", "/have", json={"hashes": [sha]}).json["hashes"] == [sha]
    assert phone.call("GET", f"/photos/{sha}?size=320").status_code == 200


def test_have_tells_nothing_of_what_others_have_sent(app: Flask, people: Cast) -> None:
    theirs = Phone(app, people.xiaolin)
    uid, sha = record(theirs, "visit", people.units.stones), theirs.send_photo(drawn(3))
    for reader in (people.office, people.stranger):
        answer = Phone(app, reader).call("POST", "/have", json={"ids": [uid], "hashes": [sha]})
        assert answer.json == {"ids": [], "hashes": []}


def test_have_counts_what_waits_for_a_decision_as_held(app: Flask, people: Cast) -> None:
    phone = Phone(app, people.xiaolin)
    User.update(is_active=False).where(User.id == people.xiaolin.id).execute()
    uid = record(phone, "visit", people.units.stones)
    assert phone.call("POST", "/have", json={"ids": [uid]}).json == {"ids": [uid], "hashes": []}


@pytest.mark.parametrize("wrong", [{"ids": ["x"]}, {"hashes": ["x"]}, {"ids": [str(ids.uuid7())] * 1001}])
def test_have_names_what_it_was_asked_wrongly(app: Flask, people: Cast, wrong: dict[str, Any]) -> None:
    refused = Phone(app, people.xiaolin).call("POST", "/have", json=wrong)
    assert refused.status_code == 422 and refused.json["errors"][0]["field"].partition(".")[0] in wrong
