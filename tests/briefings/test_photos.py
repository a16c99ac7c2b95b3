"""What an issue prints was checked as it is covered now, and once issued it shows that for ever."""

import io
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest
from docx import Document
from PIL import Image, ImageDraw

from fieldwork import checking, clock
from fieldwork.briefings import actions, documents, queries
from fieldwork.briefings.models import Briefing, BriefingItem
from fieldwork.briefings.schemas import ItemIn
from fieldwork.briefings.sheet import Sheet
from fieldwork.briefings.states import MOVES
from fieldwork.cases.models import Case
from fieldwork.core import jobs
from fieldwork.errors import Conflict, NotYet
from fieldwork.photos import actions as photos
from fieldwork.photos import covering, files, keeping, mosaic
from fieldwork.photos.models import KeptMosaic, Photo
from fieldwork.photos.schemas import Box
from tests.briefings import making
from tests.photos.sending import ready
from tests.review import making as cases
from tests.support.pictures import encoded

LEFT = Box(x=0, y=0, width=0.5, height=1)
RIGHT = Box(x=0.5, y=0, width=0.5, height=1)
Prints = Callable[[], bytes]


def striped(width: int = 400, height: int = 300, dark: int = 40) -> bytes:
    """Stripes of two pixels everywhere."""
    picture = Image.new("RGB", (width, height), (dark + 160 if dark < 96 else 255,) * 3)
    for x in range(0, width, 4):
        ImageDraw.Draw(picture).rectangle((x, 0, x + 1, height), fill=(dark, dark, dark))
    return encoded(picture, "PNG")


