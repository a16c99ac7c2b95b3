"""The office's box: what came from accounts out of use becomes a record, or is kept with the reason why not."""

import html
import re
import time
from threading import Event, Thread
from typing import Any

import pytest
from flask import Flask

from fieldwork import ids, journal
from fieldwork.cases.queries import sources_of
from fieldwork.core.db import database, transaction
from fieldwork.errors import Conflict, Forbidden, Invalid, Stale
from fieldwork.intake import adopting, queries
from fieldwork.intake.models import Submission
from fieldwork.intake.schemas import Adoption, Refusal
from fieldwork.people.models import Grant, Unit
from fieldwork.photos import actions as photos
from fieldwork.photos import expecting, showing
from fieldwork.problems.models import Problem
from fieldwork.visits.models import Visit
from tests.intake.making import boxed, sent, unknown_place
from tests.photos.sending import drawn, ready
from tests.photos.sending import sent as files
from tests.support.cast import Cast


def adoption(unit: Unit, attributed_to: str = "writer") -> Adoption:
    return Adoption.model_validate({"unit": str(unit.uid), "attributed_to": attributed_to})


def test_the_office_adopts_under_the_same_id_for_the_writer(people: Cast) -> None:
    submission = boxed(people.laoma, "visit", people.units.stones)
    kept = adopting.adopt(people.office, submission, adoption(people.units.hospital))
    assert (kept.uid, kept.author_id) == (submission.record_uid, people.laoma.id)
    assert (kept.unit_id, kept.text) == (people.units.hospital.id, "渠口淤塞")
    assert queries.waiting_in_box(people.office) == 0


@pytest.mark.parametrize("kind", ["visit", "problem", "case"])
def test_every_kind_can_be_adopted(people: Cast, kind: str) -> None:
    kept = adopting.adopt(people.office, boxed(people.laoma, kind, people.units.stones), adoption(people.units.stones))
    assert kept.kind == kind


def test_adopted_for_oneself_the_writers_photos_go_with_it(people: Cast) -> None:
    sha = photos.receive(people.laoma, files(drawn(1))).photos[0].sha256
    submission = boxed(people.laoma, "visit", people.units.stones, photos=[{"sha256": sha, "caption": "渠口"}])
    kept = adopting.adopt(people.office, submission, adoption(people.units.stones, "oneself"))
    assert kept.author_id == people.office.id
    assert showing.shown_by("visit", kept.id) == [sha]


def test_a_photo_that_the_writer_sends_later_still_arrives(people: Cast) -> None:
    earlier = photos.receive(people.xiaolin, files(drawn(1))).photos[0].sha256  # held, but not from the writer
    submission = boxed(people.laoma, "visit", people.units.stones, photos=[{"sha256": earlier}])
    kept = adopting.adopt(people.office, submission, adoption(people.units.stones, "oneself"))
    assert list(expecting.expected_of("visit", kept.id)) == [earlier]
    photos.receive(people.laoma, files(drawn(1)))
    assert showing.shown_by("visit", kept.id) == [earlier]


def test_the_office_sees_the_photos_before_it_adopts_and_nobody_else_does(people: Cast, log_in: Any) -> None:
    one, other = (photo.sha256 for photo in ready(people.laoma, drawn(1), drawn(2)))
    foreign = ready(people.xiaolin, drawn(3))[0].sha256
    listed = [{"sha256": one, "caption": "渠口"}, {"sha256": foreign}]
    submission = boxed(people.laoma, "visit", people.units.stones, photos=listed)
    office = log_in(people.office)
    page = office.get(f"/box/{submission.uid}").text
    seen = html.unescape(re.findall(r'<img class="photo-image" src="([^"]+)" alt="渠口"', page)[0])
    picture = office.get(seen)
    assert (picture.status_code, picture.mimetype) == (200, "image/jpeg")
    for hidden in (other, foreign):  # not of this record; named by it, but sent by somebody else
        assert hidden not in page
        assert office.get(f"/box/{submission.uid}/photos/{hidden}").status_code == 404
    assert office.get(f"/box/{submission.uid}/photos/{one}?size=original").status_code == 404
    shown = office.get(f"/box/{submission.uid}/photos/{one}?size=320")
    assert (shown.status_code, shown.headers["Cache-Control"]) == (200, "private, no-cache")  # a mosaic may come
    for name in ("xiaolin", "county", "leader", "admin"):
        assert log_in(getattr(people, name)).get(seen).status_code == 404


def test_what_names_an_unknown_unit_gets_one(people: Cast) -> None:
    kept = adopting.adopt(people.office, unknown_place(people), adoption(people.units.stones))
    assert (kept.unit_id, kept.author_id) == (people.units.stones.id, people.xiaolin.id)


def test_the_journal_says_who_adopted_it_for_whom(people: Cast) -> None:
    submission = boxed(people.laoma, "visit", people.units.stones)
    adopting.adopt(people.office, submission, adoption(people.units.stones))
    last = journal.last_of(submission.uid)
    assert last is not None
    assert (last.action, last.actor.id, last.detail["name"]) == ("submission.adopted", people.office.id, "马骁")


def test_what_the_house_does_not_know_is_said_at_its_field(people: Cast) -> None:
    submission = boxed(people.laoma, "problem", people.units.stones, category="never-was")
    with pytest.raises(Invalid) as refused:
        adopting.adopt(people.office, submission, adoption(people.units.stones))
    assert list(refused.value.errors) == ["category"]
    assert Submission.get_by_id(submission.id).settled_at is None


