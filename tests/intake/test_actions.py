"""Taking in what phones send: once, whatever became of the sender; and who is told when all of it is here."""

import hashlib
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import Any

import pytest
from flask import Flask

from fieldwork import clock, ids
from fieldwork.core.db import database, transaction
from fieldwork.errors import Forbidden, Gone, Invalid, NotFound
from fieldwork.intake import actions
from fieldwork.intake.actions import take
from fieldwork.intake.kinds import KINDS
from fieldwork.intake.models import CLOSED, DISABLED, NO_ROLE, STALE, UNKNOWN_UNIT, Submission
from fieldwork.intake.receipts import receipt_of
from fieldwork.journal import AuditEntry
from fieldwork.people.models import Grant, User
from fieldwork.people.throttle import TooMany
from fieldwork.photos import expecting
from fieldwork.photos.models import PhotoLink
from fieldwork.problems.models import Problem
from fieldwork.records.models import Draft, Revision
from fieldwork.visits.models import Visit
from tests.api.calling import Phone, body_of, photo
from tests.intake.making import body, boxed, content, sent, two_texts, unknown_place
from tests.photos.sending import drawn
from tests.support.cast import Cast

PARALLEL = 20


def fresh(user: User) -> User:
    return User.get_by_id(user.id)


def written(action: str) -> int:
    return AuditEntry.select().where(AuditEntry.action == action).count()


def sha_of(shade: int) -> str:
    return hashlib.sha256(drawn(shade)).hexdigest()


# --- at once


@pytest.mark.parametrize("kind", KINDS)
def test_of_twenty_that_are_sent_at_once_one_is_kept_and_all_get_its_receipt(
    app: Flask, people: Cast, kind: str
) -> None:
    phone, wanted = Phone(app, people.xiaolin), body_of(kind, people.units.stones, photos=[photo("cd" * 32)])
    starting = Barrier(PARALLEL)

    def put(_number: int) -> tuple[int, dict[str, Any]]:
        client = app.test_client()
        starting.wait(timeout=30)
        answer = client.put(
            f"/api/v1/{kind}s/{wanted['id']}", json=wanted, headers={"Authorization": f"Bearer {phone.token}"}
        )
        return answer.status_code, answer.get_json()

    with ThreadPoolExecutor(PARALLEL) as pool:
        answers = list(pool.map(put, range(PARALLEL)))
    assert Counter(status for status, _ in answers) == {201: 1, 200: PARALLEL - 1}
    assert all(receipt == answers[0][1] for _, receipt in answers)
    table = KINDS[kind].table
    assert table.select().where(table.uid == wanted["id"]).count() == 1
    assert Submission.select().count() == Revision.select().where(Revision.kind == kind).count() == 1
    assert written(f"{kind}.created") == 1


def test_of_twenty_other_contents_sent_at_once_one_wins_and_none_is_lost(app: Flask, people: Cast) -> None:
    phone, first = Phone(app, people.xiaolin), body_of("problem", people.units.stones)
    assert phone.put(first).status_code == 201
    starting = Barrier(PARALLEL)

    def put(number: int) -> int:
        client = app.test_client()
        starting.wait(timeout=30)
        return client.put(
            f"/api/v1/problems/{first['id']}",
            json={**first, "base_version": 1, "text": f"第 {number} 种说法"},
            headers={"Authorization": f"Bearer {phone.token}"},
        ).status_code

    with ThreadPoolExecutor(PARALLEL) as pool:
        statuses = Counter(pool.map(put, range(PARALLEL)))
    assert statuses == {200: 1, 409: PARALLEL - 1}
    assert {one.body["text"] for one in Submission.select()} == {
        "渠口淤塞", *(f"第 {number} 种说法" for number in range(PARALLEL)),
    }  # fmt: skip


# --- what becomes of it


