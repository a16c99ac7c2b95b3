"""An exported queue: the preview says what the import will do and writes nothing; the same file twice is one record."""

from pathlib import Path
from typing import Any

import pytest

from fieldwork import ids
from fieldwork.errors import Forbidden
from fieldwork.intake import queues
from fieldwork.intake.archive import Unfit
from fieldwork.intake.models import NO_ROLE, Submission
from fieldwork.intake.queues import Report
from fieldwork.journal import AuditEntry, broken_links
from fieldwork.people.models import Grant, User
from fieldwork.photos import expecting, showing
from fieldwork.photos.models import Photo, PhotoUpload
from fieldwork.problems.models import Problem
from fieldwork.visits.models import Visit
from tests.intake.exporting import exported, queue, saved, sha_of, zipped
from tests.intake.making import content, sent
from tests.photos.sending import drawn
from tests.support.cast import Cast


def outcomes(report: Report) -> list[str]:
    return [line.outcome for line in report.lines]


def test_a_queue_becomes_the_owners_records_with_their_photos(people: Cast, tmp_path: Path) -> None:
    picture = drawn(1)
    record = content("visit", people.units.stones, photos=[{"sha256": sha_of(picture), "caption": "渠口"}])
    path = saved(tmp_path, exported(people.xiaolin.uid, record, pictures=(picture,)))
    report = queues.import_queue(people.office, path)
    visit = Visit.get(Visit.uid == record["id"])
    assert (outcomes(report), visit.author_id) == (["new"], people.xiaolin.id)
    assert showing.shown_by("visit", visit.id) == [sha_of(picture)]
    assert (report.lines[0].here, report.lines[0].listed) == (1, 1)
    submission = Submission.get(Submission.record_uid == visit.uid)
    assert (submission.author_id, submission.imported_by_id) == (people.xiaolin.id, people.office.id)


def test_the_same_file_twice_gives_the_same_records_once(people: Cast, tmp_path: Path) -> None:
    picture = drawn(1)
    records = [content("visit", people.units.stones), content("problem", people.units.stones)]
    records[0]["photos"] = [{"sha256": sha_of(picture)}]
    path = saved(tmp_path, exported(people.xiaolin.uid, *records, pictures=(picture,)))
    assert outcomes(queues.import_queue(people.office, path)) == ["new", "new"]
    assert outcomes(queues.import_queue(people.office, path)) == ["here", "here"]
    assert (Visit.select().count(), Problem.select().count(), Submission.select().count()) == (1, 1, 2)
    assert (Photo.select().count(), PhotoUpload.select().count()) == (1, 1)


def test_what_the_phone_sent_itself_meanwhile_is_here_already(people: Cast, tmp_path: Path) -> None:
    record = content("visit", people.units.stones)
    sent(people.xiaolin, "visit", people.units.stones, id=record["id"])
    assert outcomes(queues.preview(people.office, saved(tmp_path, exported(people.xiaolin.uid, record)))) == ["here"]


def test_the_preview_writes_nothing(people: Cast, tmp_path: Path) -> None:
    picture, acts = drawn(1), AuditEntry.select().count()
    records = [content("visit", people.units.stones), content("visit", None), content("poem", None)]
    path = saved(tmp_path, exported(people.xiaolin.uid, *records, pictures=(picture,)))
    assert outcomes(queues.preview(people.office, path)) == ["new", "box", "wrong"]
    assert (Visit.select().count(), Submission.select().count(), Photo.select().count()) == (0, 0, 0)
    assert AuditEntry.select().count() == acts
    assert outcomes(queues.import_queue(people.office, path)) == ["new", "box", "wrong"]
    assert list(broken_links()) == []


def test_nobody_is_told_of_what_was_only_looked_at(people: Cast, tmp_path: Path) -> None:
    told: list[Any] = []
    expecting.on_completion(told.append)
    path = saved(tmp_path, exported(people.xiaolin.uid, content("visit", people.units.stones)))
    try:
        queues.preview(people.office, path)
        assert told == []
        queues.import_queue(people.office, path)
        assert len(told) == 1
    finally:
        expecting._listeners.remove(told.append)


def test_a_file_imported_in_another_tab_is_gone(people: Cast, tmp_path: Path) -> None:
    with pytest.raises(Unfit) as refused:
        queues.import_queue(people.office, tmp_path / "gone")
    assert refused.value.code == "expired"


def test_one_bad_record_stops_no_other(people: Cast, tmp_path: Path) -> None:
    units = people.units
    records: list[Any] = [
        content("visit", units.stones, id="no uuid"),
        "a text",
        content("visit", units.stones, text=""),
        content("visit", units.stones, text="半个字\ud800", level=float("nan")) | {"unit": "?"},
        content("visit", units.stones, text="身份证号 11010519491231002X"),
        content("problem", units.stones, category="never-was"),
        content("visit", units.stones),
    ]
    report = queues.import_queue(people.office, saved(tmp_path, exported(people.xiaolin.uid, *records)))
    assert outcomes(report) == ["wrong"] * 6 + ["new"]
    assert all(line.said for line in report.lines[:6])
    assert "类别：" in report.lines[5].said
    assert not any("11010519491231002X" in line.title + line.said for line in report.lines)
    assert [line.number for line in report.lines] == [1, 2, 3, 4, 5, 6, 7]
    assert "".join(line.title + line.said for line in report.lines).encode()


