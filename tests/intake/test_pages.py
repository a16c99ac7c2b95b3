"""The pages of what comes from phones: two texts side by side, the office's box, the import of a file."""

import io
import logging
import os
import re
from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from fieldwork.intake import actions, parcels
from fieldwork.intake.models import Submission
from fieldwork.people.models import User
from fieldwork.photos import actions as photos
from fieldwork.problems import actions as problems
from fieldwork.problems.models import Problem
from fieldwork.problems.schemas import ProblemIn
from fieldwork.visits.models import Visit
from tests.intake.exporting import exported, queue, sha_of, zipped
from tests.intake.making import body, boxed, content, sent, two_texts, unknown_place
from tests.photos.sending import drawn, ready
from tests.photos.sending import sent as files
from tests.support.cast import Cast

LogIn = Callable[[User | None], FlaskClient]


@pytest.fixture
def waiting(people: Cast) -> Submission:
    """xiaolin's visit, corrected from two phones."""
    return two_texts(people.xiaolin, people.units.stones)


def visit_of(submission: Submission) -> Visit:
    return Visit.get(Visit.uid == submission.record_uid)


# --- two texts


def test_the_list_shows_what_waits_and_leads_to_both_texts(people: Cast, log_in: LogIn, waiting: Submission) -> None:
    client = log_in(people.xiaolin)
    assert f"/conflicts/{waiting.uid}" in client.get("/conflicts/").text
    page = client.get(f"/conflicts/{waiting.uid}").text
    assert "渠口已清" in page and "渠口又堵了" in page
    assert all(words in page for words in ("用现在的", "用我的", "两段都留", "看到、听到的"))
    assert "两份相同的" in page


def test_the_list_goes_on_by_cursor(people: Cast, log_in: LogIn) -> None:
    for number in range(21):
        two_texts(people.xiaolin, people.units.stones, text=f"第{number}条")
    client = log_in(people.xiaolin)
    first = client.get("/conflicts/").text
    following = re.search(r'href="(/conflicts/\?cursor=\d+)"', first)
    assert following and "第20条" in first and "第0条" not in first
    assert "第0条" in client.get(following.group(1), headers={"HX-Request": "true"}).text


def test_a_choice_leads_to_the_record(people: Cast, log_in: LogIn, waiting: Submission) -> None:
    answer = log_in(people.xiaolin).post(f"/conflicts/{waiting.uid}/choice", data={"version": 2, "text": "both"})
    assert (answer.status_code, answer.location) == (303, f"/visits/{waiting.record_uid}")
    assert visit_of(waiting).text == "渠口已清\n\n渠口又堵了"


def test_a_missing_choice_is_asked_for_and_the_others_stay(people: Cast, log_in: LogIn) -> None:
    waiting = two_texts(people.xiaolin, people.units.stones, {"text": "甲", "advice": "丙"}, text="乙", advice="丁")
    answer = log_in(people.xiaolin).post(f"/conflicts/{waiting.uid}/choice", data={"version": 2, "text": "mine"})
    assert answer.status_code == 422
    assert re.search(r'name="text" value="mine" checked', answer.text)
    assert "请选定用哪一份" in answer.text


def test_a_record_changed_meanwhile_is_shown_again_with_what_was_picked(
    people: Cast, log_in: LogIn, waiting: Submission
) -> None:
    sent(people.xiaolin, "visit", people.units.stones, id=str(waiting.record_uid), base_version=2, text="第三种说法")
    answer = log_in(people.xiaolin).post(f"/conflicts/{waiting.uid}/choice", data={"version": 2, "text": "mine"})
    assert answer.status_code == 409
    assert "第三种说法" in answer.text and "渠口又堵了" in answer.text
    assert re.search(r'name="text" value="mine" checked', answer.text)
    assert 'name="version" value="3"' in answer.text
    assert visit_of(waiting).text == "第三种说法"


def test_a_choice_without_the_version_seen_is_no_choice(people: Cast, log_in: LogIn, waiting: Submission) -> None:
    answer = log_in(people.xiaolin).post(f"/conflicts/{waiting.uid}/choice", data={"text": "mine"})
    assert (answer.status_code, visit_of(waiting).version) == (400, 2)