def covered_halves(content: bytes) -> tuple[bool, bool]:
    """Whether the left and the right half show no stripes."""
    picture = Image.open(io.BytesIO(content)).convert("L")
    halves = []
    for start in (20, picture.width // 2 + 20):
        line = [picture.getpixel((x, picture.height // 2)) for x in range(start, start + picture.width // 4)]
        halves.append(max(abs(a - b) for a, b in pairwise(line)) < 30)
    return halves[0], halves[1]


@pytest.fixture
def model(people: Any, app: Any) -> Case:
    return cases.promoted(people)


@pytest.fixture
def photo(people: Any, model: Case) -> Photo:
    """On the model; nobody has checked it."""
    [photo] = ready(people.xiaolin, striped())
    photos.attach(people.xiaolin, model, [photo.sha256], {photo.sha256: "议事现场"})
    return photo


def now(photo: Photo) -> Photo:
    return Photo.get_by_id(photo.id)


def change(people: Any, photo: Photo, *boxes: Box) -> Photo:
    """Cover these boxes and no others, and have the pictures made."""
    here = now(photo)
    if boxes:
        mosaic.cover(people.xiaolin, here, here.mosaic_key, list(boxes))
    else:
        mosaic.uncover(people.xiaolin, here, here.mosaic_key)
    jobs.work_off()
    return now(photo)


def check(people: Any, photo: Photo) -> Photo:
    return mosaic.check(people.office, now(photo), now(photo).mosaic_key)


def with_model(people: Any, model: Case) -> Briefing:
    briefing = making.draft(people)
    making.with_item(people, briefing, "case", model)
    return making.fresh(briefing)


def item_of(briefing: Briefing) -> BriefingItem:
    return BriefingItem.get(BriefingItem.briefing == briefing)


def printed(briefing: Briefing) -> list[bytes]:
    """The pictures of the Word file."""
    document = Document(io.BytesIO(documents.docx_of(making.fresh(briefing))))
    shown = [shape._inline.graphic.graphicData.pic.blipFill.blip.embed for shape in document.inline_shapes]
    return [document.part.related_parts[link].blob for link in shown]


# --- only what was checked


def test_a_record_brings_only_its_checked_photos(log_in: Any, people: Any, model: Case, photo: Photo) -> None:
    [other] = ready(people.xiaolin, encoded(Image.new("RGB", (90, 60), (9, 90, 9)), "PNG"))
    photos.attach(people.xiaolin, model, [other.sha256], {})
    mosaic.check(people.office, other, "")
    briefing = making.draft(people)
    client = log_in(people.office)
    fields = {"item_kind": "case", "record": str(model.uid), "version": briefing.version}
    said = client.post(f"/briefings/{briefing.uid}/items", data=fields, follow_redirects=True).text
    assert "有 1 张照片还没有标为已检查，没有放入本期" in said
    item = item_of(briefing)
    assert [entry["sha256"] for entry in item.photos] == [other.sha256]
    page = client.get(f"/briefings/{briefing.uid}/items/{item.uid}").text
    assert "另有 1 张照片还没有标为已检查" in page
    assert photo.sha256 not in page
    assert "另有 1 张照片未检查，没有放入" in client.get(f"/briefings/{briefing.uid}").text
    check(people, photo)
    assert "没有放入" not in client.get(f"/briefings/{briefing.uid}").text
    assert photo.sha256 in client.get(f"/briefings/{briefing.uid}/items/{item.uid}").text


def test_a_form_that_names_an_unchecked_photo_does_not_get_it_in(people: Any, model: Case, photo: Photo) -> None:
    briefing = with_model(people, model)
    wanted = ItemIn(heading="a", body="b", photos=[photo.sha256])
    actions.edit_item(people.office, briefing, item_of(briefing).uid, briefing.version, wanted)
    assert item_of(briefing).photos == []


@pytest.mark.parametrize("code", ["ask", "issue"])
def test_what_has_lost_its_check_stays_chosen_and_stops_the_issue(
    log_in: Any, people: Any, model: Case, photo: Photo, code: str
) -> None:
    check(people, photo)
    briefing = with_model(people, model)
    covered = change(people, photo, LEFT)
    assert [entry["sha256"] for entry in item_of(briefing).photos] == [photo.sha256]
    with pytest.raises(Conflict, match="photos_unchecked"):
        actions.move(people.office, briefing, code, briefing.version, {})
    client = log_in(people.office)
    refused = client.post(f"/briefings/{briefing.uid}/{MOVES[code].noun}", data={"version": briefing.version})
    page = client.get(f"/briefings/{briefing.uid}").text
    assert "1 张照片未检查" in page
    assert keeping.key_of(covered) not in page
    assert printed(briefing) == []
    assert "尚未检查" in client.get(f"/briefings/{briefing.uid}/items/{item_of(briefing).uid}").text
    assert refused.status_code == 409
    assert "有 1 张照片现在不能刊发" in refused.text
    assert (making.fresh(briefing).state, KeptMosaic.select().count()) == ("draft", 0)
    check(people, photo)
    assert actions.move(people.office, briefing, code, briefing.version, {}).state != "draft"


def test_a_photo_its_author_took_off_is_not_printed_and_stops_the_issue_until_it_is_taken_out(
    log_in: Any, people: Any, model: Case, photo: Photo
) -> None:
    check(people, photo)
    briefing = with_model(people, model)
    photos.detach(model, [photo.sha256])
    client = log_in(people.office)
    assert printed(briefing) == []
    assert "1 张照片未检查或已移除" in client.get(f"/briefings/{briefing.uid}").text
    for code in ("ask", "issue"):
        with pytest.raises(Conflict, match="photos_unchecked"):
            actions.move(people.office, making.fresh(briefing), code, making.fresh(briefing).version, {})
    item = item_of(briefing)
    assert "原来选的 1 张照片已从原记录移除" in client.get(f"/briefings/{briefing.uid}/items/{item.uid}").text
    said = ItemIn(heading=item.heading, body=item.body, photos=[photo.sha256])
    actions.edit_item(people.office, making.fresh(briefing), item.uid, making.fresh(briefing).version, said)
    assert making.issued(people, briefing).is_issued


# --- as it was issued


@pytest.mark.parametrize("is_downloaded", [True, False], ids=["downloaded before", "downloaded later"])
@pytest.mark.parametrize(
    ("before", "after"), [((), (LEFT,)), ((LEFT,), ()), ((LEFT,), (RIGHT,))], ids=["added", "taken away", "changed"]
)
def test_an_issue_shows_what_was_checked_when_it_was_issued(
    log_in: Any, people: Any, model: Case, photo: Photo, before: Any, after: Any, is_downloaded: bool
) -> None:
    if before:
        change(people, photo, *before)
    check(people, photo)
    briefing = making.issued(people, with_model(people, model))
    expected = (LEFT in before, RIGHT in before)
    if is_downloaded:
        documents.docx_of(briefing)
    change(people, photo, *after)
    client = log_in(people.county)
    [key] = [picture.key for item in documents.standing_sheet(briefing, []).items for picture in item.pictures]
    seen = client.get(f"/briefings/{briefing.uid}/photos/{key}")
    assert seen.headers["Cache-Control"] == "private, no-cache"
    assert covered_halves(seen.data) == expected
    assert [covered_halves(content) for content in printed(briefing)] == [expected]
    assert key.partition("-")[0] not in client.get(f"/briefings/{briefing.uid}.html").text
    other = f"{photo.sha256}-{now(photo).mosaic_key or keeping.UNCOVERED}"
    assert client.get(f"/briefings/{briefing.uid}/photos/{other}").status_code == 404


def test_pictures_of_an_issue_outlive_sweeps_purges_and_checks(
    app: Any, people: Any, model: Case, photo: Photo
) -> None:
    first = change(people, photo, LEFT)
    check(people, photo)
    briefing = making.issued(people, with_model(people, model))
    change(people, photo, RIGHT)
    change(people, photo)
    kept = files.covered_key(photo.sha256, 2400, first.mosaic_key)
    assert files.covered_keys(photo.sha256, 2400) == [kept]
    assert [line for line in checking.orphans() if photo.sha256 in line] == []
    assert list(checking.faults_of_photo(photo.sha256)) == []
    photos.detach(model, [photo.sha256])
    with clock.at(clock.now().replace(year=clock.now().year + 1)):
        assert app.test_cli_runner().invoke(args=["purge"]).exit_code == 0
    assert files.store().exists(kept)
    files.store().delete(kept)
    assert len(list(checking.faults_of_photo(photo.sha256))) == 1
    assert [covered_halves(content) for content in printed(briefing)] == [(True, False)]
    assert files.store().exists(kept)


def test_an_issue_keeps_what_was_covered_in_an_earlier_way(people: Any, model: Case, photo: Photo) -> None:
    """As after a migration that gives present mosaics other keys, and an issue keeps the old one."""
    first = change(people, photo, LEFT)
    check(people, photo)
    briefing = making.issued(people, with_model(people, model))
    Photo.update(mosaic_key="0123456789abcdef", is_mosaic_ready=False, placeholder="").execute()
    covering.resume()
    jobs.work_off()
    keys = ("0123456789abcdef", first.mosaic_key)
    assert files.covered_keys(photo.sha256, 320) == [files.covered_key(photo.sha256, 320, key) for key in sorted(keys)]
    assert now(photo).is_publishable
    for size in (320, 1280, 2400):
        files.store().delete(files.covered_key(photo.sha256, size, first.mosaic_key))
    assert [covered_halves(content) for content in printed(briefing)] == [(True, False)]


def test_a_mosaic_of_a_draft_is_not_kept(people: Any, model: Case, photo: Photo) -> None:
    change(people, photo, LEFT)
    check(people, photo)
    with_model(people, model)
    change(people, photo)
    assert files.covered_keys(photo.sha256, 320) == []
    with pytest.raises(NotYet):
        covering.picture_as(f"{photo.sha256}-{'0' * 16}", 320)


def test_an_issue_of_an_earlier_release_shows_its_photos_as_they_are_covered_now(
    people: Any, model: Case, photo: Photo
) -> None:
    check(people, photo)
    briefing = making.issued(people, with_model(people, model))
    data = dict(briefing.frozen) | {"format": 1}
    for item in data["items"]:
        for picture in item["pictures"]:
            picture["key"] = photo.sha256
    Briefing.update(frozen=data).where(Briefing.id == briefing.id).execute()
    change(people, photo, RIGHT)
    assert [picture.key for item in Sheet.from_data(data).items for picture in item.pictures] == [photo.sha256]
    assert [covered_halves(content) for content in printed(briefing)] == [(False, True)]


def test_a_photo_that_cannot_be_opened_is_not_waited_for(log_in: Any, people: Any, model: Case, photo: Photo) -> None:
    briefing = with_model(people, model)
    assert "另有 1 张照片未检查" in log_in(people.office).get(f"/briefings/{briefing.uid}").text
    Photo.update(state="broken", reason="photo_broken").where(Photo.id == photo.id).execute()
    assert "未检查" not in log_in(people.office).get(f"/briefings/{briefing.uid}").text
    assert actions.photos_to_choose(item_of(briefing)).left_out == 0


def test_what_cannot_be_chosen_is_counted_once_for_each_item(people: Any, model: Case, photo: Photo) -> None:
    check(people, photo)
    briefing = with_model(people, model)
    change(people, photo, LEFT)
    items = queries.items_of(briefing)
    assert queries.unpublishable(items, queries.photos_by_hash(queries.chosen_in(items))) == {items[0].id: 1}
