"""The whole house with its files in a bucket: from the upload to the briefing and the purge; and without the bucket."""

import io
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import requests
from docx import Document

from fieldwork import clock
from fieldwork.briefings.models import Briefing
from fieldwork.core import jobs
from fieldwork.core.storage import Storage, from_url
from fieldwork.photos import actions as photos
from fieldwork.photos import files
from fieldwork.photos.models import Photo
from tests.briefings import making
from tests.loss.program import Program, sha256
from tests.photos.sending import files as posted
from tests.photos.sending import ready, sent
from tests.records.form import post
from tests.review import making as cases
from tests.support import s3
from tests.support.s3 import S3Server
from tests.support.serving import Server, free_port

READS = 24


@pytest.fixture
def bucket(app: Any, s3_server: S3Server, tmp_path: Path) -> Iterator[Storage]:
    before, store = files.store(), from_url(s3_server.new_url(), tmp_path, s3.ENVIRONMENT)
    files.use(store)
    yield store
    files.use(before)


def fields(people: Any, **more: Any) -> dict[str, Any]:
    return {"unit": str(people.units.stones.uid), "text": "渠道淤塞约600米", **more}


def of(sha: str, store: Storage) -> list[str]:
    return [key for key in list(store.keys()) if sha in key]


def test_a_photo_of_a_form_is_seen_by_whom_it_concerns(
    log_in: Any, people: Any, bucket: Storage, drawn_jpeg: bytes
) -> None:
    assert post(log_in(people.xiaolin), "/visits/new", fields(people, photos=posted(drawn_jpeg))).status_code == 303
    sha = sha256(drawn_jpeg)
    jobs.work_off()
    assert len(of(sha, bucket)) == 4
    for size in ("320", "1280", "2400"):
        answer = log_in(people.county).get(f"/photos/{sha}?size={size}")
        assert (answer.status_code, answer.content_length) == (200, len(answer.data))
        assert answer.data == bucket.read(files.derived_key(sha, int(size)))
        assert log_in(people.stranger).get(f"/photos/{sha}?size={size}").status_code == 404
    mine = log_in(people.xiaolin)
    assert mine.get(f"/photos/{sha}?size=original").data == drawn_jpeg
    part = mine.get(f"/photos/{sha}?size=original", headers={"Range": "bytes=100-199"})
    assert (part.status_code, part.data) == (206, drawn_jpeg[100:200])
    assert part.headers["Content-Range"] == f"bytes 100-199/{len(drawn_jpeg)}"
    tag = mine.get(f"/photos/{sha}?size=320").headers["ETag"]
    assert mine.get(f"/photos/{sha}?size=320", headers={"If-None-Match": tag}).status_code == 304


def test_no_page_names_the_bucket(log_in: Any, people: Any, bucket: Storage, drawn_jpeg: bytes) -> None:
    client = log_in(people.xiaolin)
    page = post(client, "/visits/new", fields(people, photos=posted(drawn_jpeg))).headers["Location"]
    jobs.work_off()
    text = client.get(page).text
    assert f"/photos/{sha256(drawn_jpeg)}" in text
    assert "127.0.0.1" not in text
    assert "X-Amz" not in text


def test_an_issued_briefing_shows_its_photo_and_stays_the_same(
    log_in: Any, people: Any, bucket: Storage, drawn_jpeg: bytes
) -> None:
    model = cases.promoted(people)
    making.photo_of(people, model, drawn_jpeg)
    briefing = making.draft(people)
    making.with_item(people, briefing, "case", model)
    making.issued(people, briefing)
    client = log_in(people.county)
    first, again = (client.get(f"/briefings/{briefing.uid}.docx").data for _ in range(2))
    assert first == again == bucket.read(f"briefings/{briefing.uid}.docx")
    assert len(Document(io.BytesIO(first)).inline_shapes) == 1
    assert sha256(first) == Briefing.get_by_id(briefing.id).docx_sha256


