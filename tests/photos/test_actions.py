"""Photos are received whole or refused in words, kept once, and attached only by who sent them."""

import hashlib
import io
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from fieldwork.errors import Conflict, NotFound
from fieldwork.photos import actions, files
from fieldwork.photos.access import is_visible
from fieldwork.photos.models import Photo, PhotoLink, PhotoUpload
from fieldwork.photos.queries import photos_of
from fieldwork.visits.actions import record_visit
from fieldwork.visits.models import Visit
from fieldwork.visits.schemas import VisitIn
from tests.browser import camera
from tests.photos.sending import drawn, ready, sent


@pytest.fixture
def visit(app: Any, people: Any) -> Visit:
    return record_visit(people.xiaolin, VisitIn(unit=people.units.stones.uid, text="渠道淤塞"))


def test_a_photo_is_kept_by_its_hash_with_three_derivatives(app: Any, people: Any, drawn_jpeg: bytes) -> None:
    [photo] = ready(people.xiaolin, drawn_jpeg)
    assert photo.sha256 == hashlib.sha256(drawn_jpeg).hexdigest()
    assert files.store().read(files.original_key(photo.sha256)) == drawn_jpeg
    widths = [Image.open(io.BytesIO(files.derived(photo.sha256, size))).width for size in (320, 1280, 2400)]
    assert widths == [320, 640, 640]


def test_three_photos_of_one_name_are_three_photos(app: Any, people: Any) -> None:
    received = actions.receive(people.xiaolin, sent(drawn(1), drawn(2), drawn(3)))
    assert len({photo.sha256 for photo in received.photos}) == 3


def test_the_same_photo_from_two_people_is_kept_once_and_lent_to_both(app: Any, people: Any, drawn_jpeg: bytes) -> None:
    for user in (people.xiaolin, people.laoma, people.xiaolin):
        actions.receive(user, sent(drawn_jpeg))
    assert (Photo.select().count(), PhotoUpload.select().count()) == (1, 2)


@pytest.mark.parametrize("body", [b"", b"GIF89a", b"<html><script>", b"\xff\xd8\xff\xe0" + b"\0" * 100, b"%PDF-1.7"])
def test_what_is_no_photo_is_refused_in_words_and_costs_no_other(app: Any, people: Any, body: bytes) -> None:
    received = actions.receive(people.xiaolin, sent(drawn(1), body, drawn(2), name="../../etc/passwd"))
    assert (len(received.photos), len(received.refused)) == (2, 1)
    assert received.refused[0].startswith("这次选的第 2 张（")


def test_camera_files_come_upright_and_say_when_they_were_taken(app: Any, people: Any, tmp_path: Path) -> None:
    for path in camera.three(tmp_path):
        [photo] = ready(people.xiaolin, path.read_bytes())
        small = Image.open(io.BytesIO(files.derived(photo.sha256, 320)))
        assert abs(small.width / small.height - photo.width / photo.height) < 0.02
        assert small.getexif() == {}


def test_photos_stand_in_order_with_captions(app: Any, people: Any, visit: Visit) -> None:
    shas = [photo.sha256 for photo in actions.receive(people.xiaolin, sent(drawn(1), drawn(2))).photos]
    actions.attach(people.xiaolin, visit, shas, {shas[1]: "渠口"})
    assert [(photo.sha256, photo.caption) for photo in photos_of("visit", [visit.id])[visit.id]] == [
        (shas[0], ""), (shas[1], "渠口"),
    ]  # fmt: skip


def test_attaching_twice_shows_once_and_takes_the_new_caption(app: Any, people: Any, visit: Visit) -> None:
    sha = actions.receive(people.xiaolin, sent(drawn(1))).photos[0].sha256
    for caption in ("一", "二"):
        actions.attach(people.xiaolin, visit, [sha], {sha: caption})
    assert [photo.caption for photo in photos_of("visit", [visit.id])[visit.id]] == ["二"]


def test_nobody_attaches_a_photo_they_have_not_sent(app: Any, people: Any, visit: Visit) -> None:
    sha = actions.receive(people.stranger, sent(drawn(1))).photos[0].sha256
    with pytest.raises(NotFound):
        actions.attach(people.xiaolin, visit, [sha], {})
    with pytest.raises(NotFound):
        actions.attach(people.xiaolin, visit, ["0" * 64], {})


def test_a_record_shows_thirty_photos_at_most(app: Any, people: Any, visit: Visit) -> None:
    received = [actions.receive(people.xiaolin, sent(*map(drawn, shades))) for shades in (range(30), range(30, 31))]
    shas = [photo.sha256 for each in received for photo in each.photos]
    actions.attach(people.xiaolin, visit, shas[:30], {})
    with pytest.raises(Conflict):
        actions.attach(people.xiaolin, visit, shas[30:], {})
    assert PhotoLink.select().count() == 30


def test_a_photo_is_seen_by_those_who_see_its_record_and_by_who_sent_it(app: Any, people: Any, visit: Visit) -> None:
    photo = actions.receive(people.xiaolin, sent(drawn(1))).photos[0]
    assert [is_visible(photo, user) for user in (people.xiaolin, people.county)] == [True, False]
    actions.attach(people.xiaolin, visit, [photo.sha256], {})
    seen = {
        name: is_visible(photo, getattr(people, name)) for name in ("xiaolin", "county", "city", "stranger", "east")
    }
    assert seen == {"xiaolin": True, "county": True, "city": True, "stranger": False, "east": False}


def test_a_photo_taken_off_a_record_is_kept(app: Any, people: Any, visit: Visit) -> None:
    sha = actions.receive(people.xiaolin, sent(drawn(1))).photos[0].sha256
    actions.attach(people.xiaolin, visit, [sha], {})
    actions.detach(visit, [sha])
    assert photos_of("visit", [visit.id]) == {}
    assert Photo.select().count() == 1
