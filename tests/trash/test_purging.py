"""`flask purge`: what lay in the trash for thirty days goes for good, not a day earlier; the journal keeps its line."""

from datetime import timedelta
from typing import Any

import pytest

from fieldwork import clock, ids, journal, purging
from fieldwork.core import jobs
from fieldwork.core.searching import SearchDoc
from fieldwork.intake.models import Submission
from fieldwork.people.devices import actions as devices
from fieldwork.people.devices.models import Device
from fieldwork.people.models import EndedSession, LoginAttempt
from fieldwork.photos import actions as photos
from fieldwork.photos import files, mosaic, uploads
from fieldwork.photos.derivatives import SIZES
from fieldwork.photos.models import ExpectedPhoto, Photo, PhotoLink, Upload
from fieldwork.photos.schemas import Box
from fieldwork.problems.actions import correct
from fieldwork.problems.models import Problem
from fieldwork.problems.schemas import ProblemIn
from fieldwork.records import drafts
from fieldwork.records.models import Draft, Revision
from fieldwork.trash import actions as trash
from fieldwork.visits.models import Visit
from tests.api.calling import Phone, body_of, photo
from tests.photos.sending import ready, sent
from tests.trash.making import KINDS, made, thrown

DAY = timedelta(days=1)


def in_days(days: float) -> Any:
    """The clock so many days from now."""
    return clock.at(clock.now() + days * DAY)


def purge(app: Any) -> dict[str, int]:
    """Run the command; how many of each it says it cleared away."""
    result = app.test_cli_runner().invoke(args=["purge"])
    assert result.exit_code == 0, result.output
    lines = [line.split(": ") for line in result.output.splitlines() if "cleared" in line]
    return {name: int(said.split()[0]) for name, said in lines}


def purge_in(app: Any, days: float) -> dict[str, int]:
    with in_days(days):
        return purge(app)


def rows_of(record: Any) -> int:
    """How much is kept of a record besides its own row."""
    parts = [
        part.select().where(part.kind == record.kind, part.record_id == record.id) for part in (Revision, PhotoLink)
    ]
    parts += [ExpectedPhoto.select(), SearchDoc.select(), Submission.select()]
    return sum(part.count() for part in parts)


# --- records


@pytest.mark.parametrize("kind", KINDS)
def test_after_29_days_all_of_it_is_there_and_can_be_put_back(kind: str, app: Any, people: Any) -> None:
    record = thrown(kind, people.xiaolin, people.units.stones)
    kept = rows_of(record)
    assert purge_in(app, 29)["records"] == 0
    assert rows_of(record) == kept
    assert trash.put_back(people.xiaolin, type(record).get_by_id(record.id)).deleted_at is None


@pytest.mark.parametrize("kind", KINDS)
def test_after_31_days_nothing_of_it_is_left_but_the_journal(kind: str, app: Any, people: Any) -> None:
    record = thrown(kind, people.xiaolin, people.units.stones)
    before = [entry.action for entry in journal.history(record.uid)]
    assert purge_in(app, 31)["records"] == 1
    assert type(record).get_or_none(type(record).id == record.id) is None
    assert rows_of(record) == 0
    assert [entry.action for entry in journal.history(record.uid)] == [*before, f"{kind}.purged"]
    assert list(journal.broken_links()) == []


def test_what_was_never_thrown_away_stays_for_ever(app: Any, people: Any) -> None:
    for kind in KINDS:
        made(kind, people.xiaolin, people.units.stones)
    assert purge_in(app, 4000)["records"] == 0
    assert (Visit.select().count(), Problem.select().count()) == (1, 1)


def test_what_was_put_back_stays(app: Any, people: Any) -> None:
    record = thrown("visit", people.xiaolin, people.units.stones)
    trash.put_back(people.xiaolin, record)
    assert purge_in(app, 31)["records"] == 0


def test_a_visit_and_what_was_found_on_it_go_together(app: Any, people: Any) -> None:
    visit = made("visit", people.xiaolin, people.units.stones, more_units=[people.units.hospital.uid])
    for kind in ("problem", "case"):
        thrown(kind, people.xiaolin, people.units.stones, visit=visit.uid)
    trash.throw_away(people.xiaolin, visit, visit.version)
    assert purge_in(app, 31)["records"] == 3


def test_a_visit_waits_for_the_problem_that_can_still_be_put_back(app: Any, people: Any) -> None:
    visit = made("visit", people.xiaolin, people.units.stones)
    problem = thrown("problem", people.xiaolin, people.units.stones, visit=visit.uid)
    trash.throw_away(people.xiaolin, visit, visit.version)
    Problem.update(deleted_at=clock.now() + 5 * DAY).where(Problem.id == problem.id).execute()
    assert purge_in(app, 31)["records"] == 0
    assert Visit.get_by_id(visit.id)
    assert purge_in(app, 36)["records"] == 2