def test_who_else_changed_the_record_is_named(people: Cast, log_in: LogIn) -> None:
    problem = problems.record_problem(people.xiaolin, ProblemIn(unit=people.units.stones.uid, text="甲"))
    changes = ProblemIn(unit=people.units.stones.uid, text="丙")
    problems.correct(people.county, problem, 1, changes)
    late = sent(people.xiaolin, "problem", people.units.stones, id=str(problem.uid), base_version=1, text="乙")
    page = log_in(people.xiaolin).get(f"/conflicts/{late.submission.uid}").text
    assert re.search(r"曾敏 \d{4}-\d\d-\d\d \d\d:\d\d 改过这条记录", page)


def test_ones_own_other_phone_is_not_named(people: Cast, log_in: LogIn, waiting: Submission) -> None:
    assert "改过这条记录" not in log_in(people.xiaolin).get(f"/conflicts/{waiting.uid}").text


def test_only_keeping_is_offered_when_the_record_is_closed(people: Cast, log_in: LogIn) -> None:
    problem = problems.record_problem(people.xiaolin, ProblemIn(unit=people.units.stones.uid, text="甲"))
    Problem.update(state="declined").where(Problem.id == problem.id).execute()
    late = sent(people.xiaolin, "problem", people.units.stones, id=str(problem.uid), base_version=1, text="乙处又堵了")
    client = log_in(people.xiaolin)
    page = client.get(f"/conflicts/{late.submission.uid}").text
    assert "乙处又堵了" in page and "保留现在的" in page and "用我的" not in page
    answer = client.post(f"/conflicts/{late.submission.uid}/choice", data={"version": 1, "text": "mine"})
    assert answer.status_code == 409
    assert client.post(f"/conflicts/{late.submission.uid}/choice", data={"keep": "1"}).status_code == 303
    assert "乙处又堵了" in client.get(f"/conflicts/{late.submission.uid}").text


def test_a_record_that_is_gone_leaves_the_text_to_copy(people: Cast, log_in: LogIn, waiting: Submission) -> None:
    Visit.update(deleted_at=waiting.received_at).where(Visit.uid == waiting.record_uid).execute()
    client = log_in(people.xiaolin)
    page = client.get(f"/conflicts/{waiting.uid}").text
    assert "渠口又堵了" in page and "用我的" not in page
    assert client.post(f"/conflicts/{waiting.uid}/choice", data={"keep": "1"}).location == "/conflicts/"


def test_photos_of_both_are_shown_and_one_can_be_left_out(people: Cast, log_in: LogIn) -> None:
    one, two = (photo.sha256 for photo in ready(people.xiaolin, drawn(1), drawn(2)))
    waiting = two_texts(
        people.xiaolin, people.units.stones, {"photos": [{"sha256": one}]}, photos=[{"sha256": two}], text="渠口淤塞"
    )
    client = log_in(people.xiaolin)
    page = client.get(f"/conflicts/{waiting.uid}").text
    assert len(re.findall(r'name="photos" value="[0-9a-f]{64}" checked', page)) == 2
    assert client.get(f"/photos/{two}?size=320").status_code == 200
    client.post(f"/conflicts/{waiting.uid}/choice", data={"version": 2, "photos": [two]})
    shown = client.get(f"/visits/{waiting.record_uid}").text
    assert two in shown and one not in shown


def test_what_waits_is_said_on_the_home_page_and_at_the_navigation(
    people: Cast, log_in: LogIn, waiting: Submission
) -> None:
    page = log_in(people.xiaolin).get("/").text
    assert 'href="/conflicts/"' in page
    assert re.search(r'href="/me/" data-key="me">.*?<span class="badge">1</span>', page)
    for other in (people.laoma, people.office):
        page = log_in(other).get("/").text
        assert 'href="/conflicts/"' not in page
        assert not re.search(r'href="/me/" data-key="me">[^\n]*<span class="badge">', page)


# --- the box


