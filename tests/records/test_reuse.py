"""The same picture in two records is pointed out to reviewers, as far as they may see the other record."""

from typing import Any

import pytest

from fieldwork.photos import mosaic
from fieldwork.photos.actions import attach
from fieldwork.photos.models import Photo
from fieldwork.problems.actions import record_problem
from fieldwork.problems.schemas import ProblemIn
from fieldwork.records.facts import facts_of
from fieldwork.records.reuse import reused
from fieldwork.visits.actions import record_visit
from fieldwork.visits.models import Visit
from fieldwork.visits.schemas import VisitIn
from tests.photos import sending
from tests.photos.sending import ready
from tests.problems import making as problems
from tests.review import making as cases
from tests.support.pictures import drawn, encoded

LARGE, SMALL = encoded(drawn()), encoded(drawn(320, 240), quality=60)


def visit(user: Any, unit: Any, words: str, *photos: Photo, **more: Any) -> Visit:
    return record_visit(user, VisitIn(unit=unit.uid, text=words, held=[one.sha256 for one in photos], **more))


def told(user: Any, record: Any) -> list[tuple[str, str]]:
    """What the person is told of the record's first photo."""
    found = facts_of(user, record)
    assert found is not None
    return [(other.words, other.record.shown_title) for other in found.photos[0].reused]


def test_the_same_photo_in_two_records_is_pointed_out_in_both(people: Any) -> None:
    [photo] = ready(people.xiaolin, LARGE)
    one = visit(people.xiaolin, people.units.stones, "第一次", photo)
    other = record_problem(
        people.xiaolin, ProblemIn(unit=people.units.stones.uid, text="渠道淤塞", title="渠道", held=[photo.sha256])
    )
    assert told(people.county, one) == [("同一张照片也用在问题", "渠道")]
    assert told(people.county, other) == [("同一张照片也用在走访", "第一次")]


def test_a_smaller_copy_somebody_else_sent_is_pointed_out_as_like(people: Any) -> None:
    [photo], [copy] = ready(people.xiaolin, LARGE), ready(people.laoma, SMALL)
    one = visit(people.xiaolin, people.units.stones, "第一次", photo)
    visit(people.laoma, people.units.stones, "第二次", copy)
    assert told(people.county, one) == [("相近的照片也用在走访", "第二次")]


def test_two_like_photos_of_one_record_are_not_pointed_out(people: Any) -> None:
    before_and_after = ready(people.xiaolin, LARGE, SMALL)
    assert told(people.county, visit(people.xiaolin, people.units.stones, "前后", *before_and_after)) == []


@pytest.mark.parametrize("hidden", ["elsewhere", "a draft"])
def test_nothing_is_said_of_records_the_person_may_not_see(people: Any, log_in: Any, hidden: str) -> None:
    [photo], [copy] = ready(people.xiaolin, LARGE), ready(people.stranger, SMALL)
    one = visit(people.xiaolin, people.units.stones, "第一次", photo)
    if hidden == "elsewhere":
        visit(people.stranger, people.units.hospital, "别处的记录", copy)
    else:
        visit(people.stranger, people.units.stones, "别处的记录", copy, draft=True)
    assert told(people.county, one) == []
    page = log_in(people.county).get(f"/visits/{one.uid}").text
    assert "也用在" not in page and "别处" not in page
    assert told(people.city, one) == ([("相近的照片也用在走访", "别处的记录")] if hidden == "elsewhere" else [])


def test_nothing_is_said_of_a_photo_that_a_model_withholds(people: Any) -> None:
    """Who sees a case only as a model sees those of its photos that were checked."""
    [photo] = ready(people.xiaolin, sending.drawn(7))
    model = cases.promoted(people)
    attach(people.xiaolin, model, [photo.sha256], {})
    theirs = problems.problem(people, unit=people.units.hospital, held=[photo.sha256])
    assert reused(people.east, theirs, [photo]) == {}
    checked = mosaic.check(people.office, photo, "")
    [found] = reused(people.east, theirs, [checked])[photo.id]
    assert (found.record.uid, found.is_same) == (model.uid, True)


def test_the_author_is_told_when_and_where_and_nothing_of_other_records(people: Any) -> None:
    [photo] = ready(people.xiaolin, LARGE)
    visit(people.xiaolin, people.units.stones, "第一次", photo)
    assert told(people.xiaolin, visit(people.xiaolin, people.units.stones, "第二次", photo)) == []


def test_it_is_told_on_the_page_with_a_link_and_stops_nothing(people: Any, log_in: Any) -> None:
    [photo] = ready(people.xiaolin, LARGE)
    first = visit(people.xiaolin, people.units.stones, "第一次", photo)
    second = visit(people.xiaolin, people.units.stones, "第二次", photo)
    page = log_in(people.county).get(f"/visits/{second.uid}").text
    assert f'href="/visits/{first.uid}">同一张照片也用在走访：第一次</a>' in page