def test_a_record_with_two_texts_to_choose_between_waits(app: Any, people: Any) -> None:
    record = made("problem", people.xiaolin, people.units.stones)
    phone = Phone(app, people.xiaolin)
    other = body_of("problem", people.units.stones, id=str(record.uid), text="另一份文字", base_version=0)
    assert phone.put(other).status_code == 409
    trash.throw_away(people.xiaolin, record, record.version)
    assert purge_in(app, 31)["records"] == 0
    Submission.update(settled_at=clock.now()).execute()
    assert purge_in(app, 31)["records"] == 1


@pytest.mark.parametrize("kind", KINDS)
def test_a_phone_that_sends_it_long_afterwards_is_still_told_it_is_gone(kind: str, app: Any, people: Any) -> None:
    phone, body = Phone(app, people.xiaolin), body_of(kind, people.units.stones)
    assert phone.put(body).status_code == 201
    record = {"visit": Visit, "problem": Problem}.get(kind) or type(made(kind, people.laoma, people.units.stones))
    row = record.get(record.uid == body["id"])
    trash.throw_away(people.xiaolin, row, row.version)
    assert purge_in(app, 31)["records"] == 1
    assert phone.put(body).status_code == 410
    assert phone.put({**body, "text": "另一份文字"}).status_code == 410
    assert record.get_or_none(record.uid == body["id"]) is None


# --- photos


def held(people: Any, drawn_jpeg: bytes) -> Photo:
    """A photo xiaolin has sent."""
    (one,) = ready(people.xiaolin, drawn_jpeg)
    return one


def test_a_photo_nobody_needs_goes_after_thirty_days(app: Any, people: Any, drawn_jpeg: bytes) -> None:
    one = held(people, drawn_jpeg)
    assert purge_in(app, 29)["photos"] == 0
    assert files.are_held(one)
    assert purge_in(app, 31)["photos"] == 1
    assert Photo.get_or_none(Photo.sha256 == one.sha256) is None
    assert [key for key in files.store().keys("") if one.sha256 in key] == []


def test_its_covered_pictures_go_with_it(app: Any, people: Any, drawn_jpeg: bytes) -> None:
    [one] = ready(people.xiaolin, drawn_jpeg)
    mosaic.cover(people.xiaolin, one, "", [Box(x=0, y=0, width=0.5, height=0.5)])
    jobs.work_off()
    assert [len(files.covered_keys(one.sha256, size)) for size in SIZES] == [1, 1, 1]
    assert purge_in(app, 31)["photos"] == 1
    assert [files.covered_keys(one.sha256, size) for size in SIZES] == [[], [], []]


def test_the_same_photo_can_be_sent_again_afterwards(app: Any, people: Any, drawn_jpeg: bytes) -> None:
    one = held(people, drawn_jpeg)
    purge_in(app, 31)
    assert held(people, drawn_jpeg).sha256 == one.sha256
    assert files.are_held(one)


def test_a_photo_a_record_shows_stays(app: Any, people: Any, drawn_jpeg: bytes) -> None:
    one = held(people, drawn_jpeg)
    made("visit", people.xiaolin, people.units.stones, held=[one.sha256])
    assert purge_in(app, 400)["photos"] == 0
    assert files.are_held(one)


def test_a_photo_goes_with_the_record_in_the_trash(app: Any, people: Any, drawn_jpeg: bytes) -> None:
    one = held(people, drawn_jpeg)
    thrown("visit", people.xiaolin, people.units.stones, held=[one.sha256])
    assert purge_in(app, 29)["photos"] == 0
    assert files.are_held(one)
    cleared = purge_in(app, 31)
    assert (cleared["records"], cleared["photos"]) == (1, 1)


def test_a_photo_taken_off_lately_stays_for_thirty_days_more(app: Any, people: Any, drawn_jpeg: bytes) -> None:
    one = held(people, drawn_jpeg)
    problem = made("problem", people.xiaolin, people.units.stones, held=[one.sha256])
    with in_days(40):
        again = {"unit": people.units.stones.uid, "text": problem.text, "gone": [one.sha256]}
        correct(people.xiaolin, problem, problem.version, ProblemIn.model_validate(again))
    assert purge_in(app, 69)["photos"] == 0
    assert purge_in(app, 71)["photos"] == 1