def test_the_box_shows_who_wrote_what_when(people: Cast, log_in: LogIn) -> None:
    sha = photos.receive(people.laoma, files(drawn(1))).photos[0].sha256
    listed = [{"sha256": sha}, {"sha256": "a" * 64}]
    submission = boxed(people.laoma, "visit", people.units.stones, photos=listed)
    client = log_in(people.office)
    assert f"/box/{submission.uid}" in client.get("/box/").text
    page = client.get(f"/box/{submission.uid}").text
    assert all(words in page for words in ("渠口淤塞", "马骁", "市农业农村局", "2026-11-20", "09:15 记录", "1 张照片"))
    assert "还有 1 张没有送达" in page
    assert 'href="/box/"' in client.get("/").text
    assert 'href="/box/"' in client.get("/admin/").text


def test_the_admin_page_offers_the_box_to_the_office_only(people: Cast, log_in: LogIn) -> None:
    assert 'href="/box/"' not in log_in(people.admin).get("/admin/").text


def adopt(client: FlaskClient, submission: Submission, unit: UUID | str, to: str = "writer") -> TestResponse:
    return client.post(f"/box/{submission.uid}/adoption", data={"unit": str(unit), "attributed_to": to})


def test_an_adoption_leads_to_the_record(people: Cast, log_in: LogIn) -> None:
    submission = boxed(people.laoma, "visit", people.units.stones)
    answer = adopt(log_in(people.office), submission, people.units.hospital.uid)
    assert (answer.status_code, answer.location) == (303, f"/visits/{submission.record_uid}")
    assert visit_of(submission).author_id == people.laoma.id


def test_an_adoption_without_a_unit_is_asked_for_one(people: Cast, log_in: LogIn) -> None:
    submission = unknown_place(people)
    client = log_in(people.office)
    assert adopt(client, submission, "").status_code == 422
    answer = adopt(client, submission, "01900000-0000-7000-8000-000000000000")
    assert answer.status_code == 422 and "没有这个单位" in answer.text


def test_looking_for_a_unit_without_scripts_adopts_nothing(people: Cast, log_in: LogIn) -> None:
    submission = unknown_place(people)
    data = {"find": "1", "unit_q": "青石", "attributed_to": "writer"}
    answer = log_in(people.office).post(f"/box/{submission.uid}/adoption", data=data)
    assert answer.status_code == 200 and str(people.units.stones.uid) in answer.text
    assert Submission.get_by_id(submission.id).settled_at is None


def test_what_is_wrong_with_the_text_itself_is_said(people: Cast, log_in: LogIn) -> None:
    submission = boxed(people.laoma, "problem", people.units.stones, category="never-was")
    answer = adopt(log_in(people.office), submission, people.units.stones.uid)
    assert answer.status_code == 422 and "没有这个类别" in answer.text


def test_a_refusal_needs_a_reason_and_keeps_the_text(people: Cast, log_in: LogIn) -> None:
    submission = unknown_place(people)
    client = log_in(people.office)
    assert client.post(f"/box/{submission.uid}/refusal", data={"reason": " "}).status_code == 422
    assert client.post(f"/box/{submission.uid}/refusal", data={"reason": "与另一条重复"}).status_code == 303
    page = client.get(f"/box/{submission.uid}").text
    assert "与另一条重复" in page and "渠口淤塞" in page and "认领</button>" not in page
    assert adopt(client, submission, people.units.stones.uid).status_code == 409


def test_a_change_of_a_record_that_moved_on_is_shown_again(people: Cast, log_in: LogIn) -> None:
    record = sent(people.laoma, "visit", people.units.stones).record
    assert record is not None
    submission = boxed(people.laoma, "visit", people.units.stones, id=str(record.uid), base_version=1, text="渠口已清")
    client = log_in(people.office)
    assert 'name="seen" value="1"' in client.get(f"/box/{submission.uid}").text
    Visit.update(version=2).where(Visit.id == record.id).execute()
    data = {"unit": str(people.units.stones.uid), "attributed_to": "writer", "seen": "1"}
    answer = client.post(f"/box/{submission.uid}/adoption", data=data)
    assert answer.status_code == 409 and 'name="seen" value="2"' in answer.text


def test_a_conflict_is_no_thing_of_the_box_and_the_other_way_round(
    people: Cast, log_in: LogIn, waiting: Submission
) -> None:
    author = unknown_place(people)
    assert log_in(people.office).get(f"/box/{waiting.uid}").status_code == 404
    assert log_in(people.office).get(f"/conflicts/{author.uid}").status_code == 404
    assert log_in(people.xiaolin).get(f"/conflicts/{author.uid}").status_code == 404


