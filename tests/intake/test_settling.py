"""Two texts of one record: both are kept, and one person makes one of them."""

from typing import Any

import pytest

from fieldwork import journal
from fieldwork.errors import Conflict, Forbidden, Invalid, Stale
from fieldwork.intake import comparing, queries, settling
from fieldwork.intake.models import Submission
from fieldwork.photos import actions as photos
from fieldwork.photos import showing
from fieldwork.problems import actions as problems
from fieldwork.problems.models import Problem
from fieldwork.visits.models import Visit
from tests.intake.making import sent, two_texts
from tests.photos.sending import drawn
from tests.photos.sending import sent as files
from tests.support.cast import Cast


@pytest.fixture
def waiting(people: Cast) -> Submission:
    """xiaolin's visit, corrected from two phones."""
    return two_texts(people.xiaolin, people.units.stones)


def visit_of(submission: Submission) -> Visit:
    return Visit.get(Visit.uid == submission.record_uid)


def choose(people: Cast, submission: Submission, photos: tuple[str, ...] = (), **picks: str) -> Any:
    record = visit_of(submission)
    return settling.choose(people.xiaolin, submission, record, record.version, picks, photos)


# --- the choice


@pytest.mark.parametrize(
    ("pick", "text"), [("now", "渠口已清"), ("mine", "渠口又堵了"), ("both", "渠口已清\n\n渠口又堵了")]
)
def test_an_author_takes_one_text_or_keeps_both(people: Cast, waiting: Submission, pick: str, text: str) -> None:
    assert choose(people, waiting, text=pick).text == text
    settled = Submission.get_by_id(waiting.id)
    assert (settled.version, settled.settled_by_id) == (3, people.xiaolin.id)
    assert settled.settled_at is not None


def test_what_was_sent_stays_in_its_table_after_the_choice(people: Cast, waiting: Submission) -> None:
    choose(people, waiting, text="now")
    assert Submission.get_by_id(waiting.id).body["text"] == "渠口又堵了"
    assert queries.waiting_conflicts(people.xiaolin) == 0
    assert [one.id for one in queries.conflicts(people.xiaolin, "settled")] == [waiting.id]


def test_the_journal_says_who_chose(people: Cast, waiting: Submission) -> None:
    choose(people, waiting, text="mine")
    last = journal.last_of(waiting.uid)
    assert last is not None
    assert (last.action, last.actor.id) == ("submission.settled", people.xiaolin.id)


def test_a_text_for_which_nothing_was_picked_is_asked_for(people: Cast, waiting: Submission) -> None:
    with pytest.raises(Invalid) as refused:
        choose(people, waiting)
    assert list(refused.value.errors) == ["text"]
    assert visit_of(waiting).version == 2


def test_a_field_says_what_it_cannot_keep_of_both(people: Cast) -> None:
    waiting = two_texts(people.xiaolin, people.units.stones, {"purpose": "甲" * 1500}, purpose="乙" * 1500)
    with pytest.raises(Invalid) as refused:
        choose(people, waiting, text="now", purpose="both")
    assert list(refused.value.errors) == ["purpose"]


def test_further_units_of_both_are_put_together(people: Cast) -> None:
    agency, hospital = str(people.units.agency.uid), str(people.units.hospital.uid)
    other = {"text": "同", "more_units": [agency]}
    waiting = two_texts(people.xiaolin, people.units.stones, other, text="同", more_units=[hospital])
    choose(people, waiting, more_units="both")
    assert {str(row.unit.uid) for row in visit_of(waiting).more_units} == {agency, hospital}


def test_only_what_differs_is_offered(people: Cast, waiting: Submission) -> None:
    lines = comparing.lines_of(people.xiaolin, waiting, visit_of(waiting))
    assert {line.field: line.picks for line in lines if line.differs} == {"text": ("now", "mine", "both")}
    assert {line.name for line in lines if not line.differs} == {"单位", "走访方式", "记录时间"}


def test_the_same_moment_by_another_clock_is_no_difference(people: Cast) -> None:
    other = {"captured_at": "2026-11-20T01:15:00Z"}
    waiting = two_texts(people.xiaolin, people.units.stones, {"text": "甲"} | other, text="乙")
    lines = comparing.lines_of(people.xiaolin, waiting, visit_of(waiting))
    assert [line.field for line in lines if line.differs] == ["text"]


def test_a_choice_on_an_older_version_is_stale_and_writes_nothing(people: Cast, waiting: Submission) -> None:
    record = visit_of(waiting)
    with pytest.raises(Stale):
        settling.choose(people.xiaolin, waiting, record, 1, {"text": "mine"}, [])
    assert visit_of(waiting).text == "渠口已清"
    assert Submission.get_by_id(waiting.id).settled_at is None