def test_a_problem_finds_its_visit_in_the_same_file(people: Cast, tmp_path: Path) -> None:
    visit = content("visit", people.units.stones)
    problem = content("problem", people.units.stones, visit=visit["id"])
    path = saved(tmp_path, exported(people.xiaolin.uid, problem, visit))
    assert outcomes(queues.preview(people.office, path)) == ["new", "new"]
    assert outcomes(queues.import_queue(people.office, path)) == ["new", "new"]
    assert Problem.get().visit.uid == Visit.get().uid


def test_what_differs_from_the_record_waits_for_its_author(people: Cast, tmp_path: Path) -> None:
    first = sent(people.xiaolin, "visit", people.units.stones).record
    assert first is not None
    uid = str(first.uid)
    sent(people.xiaolin, "visit", people.units.stones, id=uid, base_version=1, text="渠口已清")
    late = content("visit", people.units.stones, id=uid, base_version=1, text="又堵了")
    newer = content("visit", people.units.stones, id=uid, base_version=2, text="修好了")
    path = saved(tmp_path, exported(people.xiaolin.uid, late, newer))
    assert outcomes(queues.import_queue(people.office, path)) == ["conflict", "changed"]
    assert Visit.get().text == "修好了"


def test_records_of_a_disabled_owner_go_into_the_box(people: Cast, tmp_path: Path) -> None:
    User.update(is_active=False).where(User.id == people.xiaolin.id).execute()
    picture = drawn(1)
    record = content("visit", people.units.stones, photos=[{"sha256": sha_of(picture)}])
    path = saved(tmp_path, exported(people.xiaolin.uid, record, pictures=(picture,)))
    assert outcomes(queues.import_queue(people.office, path)) == ["box"]
    boxed = Submission.get()
    assert (boxed.author_id, boxed.reason) == (people.xiaolin.id, "disabled")
    assert showing.sent_by(people.xiaolin, [sha_of(picture)]) == {sha_of(picture)}


def test_records_of_an_unknown_owner_are_the_importers_and_boxed_once_whoever_imports(
    people: Cast, tmp_path: Path
) -> None:
    path = saved(tmp_path, exported(None, content("visit", people.units.stones)))
    report = queues.import_queue(people.office, path)
    assert (report.owner, report.author.id, outcomes(report)) == (None, people.office.id, ["box"])
    assert (Submission.get().author_id, Submission.get().reason) == (people.office.id, "unknown_owner")
    Grant.create(user=people.leader, role="office")
    other = User.get_by_id(people.leader.id)
    assert outcomes(queues.import_queue(other, path)) == ["here"]
    assert Submission.select().count() == 1


def test_what_an_owner_who_may_record_nothing_wrote_goes_into_the_box(people: Cast, tmp_path: Path) -> None:
    path = saved(tmp_path, exported(people.admin.uid, content("visit", people.units.stones)))
    report = queues.import_queue(people.office, path)
    assert outcomes(report) == ["box"]
    assert Submission.get().reason == NO_ROLE


def test_photos_that_are_not_what_they_say_are_left_out_and_the_record_waits_for_them(
    people: Cast, tmp_path: Path
) -> None:
    good, other = drawn(1), sha_of(drawn(2))
    text = b"no picture"
    record = content("visit", people.units.stones, photos=[{"sha256": sha} for sha in (sha_of(good), other)])
    entries = {"queue.json": queue(people.xiaolin.uid, record), f"photos/{other}": b"something else"}
    entries |= {f"photos/{sha_of(one)}": one for one in (good, text)}
    path = saved(tmp_path, zipped(entries))
    assert list(queues.preview(people.office, path).refused) == [other]
    report = queues.import_queue(people.office, path)
    assert set(report.refused) == {other, sha_of(text)}
    assert (report.lines[0].outcome, report.lines[0].here, report.lines[0].listed) == ("new", 1, 2)
    assert showing.shown_by("visit", Visit.get().id) == [sha_of(good)]


def test_odd_lists_of_photos_are_wrong_and_break_nothing(people: Cast, tmp_path: Path) -> None:
    odd: list[Any] = [7, "x", [None], [{"sha256": 5}], [{"sha256": "Z" * 64}], {"sha256": "a"}]
    records = [content("visit", people.units.stones, photos=one) for one in odd]
    report = queues.preview(people.office, saved(tmp_path, exported(people.xiaolin.uid, *records)))
    assert outcomes(report) == ["wrong"] * len(odd)


def test_a_record_in_the_trash_says_so(people: Cast, tmp_path: Path) -> None:
    first = sent(people.xiaolin, "visit", people.units.stones).record
    assert first is not None
    Visit.update(deleted_at=first.received_at).where(Visit.id == first.id).execute()
    late = content("visit", people.units.stones, id=str(first.uid), base_version=1, text="又堵了")
    report = queues.import_queue(people.office, saved(tmp_path, exported(people.xiaolin.uid, late)))
    assert (outcomes(report), "回收站" in report.lines[0].said) == (["wrong"], True)


@pytest.mark.parametrize("name", ["xiaolin", "county", "leader", "admin"])
def test_nobody_but_the_office_imports(people: Cast, tmp_path: Path, name: str) -> None:
    path = saved(tmp_path, exported(ids.uuid7()))
    for act in (queues.preview, queues.import_queue):
        with pytest.raises(Forbidden):
            act(getattr(people, name), path)