# --- the import


def upload(client: FlaskClient, file: bytes) -> TestResponse:
    return client.post("/box/import", data={"file": (io.BytesIO(file), "待发送.zip")})


def parcel_of(answer: TestResponse) -> str:
    found = re.search(r'name="parcel" value="([^"]+)"', answer.text)
    assert found
    return found.group(1)


def test_a_file_is_looked_at_first_and_imported_on_the_next_step(people: Cast, log_in: LogIn) -> None:
    picture = drawn(1)
    records: list[Any] = [
        content("visit", people.units.stones, text="第一条", photos=[{"sha256": sha_of(picture)}]),
        content("visit", None, text="第二条"),
        {"kind": "visit", "text": "第三条"},
    ]
    client = log_in(people.office)
    seen = upload(client, exported(people.xiaolin.uid, *records, pictures=(picture,)))
    assert seen.status_code == 200
    assert all(
        words in seen.text for words in ("第一条", "新增", "照片 1/1", "存入待认领", "不能导入", "现在还没有写入")
    )
    assert Submission.select().count() == 0
    done = client.post("/box/import/confirmation", data={"parcel": parcel_of(seen)})
    assert done.status_code == 200 and "已导入" in done.text
    assert Visit.get().author_id == people.xiaolin.id
    assert "已过期" in client.post("/box/import/confirmation", data={"parcel": parcel_of(seen)}).text
    again = upload(client, exported(people.xiaolin.uid, *records, pictures=(picture,)))
    assert again.text.count("已经在系统中") == 2


def test_an_unknown_owner_is_said(people: Cast, log_in: LogIn) -> None:
    page = upload(log_in(people.office), exported(None, content("visit", people.units.stones))).text
    assert "没有这台手机的主人" in page and "盖然" in page


def test_what_is_no_export_is_refused_at_the_field(people: Cast, log_in: LogIn) -> None:
    client = log_in(people.office)
    for answer in (upload(client, b"no zip"), client.post("/box/import"), upload(client, zipped({"../x": b""}))):
        assert answer.status_code == 422 and 'id="f-file-fault"' in answer.text


def test_a_parcel_is_for_whoever_parked_it(app: Any, people: Cast, log_in: LogIn) -> None:
    seen = upload(log_in(people.office), zipped({"queue.json": queue(people.xiaolin.uid)}))
    signed = parcel_of(seen)
    path = parcels.parked(people.office, signed)
    assert path is not None and path.stat().st_mode & 0o077 == 0
    assert parcels.parked(people.leader, signed) is None
    assert parcels.parked(people.office, signed[:-2]) is None


def test_parked_files_are_gone_after_an_hour(app: Any, people: Cast, log_in: LogIn) -> None:
    client = log_in(people.office)
    signed = parcel_of(upload(client, zipped({"queue.json": queue(people.xiaolin.uid)})))
    path = parcels.parked(people.office, signed)
    assert path is not None
    os.utime(path, (0, 0))
    upload(client, zipped({"queue.json": queue(people.xiaolin.uid)}))
    assert not path.exists()


def test_a_file_larger_than_any_is_refused_unread(people: Cast, log_in: LogIn) -> None:
    said = {"CONTENT_LENGTH": "900000000"}
    answer = log_in(people.office).post(
        "/box/import", content_type="multipart/form-data; boundary=x", environ_overrides=said
    )
    assert answer.status_code == 413


# --- pages cost the same however much waits


def test_a_list_asks_the_database_no_more_for_twenty_than_for_one(
    people: Cast, log_in: LogIn, caplog: pytest.LogCaptureFixture
) -> None:
    def asked(client: FlaskClient, path: str) -> int:
        caplog.clear()
        with caplog.at_level(logging.DEBUG, "peewee"):
            assert client.get(path).status_code == 200
        return len([one for one in caplog.records if one.name == "peewee"])

    client = log_in(people.office)
    unknown_place(people)
    before = asked(client, "/box/")
    assert before > 0
    for _ in range(19):
        actions.take(people.xiaolin, "visit", body("visit", None), imported_by=people.office)
    assert asked(client, "/box/") == before