def test_nothing_is_recorded_for_a_writer_who_may_record_nothing(people: Cast) -> None:
    submission = boxed(people.laoma, "visit", people.units.stones)
    Grant.delete().where(Grant.user == people.laoma).execute()
    again = Submission.get_by_id(submission.id)
    with pytest.raises(Invalid) as refused:
        adopting.adopt(people.office, again, adoption(people.units.stones))
    assert list(refused.value.errors) == ["attributed_to"]
    assert adopting.adopt(people.office, again, adoption(people.units.stones, "oneself")).author_id == people.office.id


def test_nothing_is_adopted_twice(people: Cast) -> None:
    submission = boxed(people.laoma, "visit", people.units.stones)
    adopting.adopt(people.office, submission, adoption(people.units.stones))
    for again in (submission, Submission.get_by_id(submission.id)):
        with pytest.raises((Conflict, Invalid)):
            adopting.adopt(people.office, again, adoption(people.units.stones, "oneself"))
    assert Visit.select().where(Visit.uid == submission.record_uid).count() == 1


@pytest.mark.parametrize("name", ["xiaolin", "laoma", "county", "city", "leader", "admin"])
def test_nobody_but_the_office_adopts_or_refuses(people: Cast, name: str) -> None:
    submission = unknown_place(people)
    with pytest.raises(Forbidden):
        adopting.adopt(getattr(people, name), submission, adoption(people.units.stones))
    with pytest.raises(Forbidden):
        adopting.refuse(getattr(people, name), submission, Refusal(reason="重复"))
    assert list(queries.box(getattr(people, name))) == []


def test_what_is_refused_is_kept_with_the_reason(people: Cast) -> None:
    submission = boxed(people.laoma, "visit", people.units.stones)
    adopting.refuse(people.office, submission, Refusal(reason="与另一条重复"))
    kept = Submission.get_by_id(submission.id)
    assert (kept.body["text"], kept.version) == ("渠口淤塞", None)
    last = journal.last_of(submission.uid)
    assert last is not None and last.detail["reason"] == "与另一条重复"
    assert [one.id for one in queries.box(people.office, "settled")] == [submission.id]


def test_what_names_a_visit_that_never_came_is_adopted_without_it(people: Cast, log_in: Any) -> None:
    gone = str(ids.uuid7())
    submission = boxed(people.laoma, "problem", people.units.stones, visit=gone, category="never-was")
    client, form = log_in(people.office), {"unit": str(people.units.stones.uid), "attributed_to": "writer"}
    told = client.post(f"/box/{submission.uid}/adoption", data=form)
    assert told.status_code == 422
    assert "不带这些内容认领" in told.text
    assert client.post(f"/box/{submission.uid}/adoption", data=form | {"leave_out": "1"}).status_code == 303
    kept = Problem.get(Problem.uid == submission.record_uid)
    assert (kept.text, kept.visit_id, kept.category_id) == ("渠口淤塞", None, None)
    assert Submission.get_by_id(submission.id).body["visit"] == gone


def test_of_several_that_it_names_those_that_are_here_stay(people: Cast) -> None:
    here = sent(people.laoma, "visit", people.units.stones).record
    assert here is not None
    named = [str(here.uid), str(ids.uuid7())]
    submission = boxed(people.laoma, "case", people.units.stones, visits=named, programmes=["pairs", "never-was"])
    said = adoption(people.units.stones).model_copy(update={"leave_out": True})
    kept = adopting.adopt(people.office, submission, said)
    assert kept.programmes == ["pairs"]
    assert [visit.id for visit in sources_of(people.laoma, kept)[0]] == [here.id]


@pytest.mark.parametrize("house", ["postgresql"], indirect=True)
def test_it_waits_for_a_photo_that_its_writer_is_sending(house: Any, app: Flask, people: Cast) -> None:
    sha = photos.receive(people.xiaolin, files(drawn(1))).photos[0].sha256
    submission = boxed(people.laoma, "visit", people.units.stones, photos=[{"sha256": sha}])
    sending, sent_on = Event(), Event()

    def send() -> None:
        with app.app_context(), database.obj.connection_context(), transaction():
            photos.lend(people.laoma, sha)
            sending.set()
            sent_on.wait(30)
            time.sleep(0.3)  # whoever did not wait would have looked for it by now

    sender = Thread(target=send)
    sender.start()
    assert sending.wait(30)
    sent_on.set()
    kept = adopting.adopt(people.office, submission, adoption(people.units.stones, "oneself"))
    sender.join(30)
    assert showing.shown_by("visit", kept.id) == [sha]
    assert expecting.expected_of("visit", kept.id) == {}


# --- a change of a record that is here


def changed(people: Cast) -> tuple[Visit, Submission]:
    """laoma's visit, and what came of it from the phone after the account went out of use."""
    record = sent(people.laoma, "visit", people.units.stones).record
    assert isinstance(record, Visit)
    changes = {"id": str(record.uid), "base_version": 1, "text": "渠口已清"}
    return record, boxed(people.laoma, "visit", people.units.stones, **changes)


def test_a_change_becomes_the_writers_change_of_the_version_seen(people: Cast) -> None:
    record, submission = changed(people)
    fresh = adopting.adopt(people.office, submission, adoption(people.units.stones), record.version)
    assert (fresh.id, fresh.version, fresh.text, fresh.author_id) == (record.id, 2, "渠口已清", people.laoma.id)


def test_a_change_of_a_record_that_moved_on_is_stale(people: Cast) -> None:
    record, submission = changed(people)
    Visit.update(version=2).where(Visit.id == record.id).execute()
    with pytest.raises(Stale):
        adopting.adopt(people.office, submission, adoption(people.units.stones), 1)


def test_a_change_is_nobody_elses(people: Cast) -> None:
    record, submission = changed(people)
    with pytest.raises(Invalid) as refused:
        adopting.adopt(people.office, submission, adoption(people.units.stones, "oneself"), record.version)
    assert list(refused.value.errors) == ["attributed_to"]
