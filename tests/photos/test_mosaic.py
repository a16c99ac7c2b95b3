"""What is covered stays covered: for whom, in which size, and until when."""

import io
from itertools import pairwise
from typing import Any

import pytest
from PIL import Image, ImageDraw

from fieldwork import checking, clock
from fieldwork.core import jobs
from fieldwork.errors import Conflict, Forbidden, NotFound
from fieldwork.journal import AuditEntry
from fieldwork.photos import covering, files, mosaic
from fieldwork.photos.models import Photo
from fieldwork.photos.schemas import Box
from fieldwork.visits.actions import record_visit
from fieldwork.visits.models import Visit
from fieldwork.visits.schemas import VisitIn
from tests.photos.sending import ready
from tests.support.pictures import encoded

LEFT = Box(x=0, y=0, width=0.5, height=1)
SIZES = ("320", "1280", "2400")


@pytest.fixture
def photo(app: Any, people: Any) -> Photo:
    """Stripes of one pixel everywhere, whose average lies amid a coarse colour, on a visit in the north county."""
    picture = Image.new("RGB", (400, 300), (200, 200, 200))
    for x in range(0, 400, 2):
        ImageDraw.Draw(picture).line((x, 0, x, 300), fill=(40, 40, 40))
    [photo] = ready(people.xiaolin, encoded(picture, "PNG"))
    record_visit(people.xiaolin, VisitIn(unit=people.units.stones.uid, text="渠道", held=[photo.sha256]))
    return photo


def fresh(photo: Photo) -> Photo:
    return Photo.get_by_id(photo.id)