def test_what_nobody_needs_is_cleared_away(app: Any, people: Any, bucket: Storage, drawn_jpeg: bytes) -> None:
    [photo] = ready(people.xiaolin, drawn_jpeg)
    assert app.test_cli_runner().invoke(args=["verify"]).exit_code == 0
    with clock.at(clock.now() + timedelta(days=31)):
        assert app.test_cli_runner().invoke(args=["purge"]).exit_code == 0
    assert of(photo.sha256, bucket) == []
    assert Photo.select().count() == 0


# --- without the bucket


@pytest.fixture
def nowhere(app: Any, tmp_path: Path) -> Iterator[None]:
    before = files.store()
    files.use(from_url(f"s3://bucket?endpoint=http://127.0.0.1:{free_port()}", tmp_path, s3.ENVIRONMENT))
    yield
    files.use(before)


def test_a_form_is_told_to_come_again_and_nothing_is_kept_by_halves(
    log_in: Any, people: Any, bucket: Storage, nowhere: None, drawn_jpeg: bytes
) -> None:
    client = log_in(people.xiaolin)
    answer = post(client, "/visits/new", fields(people, photos=posted(drawn_jpeg)))
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "30")
    assert "存储暂时连不上" in answer.text
    assert Photo.select().count() == 0
    files.use(bucket)
    assert post(client, "/visits/new", fields(people, photos=posted(drawn_jpeg))).status_code == 303
    jobs.work_off()
    assert len(of(sha256(drawn_jpeg), bucket)) == 4


def test_a_picture_is_not_said_to_be_missing(log_in: Any, people: Any, drawn_jpeg: bytes, request: Any) -> None:
    [photo] = ready(people.xiaolin, drawn_jpeg)
    request.getfixturevalue("nowhere")
    answer = log_in(people.xiaolin).get(f"/photos/{photo.sha256}?size=320")
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "30")


def test_a_watchman_is_told(log_in: Any, nowhere: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("fieldwork.insight.readiness._written", [-1e9])
    ready = log_in(None).get("/readyz")
    assert (ready.status_code, ready.json["storage"]) == (503, False)


def test_a_purge_without_the_bucket_forgets_no_photo(app: Any, people: Any, drawn_jpeg: bytes, request: Any) -> None:
    photos.receive(people.xiaolin, sent(drawn_jpeg))
    request.getfixturevalue("nowhere")
    with clock.at(clock.now() + timedelta(days=31)):
        result = app.test_cli_runner().invoke(args=["purge"])
    assert (result.exit_code, Photo.select().count()) == (1, 1)
    assert "does not answer" in result.output


# --- a real server, whose processes are forked


def test_every_process_of_a_server_reads_and_writes_the_bucket(
    s3_server: S3Server, tmp_path: Path, drawn_jpeg: bytes
) -> None:
    folder = tmp_path / "data"
    folder.mkdir()
    server = Server(folder, workers=2, jobs=True, FIELDWORK_STORAGE=s3_server.new_url(), **s3.ENVIRONMENT).fill()
    with server:
        mine = Program(server.address, "xiaolin")
        assert mine.upload(drawn_jpeg) == 204
        assert mine.put(mine.body("渠道", photos=[drawn_jpeg])).status_code == 201
        address, headers = f"{mine.at}/photos/{sha256(drawn_jpeg)}?size=original", dict(mine.http.headers)
        for _ in range(READS):  # each on a line of its own, so that every process is met
            assert requests.get(address, headers=headers, timeout=60).content == drawn_jpeg
        assert mine.picture(sha256(drawn_jpeg), 320).status_code == 200
        part = requests.get(address, headers={**headers, "Range": "bytes=5-9"}, timeout=60)
        assert (part.status_code, part.content) == (206, drawn_jpeg[5:10])
        assert server.command("verify").returncode == 0
    assert not (folder / "files").exists()


def test_a_server_does_not_start_without_credentials(tmp_path: Path) -> None:
    server = Server(tmp_path, FIELDWORK_STORAGE="s3://bucket", AWS_ACCESS_KEY_ID="", AWS_SECRET_ACCESS_KEY="")
    done = server.command("verify")
    assert done.returncode != 0
    assert "FIELDWORK_STORAGE: needs AWS_ACCESS_KEY_ID in the environment" in done.stderr
    assert "Traceback" not in done.stderr