def test_a_new_record_is_new_and_the_same_again_is_not(people: Cast) -> None:
    first = body("visit", people.units.stones)
    taken, again = take(people.xiaolin, "visit", first), take(people.xiaolin, "visit", first)
    assert (taken.is_new, again.is_new) == (True, False)
    assert taken.submission.id == again.submission.id and taken.record.id == again.record.id
    assert not taken.is_set_aside and not again.is_set_aside
    assert written("visit.created") == 1


def test_what_was_kept_early_as_a_draft_is_one_no_more_once_it_is_taken(people: Cast) -> None:
    wanted = body("visit", people.units.stones)
    for author in (people.xiaolin, people.laoma):
        uid = wanted.id if author == people.xiaolin else ids.uuid7()
        Draft.create(kind="visit", uid=uid, author=author, fields={"text": "渠口"})
    take(people.xiaolin, "visit", wanted)
    assert [draft.author for draft in Draft.select()] == [people.laoma]


def test_what_a_form_has_kept_is_not_kept_again_by_the_phone(people: Cast) -> None:
    wanted = body("problem", people.units.stones)
    made = KINDS["problem"].keep(people.xiaolin, wanted, {})
    taken = take(people.xiaolin, "problem", wanted)
    assert taken.record.id == made.id and Problem.select().count() == 1
    assert receipt_of(taken.submission)["version"] == 1


def test_another_text_on_an_old_version_waits_beside_the_one_that_stands(people: Cast) -> None:
    waiting = two_texts(people.xiaolin, people.units.stones)
    assert (waiting.reason, waiting.version, waiting.body["text"]) == (STALE, None, "渠口又堵了")
    assert Visit.get().text == "渠口已清"
    assert written("submission.set_aside") == 1


def test_a_change_that_the_state_forbids_waits_too(people: Cast) -> None:
    first = sent(people.xiaolin, "problem", people.units.stones)
    Problem.update(state="closed").where(Problem.id == first.record.id).execute()
    late = sent(
        people.xiaolin, "problem", people.units.stones, id=str(first.record.uid), base_version=1, text="再补一句"
    )
    assert late.is_set_aside and late.submission.reason == CLOSED
    assert Problem.get().text == "渠口淤塞"


def test_a_change_of_a_record_the_server_has_lost_is_kept_as_a_new_one(people: Cast) -> None:
    taken = sent(people.xiaolin, "visit", people.units.stones, base_version=4)
    assert taken.is_new and taken.record.version == 1
    assert receipt_of(taken.submission)["version"] == 1


def test_the_author_of_what_was_thrown_away_is_told_so_also_when_it_was_never_changed(people: Cast) -> None:
    wanted = body("visit", people.units.stones)
    record = take(people.xiaolin, "visit", wanted).record
    Visit.update(deleted_at=clock.now()).where(Visit.id == record.id).execute()
    for again in (wanted, wanted.model_copy(update={"text": "另一段话"})):
        with pytest.raises(Gone):
            take(people.xiaolin, "visit", again)


def test_what_is_refused_leaves_nothing_behind(people: Cast) -> None:
    first = sent(people.xiaolin, "visit", people.units.stones)
    wanted = {"id": str(first.record.uid), "base_version": 1, "text": "不是我的"}
    with pytest.raises(NotFound):
        sent(people.stranger, "visit", people.units.stones, **wanted)
    with pytest.raises(Forbidden):
        sent(people.county, "visit", people.units.stones, **wanted)
    with pytest.raises(Invalid):
        sent(people.xiaolin, "visit", None)
    assert Submission.select().count() == Visit.select().count() == 1


def test_a_version_nobody_here_knows_never_overwrites_what_another_wrote(people: Cast) -> None:
    first = sent(people.xiaolin, "problem", people.units.stones).record
    sent(people.county, "problem", people.units.stones, id=str(first.uid), base_version=1, text="县里改过")
    late = sent(people.xiaolin, "problem", people.units.stones, id=str(first.uid), base_version=7, text="我的")
    assert late.is_set_aside
    assert Problem.get_by_id(first.id).text == "县里改过"