def test_nobody_chooses_twice(people: Cast, waiting: Submission) -> None:
    choose(people, waiting, text="mine")
    with pytest.raises(Conflict) as refused:
        choose(people, Submission.get_by_id(waiting.id), text="now")
    assert refused.value.reason == "submission_settled"
    with pytest.raises(Conflict):
        settling.keep_current(people.xiaolin, waiting, visit_of(waiting))
    assert visit_of(waiting).text == "渠口又堵了"


@pytest.mark.parametrize("name", ["laoma", "office", "admin"])
def test_nobody_else_chooses(people: Cast, waiting: Submission, name: str) -> None:
    somebody, record = getattr(people, name), visit_of(waiting)
    with pytest.raises(Forbidden):
        settling.choose(somebody, waiting, record, record.version, {"text": "now"}, [])
    with pytest.raises(Forbidden):
        settling.keep_current(somebody, waiting, record)
    assert queries.waiting_conflicts(somebody) == 0


def test_an_author_may_leave_the_record_as_it_stands(people: Cast, waiting: Submission) -> None:
    settling.keep_current(people.xiaolin, waiting, visit_of(waiting))
    assert (visit_of(waiting).text, visit_of(waiting).version) == ("渠口已清", 2)
    assert Submission.get_by_id(waiting.id).version == 2


# --- photos


def test_the_photos_of_both_are_merged_and_each_can_be_left_out(people: Cast) -> None:
    one, two = (photo.sha256 for photo in photos.receive(people.xiaolin, files(drawn(1), drawn(2))).photos)
    waiting = two_texts(
        people.xiaolin,
        people.units.stones,
        {"text": "同", "photos": [{"sha256": one, "caption": "渠口"}]},
        text="同",
        photos=[{"sha256": two, "caption": "渠尾"}],
    )
    record = visit_of(waiting)
    pictures = comparing.pictures_of(waiting, record)
    assert [(p.sha256, p.is_now, p.is_mine, p.is_held) for p in pictures] == [
        (one, True, False, True),
        (two, False, True, True),
    ]
    choose(people, waiting, photos=(one, two))
    assert showing.shown_by("visit", record.id) == [one, two]


def test_a_photo_ticked_off_is_shown_no_more(people: Cast) -> None:
    one, two = (photo.sha256 for photo in photos.receive(people.xiaolin, files(drawn(1), drawn(2))).photos)
    waiting = two_texts(
        people.xiaolin,
        people.units.stones,
        {"text": "同", "photos": [{"sha256": one}]},
        text="同",
        photos=[{"sha256": two}],
    )
    choose(people, waiting, photos=(two,))
    assert showing.shown_by("visit", visit_of(waiting).id) == [two]


def test_more_photos_than_a_record_shows_are_refused_at_the_photos(people: Cast) -> None:
    now = [{"sha256": f"{number:064x}"} for number in range(20)]
    mine = [{"sha256": f"{number:064x}"} for number in range(20, 40)]
    waiting = two_texts(people.xiaolin, people.units.stones, {"text": "同", "photos": now}, text="同", photos=mine)
    with pytest.raises(Invalid) as refused:
        choose(people, waiting, photos=tuple(photo["sha256"] for photo in now + mine))
    assert list(refused.value.errors) == ["photos"]


# --- what cannot be changed now


def test_a_problem_that_has_ended_stays_and_the_text_is_kept(people: Cast) -> None:
    problem = sent(people.xiaolin, "problem", people.units.stones).record
    assert problem is not None
    Problem.update(state="declined").where(Problem.id == problem.id).execute()
    late = sent(people.xiaolin, "problem", people.units.stones, id=str(problem.uid), base_version=1, text="又堵了")
    record = Problem.get_by_id(problem.id)
    assert late.submission.reason == "closed"
    assert not settling.can_merge(people.xiaolin, late.submission, record)
    with pytest.raises(Conflict) as refused:
        settling.choose(people.xiaolin, late.submission, record, record.version, {"text": "mine"}, [])
    assert refused.value.reason == "only_to_keep"
    settling.keep_current(people.xiaolin, late.submission, record)
    assert Submission.get_by_id(late.submission.id).body["text"] == "又堵了"


def test_a_problem_the_desk_has_changed_keeps_its_place_in_the_ledger(people: Cast) -> None:
    problem = sent(people.xiaolin, "problem", people.units.stones, text="甲").record
    assert problem is not None
    problems.move(people.county, problem, "verify", 1)
    late = sent(people.xiaolin, "problem", people.units.stones, id=str(problem.uid), base_version=1, text="乙")
    record = Problem.get_by_id(problem.id)
    fresh = settling.choose(people.xiaolin, late.submission, record, record.version, {"text": "both"}, [])
    assert (fresh.text, fresh.state, fresh.number) == ("甲\n\n乙", "verified", problem.number)