def test_a_photo_listed_by_what_waits_in_the_box_stays(app: Any, people: Any, drawn_jpeg: bytes) -> None:
    one, phone = held(people, drawn_jpeg), Phone(app, people.xiaolin)
    type(people.xiaolin).update(is_active=False).where(type(people.xiaolin).id == people.xiaolin.id).execute()
    assert phone.put(body_of("visit", people.units.stones, photos=[photo(one.sha256)])).status_code == 201
    assert purge_in(app, 400)["photos"] == 0


def test_a_photo_a_draft_names_stays(app: Any, people: Any, drawn_jpeg: bytes) -> None:
    one = held(people, drawn_jpeg)
    fields = [["held", one.sha256]]
    with in_days(380):
        Draft.create(kind="visit", uid=one.uploader.uid, author=people.xiaolin, fields=fields)
    assert purge_in(app, 400)["photos"] == 0


def test_a_photo_sent_again_lately_stays(app: Any, people: Any, drawn_jpeg: bytes) -> None:
    held(people, drawn_jpeg)
    with in_days(20):
        photos.receive(people.laoma, sent(drawn_jpeg))
    assert purge_in(app, 31)["photos"] == 0


# --- drafts


def test_a_draft_nobody_writes_on_goes_after_thirty_days(app: Any, people: Any) -> None:
    uid = ids.uuid7()
    drafts.keep(people.xiaolin, uid, "visit", [("text", "写了一半")])
    with in_days(20):
        drafts.keep(people.xiaolin, uid, "visit", [("text", "又写了几句")])
    assert purge_in(app, 49)["drafts"] == 0
    assert purge_in(app, 51)["drafts"] == 1
    assert Draft.select().count() == 0


def test_a_draft_written_on_after_it_was_found_due_stays(people: Any) -> None:
    uid = ids.uuid7()
    drafts.keep(people.xiaolin, uid, "visit", [("text", "写了一半")])
    with in_days(31):
        (due,) = purging.drafts_due()
        drafts.keep(people.xiaolin, uid, "visit", [("text", "又写了几句")])
        assert purging.clear_draft(due) == 0


@pytest.mark.parametrize("kind", KINDS)
def test_a_draft_whose_record_has_arrived_goes_at_once(kind: str, app: Any, people: Any) -> None:
    record = made(kind, people.xiaolin, people.units.stones)
    Draft.create(kind=kind, uid=record.uid, author=people.xiaolin, fields=[["text", "早先的草稿"]])
    drafts.keep(people.xiaolin, ids.uuid7(), kind, [("text", "还没有发")])
    assert purge(app)["drafts"] == 1
    assert [draft.words for draft in drafts.drafts_of(people.xiaolin)] == ["还没有发"]


# --- the rest


def test_parts_of_uploads_go_when_they_have_expired(app: Any, people: Any) -> None:
    uploads.begin(people.xiaolin, 5_000)
    assert purge_in(app, 6)["uploads"] == 0
    assert purge_in(app, 8)["uploads"] == 1
    assert Upload.select().count() == 0


def test_an_upload_that_goes_on_after_it_was_found_due_stays(people: Any) -> None:
    upload = uploads.begin(people.xiaolin, 5_000)
    with in_days(8):
        (due,) = purging.uploads_due()
        Upload.update(expires_at=clock.now() + DAY).where(Upload.id == upload.id).execute()  # its phone came back
        assert purging.clear_upload(due) == 0
        assert uploads.still_there(upload) == upload


def test_ended_logins_go_and_those_in_use_stay(app: Any, people: Any) -> None:
    devices.let_in(people.xiaolin, "在用")
    lost, _ = devices.let_in(people.xiaolin, "旧手机")
    devices.revoke(people.xiaolin, lost)
    LoginAttempt.create(key="xiaolin", at=clock.now())
    assert purge(app)["logins"] == 0
    assert purge_in(app, 31)["logins"] == 2
    assert [device.name for device in Device.select()] == ["在用"]


def test_a_second_run_finds_nothing(app: Any, people: Any) -> None:
    thrown("visit", people.xiaolin, people.units.stones)
    purge_in(app, 31)
    assert set(purge_in(app, 31).values()) == {0}


def test_a_photo_sent_again_has_thirty_days_more(app: Any, people: Any, drawn_jpeg: bytes) -> None:
    one = held(people, drawn_jpeg)
    with clock.at(clock.now() + timedelta(days=29)):
        held(people, drawn_jpeg)
    assert purge_in(app, 40)["photos"] == 0
    assert files.are_held(one)
    assert purge_in(app, 60)["photos"] == 1


def test_ended_sessions_are_forgotten_when_no_cookie_of_them_can_live(app: Any) -> None:
    EndedSession.create(key="one")
    assert purge_in(app, 29)["logins"] == 0
    assert purge_in(app, 31)["logins"] == 1
    assert not EndedSession.select().exists()