def detail(content: bytes, *, right: bool = False) -> int:
    """How far apart neighbours on the middle line of one half are, at most; away from the edge of the box."""
    picture = Image.open(io.BytesIO(content)).convert("L")
    quarter, start = picture.width // 4, picture.width // 2 if right else 0
    line = [picture.getpixel((x, picture.height // 2)) for x in range(start + 20, start + quarter)]
    return max(abs(a - b) for a, b in pairwise(line))


@pytest.mark.parametrize("size", SIZES)
def test_nothing_of_what_is_covered_can_be_seen_in_any_size(log_in: Any, people: Any, photo: Photo, size: str) -> None:
    mosaic.cover(people.xiaolin, photo, "", [LEFT])
    jobs.work_off()
    for who in (people.xiaolin, people.county, people.admin):
        content = log_in(who).get(f"/photos/{photo.sha256}?size={size}").data
        assert detail(content) < 8
        assert Image.open(io.BytesIO(content)).getexif() == {}
    if size != "320":
        assert detail(content, right=True) > 100


@pytest.mark.parametrize("size", SIZES)
def test_while_it_is_being_covered_nobody_is_shown_it(log_in: Any, people: Any, photo: Photo, size: str) -> None:
    mosaic.cover(people.xiaolin, photo, "", [LEFT])
    assert fresh(photo).placeholder == ""
    for who in (people.xiaolin, people.county, people.admin):
        answer = log_in(who).get(f"/photos/{photo.sha256}?size={size}")
        assert (answer.status_code, answer.headers["Retry-After"]) == (404, "3")


@pytest.mark.parametrize("query", ["size=original", *(f"size={size}&clear=1" for size in SIZES)])
def test_what_lies_beneath_is_for_the_owner_and_the_administrator(
    log_in: Any, people: Any, photo: Photo, query: str
) -> None:
    mosaic.cover(people.county, photo, "", [LEFT])
    jobs.work_off()
    given = {
        name: log_in(getattr(people, name)).get(f"/photos/{photo.sha256}?{query}").status_code
        for name in ("xiaolin", "admin", "county", "city", "office", "leader", "stranger", "village")
    }
    assert given == {"xiaolin": 200, "admin": 200} | dict.fromkeys(list(given)[2:], 404)
    looks = AuditEntry.select().where(AuditEntry.action == "photo.looked_at").order_by(AuditEntry.id)
    assert [look.actor for look in looks] == [people.xiaolin, people.admin]


def test_a_browser_keeps_only_the_mosaic_it_asked_for(log_in: Any, people: Any, photo: Photo) -> None:
    covered = mosaic.cover(people.xiaolin, photo, "", [LEFT])
    jobs.work_off()
    client, url = log_in(people.county), f"/photos/{photo.sha256}?size=320"
    assert "immutable" in client.get(f"{url}&v={covered.mosaic_key}").headers["Cache-Control"]
    for address in (url, f"{url}&v=0000"):
        assert client.get(address).headers["Cache-Control"] == "private, no-cache"


def test_who_sees_the_record_for_work_may_cover_but_not_uncover(people: Any, photo: Photo) -> None:
    covered = mosaic.cover(people.county, photo, "", [LEFT])
    for attempt in (
        lambda: mosaic.uncover(people.county, covered, covered.mosaic_key),
        lambda: mosaic.cover(people.county, covered, covered.mosaic_key, [Box(x=0.6, y=0, width=0.2, height=0.2)]),
        lambda: mosaic.cover(people.leader, covered, covered.mosaic_key, [LEFT]),
    ):
        with pytest.raises(Forbidden):
            attempt()
    with pytest.raises(NotFound):
        mosaic.cover(people.stranger, covered, covered.mosaic_key, [LEFT])
    assert mosaic.uncover(people.xiaolin, covered, covered.mosaic_key).mosaic == []


def own(body: bytes, person: Any, unit: Any, *, is_shown: bool) -> None:
    """The person has got the file, and may show it in a visit of their own."""
    [photo] = ready(person, body)
    if is_shown:
        record_visit(person, VisitIn(unit=unit.uid, text="群里转来", held=[photo.sha256]))


@pytest.mark.parametrize("is_shown", [False, True], ids=["only sent it", "shows it in a visit of his own"])
def test_who_got_the_file_in_a_chat_decides_nothing_for_readers_of_others(
    log_in: Any, people: Any, photo: Photo, is_shown: bool
) -> None:
    covered = mosaic.cover(people.xiaolin, photo, "", [LEFT])
    jobs.work_off()
    own(files.store().read(files.original_key(photo.sha256)), people.stranger, people.units.hospital, is_shown=is_shown)
    client, address = log_in(people.stranger), f"/photos/{photo.sha256}"
    assert client.get(f"{address}?size=1280&clear=1").status_code == 200
    assert client.post(f"{address}/unveiling", data={"seen": covered.mosaic_key}).status_code == 403
    with pytest.raises(Forbidden):
        mosaic.cover(people.stranger, fresh(photo), covered.mosaic_key, [Box(x=0, y=0, width=0.1, height=0.1)])
    assert fresh(photo).mosaic == covered.mosaic
    assert mosaic.can_cover(people.stranger, fresh(photo)) == is_shown


@pytest.mark.parametrize("is_thrown_away", [False, True])
def test_of_two_authors_who_show_it_neither_uncovers_but_the_administrator(
    people: Any, photo: Photo, is_thrown_away: bool
) -> None:
    own(files.store().read(files.original_key(photo.sha256)), people.stranger, people.units.hospital, is_shown=True)
    if is_thrown_away:
        Visit.update(deleted_at=clock.now()).where(Visit.author == people.stranger.id).execute()
    covered = mosaic.cover(people.xiaolin, photo, "", [LEFT])
    for who in (people.xiaolin, people.stranger):
        with pytest.raises(Forbidden):
            mosaic.uncover(who, covered, covered.mosaic_key)
    assert mosaic.uncover(people.admin, covered, covered.mosaic_key).mosaic == []


def test_of_a_photo_no_record_shows_who_sent_it_first_decides(app: Any, people: Any) -> None:
    body = encoded(Image.new("RGB", (64, 48)), "PNG")
    [photo] = ready(people.xiaolin, body)
    own(body, people.stranger, people.units.hospital, is_shown=False)
    covered = mosaic.cover(people.stranger, photo, "", [LEFT])
    with pytest.raises(Forbidden):
        mosaic.uncover(people.stranger, covered, covered.mosaic_key)
    assert mosaic.uncover(people.xiaolin, covered, covered.mosaic_key).mosaic == []


def test_the_author_of_all_that_shows_it_uncovers_whoever_sent_it_first(app: Any, people: Any) -> None:
    body = encoded(Image.new("RGB", (64, 48)), "PNG")
    [photo] = ready(people.stranger, body)
    own(body, people.xiaolin, people.units.stones, is_shown=True)
    covered = mosaic.cover(people.xiaolin, photo, "", [LEFT])
    assert not mosaic.can_uncover(people.stranger, covered)
    assert mosaic.uncover(people.xiaolin, covered, covered.mosaic_key).mosaic == []


def test_of_two_who_cover_at_once_the_second_is_told(people: Any, photo: Photo) -> None:
    mosaic.cover(people.xiaolin, photo, "", [LEFT])
    with pytest.raises(Conflict):
        mosaic.cover(people.county, fresh(photo), "", [LEFT, Box(x=0.6, y=0, width=0.2, height=0.2)])


def test_a_new_mosaic_is_checked_anew_and_the_old_pictures_go(people: Any, photo: Photo) -> None:
    first = mosaic.cover(people.xiaolin, photo, "", [LEFT])
    jobs.work_off()
    assert mosaic.check(people.office, fresh(photo), first.mosaic_key).checked_by == people.office
    second = mosaic.cover(people.xiaolin, fresh(photo), first.mosaic_key, [Box(x=0.6, y=0, width=0.2, height=0.2)])
    assert second.checked_at is None
    jobs.work_off()
    assert files.covered_keys(photo.sha256, 320) == [files.covered_key(photo.sha256, 320, second.mosaic_key)]
    assert not [line for line in checking.orphans() if photo.sha256 in line]
    mosaic.uncover(people.xiaolin, fresh(photo), second.mosaic_key)
    jobs.work_off()
    assert files.covered_keys(photo.sha256, 320) == []
    assert fresh(photo).placeholder


def test_nobody_checks_what_is_not_there_yet_or_is_not_what_they_saw(people: Any, photo: Photo) -> None:
    covered = mosaic.cover(people.xiaolin, photo, "", [LEFT])
    for seen in ("", covered.mosaic_key):
        with pytest.raises(Conflict):
            mosaic.check(people.office, covered, seen)
    with pytest.raises(Forbidden):
        mosaic.check(people.xiaolin, covered, covered.mosaic_key)


def test_a_covered_picture_that_went_missing_is_told_and_made_anew(log_in: Any, people: Any, photo: Photo) -> None:
    covered = mosaic.cover(people.xiaolin, photo, "", [LEFT])
    jobs.work_off()
    files.store().delete(files.covered_key(photo.sha256, 320, covered.mosaic_key))
    assert "covered picture of 320 px is missing" in " ".join(checking.faults_of_photo(photo.sha256))
    client = log_in(people.county)
    assert client.get(f"/photos/{photo.sha256}?size=320").status_code == 404
    jobs.work_off()
    assert detail(client.get(f"/photos/{photo.sha256}?size=320").data) < 8


def test_what_is_printed_is_covered_even_if_the_job_was_lost(people: Any, photo: Photo) -> None:
    mosaic.cover(people.xiaolin, photo, "", [LEFT])
    jobs.queue().flush()
    assert detail(covering.picture(photo.sha256, 1280)) < 8


def test_a_form_without_a_box_or_with_one_outside_is_refused(log_in: Any, people: Any, photo: Photo) -> None:
    client = log_in(people.xiaolin)
    for data in (
        {},
        {"x": "2", "y": "0", "width": "1", "height": "1"},
        {"x": "nan", "y": "0", "width": "1", "height": "1"},
    ):
        assert client.post(f"/photos/{photo.sha256}/mosaic", data=data).status_code == 422
    data = {"x": ["0", "0.5"], "y": ["0", "0"], "width": ["0.2", "0.2"], "height": ["0.2", "0.2"]}
    assert client.post(f"/photos/{photo.sha256}/mosaic", data=data).status_code == 303
    assert fresh(photo).mosaic == [[0, 0, 0.2, 0.2], [0.5, 0, 0.2, 0.2]]