def test_after_a_restored_backup_ones_own_later_text_goes_onto_ones_own(people: Cast) -> None:
    first = sent(people.xiaolin, "visit", people.units.stones).record
    late = sent(people.xiaolin, "visit", people.units.stones, id=str(first.uid), base_version=4, text="第五稿")
    assert (late.record.version, late.record.text) == (2, "第五稿")


def test_a_receipt_names_a_photo_that_the_record_shows_whoever_sent_it(people: Cast, app: Flask) -> None:
    theirs = Phone(app, people.county).send_photo(drawn(5))
    first = sent(people.xiaolin, "problem", people.units.stones)
    listed = [{"sha256": theirs}]
    sent(people.county, "problem", people.units.stones, id=str(first.record.uid), base_version=1, photos=listed)
    mine = {"id": str(first.record.uid), "base_version": 2, "photos": listed, "text": "补"}
    receipt = receipt_of(sent(people.xiaolin, "problem", people.units.stones, **mine).submission)
    assert (receipt["photos_held"], receipt["photos_missing"]) == ([theirs], [])


# --- people since moved or out of use


def test_what_somebody_wrote_whose_role_was_taken_away_goes_into_the_box(app: Flask, people: Cast) -> None:
    phone = Phone(app, people.xiaolin, scope="send")
    Grant.delete().where(Grant.user == people.xiaolin).execute()
    sha = phone.send_photo(drawn(3))
    answer = phone.put(body_of("visit", people.units.stones, photos=[photo(sha)]))
    assert (answer.status_code, answer.json["version"], answer.json["photos_held"]) == (201, 0, [sha])
    assert Submission.get().reason == NO_ROLE
    assert not Visit.select().exists()


def test_an_account_out_of_use_cannot_fill_the_box(people: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "BOXED_A_DAY_MAX", 2)
    for _ in range(2):
        boxed(people.laoma, "visit", people.units.stones)
    with pytest.raises(TooMany):
        boxed(people.laoma, "visit", people.units.stones)
    with clock.at(clock.now() + timedelta(days=1, minutes=1)):
        boxed(people.laoma, "visit", people.units.stones)
    assert Submission.select().count() == 3


@pytest.mark.parametrize("kind", KINDS)
def test_what_somebody_out_of_use_sends_lands_in_the_box_and_is_receipted(people: Cast, kind: str) -> None:
    waiting = boxed(people.xiaolin, kind, people.units.stones)
    assert (waiting.reason, waiting.version, waiting.author) == (DISABLED, None, people.xiaolin)
    assert KINDS[kind].table.select().count() == 0
    assert receipt_of(waiting)["version"] == 0
    assert written("submission.boxed") == 1


def test_the_box_takes_the_same_once_and_is_no_conflict(people: Cast) -> None:
    User.update(is_active=False).where(User.id == people.xiaolin.id).execute()
    wanted = body("visit", people.units.stones)
    first, again = (take(fresh(people.xiaolin), "visit", wanted) for _ in range(2))
    assert first.submission.id == again.submission.id
    assert (first.is_new, again.is_new) == (True, False)
    assert not first.is_set_aside and not again.is_set_aside and again.record is None


def test_a_change_by_somebody_out_of_use_waits_in_the_box_and_changes_nothing(people: Cast) -> None:
    first = sent(people.xiaolin, "visit", people.units.stones)
    later = boxed(people.xiaolin, "visit", people.units.stones, id=str(first.record.uid), base_version=1, text="补记")
    assert later.reason == DISABLED and Visit.get().text == "渠口淤塞"


def test_the_box_asks_for_no_unit_that_is_known(people: Cast) -> None:
    assert boxed(people.xiaolin, "visit", None).reason == DISABLED


def test_an_import_at_a_unit_nobody_knows_lands_in_the_box(people: Cast) -> None:
    waiting = unknown_place(people)
    assert (waiting.reason, waiting.author, waiting.imported_by) == (UNKNOWN_UNIT, people.xiaolin, people.office)


def test_what_was_recorded_before_a_move_is_taken_and_stays_the_author_s(people: Cast) -> None:
    User.update(unit=people.units.hospital).where(User.id == people.xiaolin.id).execute()
    Grant.update(area=people.terms.east_county).where(Grant.user == people.xiaolin).execute()
    record = sent(fresh(people.xiaolin), "visit", people.units.stones).record
    assert record.author == people.xiaolin and record.area == people.terms.north_county


# --- who is told when a record is complete


@pytest.fixture
def heard() -> Iterator[list[tuple[str, int]]]:
    """What listeners are told: kind and version of each record that is complete."""
    told: list[tuple[str, int]] = []

    def listen(record: Any) -> None:
        assert not database.in_transaction(), "told before the commit"
        told.append((record.kind, record.version))

    expecting.on_completion(listen)
    yield told
    expecting._listeners.remove(listen)


@pytest.mark.parametrize("kind", KINDS)
def test_a_record_without_photos_is_complete_at_once(people: Cast, heard: list[Any], kind: str) -> None:
    sent(people.xiaolin, kind, people.units.stones)
    assert heard == [(kind, 1)]


def test_a_record_is_complete_with_the_last_of_its_photos(app: Flask, people: Cast, heard: list[Any]) -> None:
    phone = Phone(app, people.xiaolin)
    listed = [photo(sha_of(shade)) for shade in (1, 2, 3)]
    phone.send_photo(drawn(1))
    sent(people.xiaolin, "visit", people.units.stones, photos=listed)
    phone.send_photo(drawn(2))
    assert heard == []
    phone.send_photo(drawn(3))
    assert heard == [("visit", 1)]
    assert [link.photo.sha256 for link in PhotoLink.select().order_by(PhotoLink.position)] == [
        one["sha256"] for one in listed
    ]


def test_a_photo_sent_by_somebody_else_completes_nothing(app: Flask, people: Cast, heard: list[Any]) -> None:
    sent(people.xiaolin, "visit", people.units.stones, photos=[photo(sha_of(1))])
    Phone(app, people.laoma).send_photo(drawn(1))
    assert heard == []


def test_a_change_that_lists_what_is_missing_no_more_completes(people: Cast, heard: list[Any]) -> None:
    first = sent(people.xiaolin, "visit", people.units.stones, photos=[photo(sha_of(1))])
    assert heard == []
    sent(people.xiaolin, "visit", people.units.stones, id=str(first.record.uid), base_version=1, photos=[])
    assert heard == [("visit", 2)]


def test_the_same_again_is_told_once(people: Cast, heard: list[Any]) -> None:
    wanted = body("visit", people.units.stones)
    for _ in range(3):
        take(people.xiaolin, "visit", wanted)
    assert heard == [("visit", 1)]


def test_what_waits_is_told_to_nobody(people: Cast, heard: list[Any]) -> None:
    two_texts(people.xiaolin, people.units.stones)
    boxed(people.laoma, "visit", people.units.stones)
    assert heard == [("visit", 1), ("visit", 2)]


def test_what_is_rolled_back_was_never_told(people: Cast, heard: list[Any]) -> None:
    with transaction() as whole:
        sent(people.xiaolin, "visit", people.units.stones)
        whole.rollback()
    assert heard == [] and Visit.select().count() == 0


def test_content_is_the_same_whatever_it_was_based_on(people: Cast) -> None:
    plain = content("visit", people.units.stones)
    first = take(people.xiaolin, "visit", KINDS["visit"].body.model_validate(plain))
    marked = KINDS["visit"].body.model_validate(plain | {"mask": True, "keep_phones": True})
    assert take(people.xiaolin, "visit", marked).submission.id == first.submission.id
