"""The store in a bucket: what it makes of an address, of a store that is full, slow, broken or gone."""

import io
import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from fieldwork.core import storage_s3
from fieldwork.core.storage import Storage, from_url
from fieldwork.core.storage_s3 import S3Storage, place_of
from fieldwork.errors import StorageFull, StorageUnavailable
from tests.support.s3 import BUCKET, DOMAIN, ENVIRONMENT, S3Server
from tests.support.serving import free_port

KEY = "originals/ab/cd/abcd0123"
ALIYUN = "s3://zhaopian/county?endpoint=https://oss-cn-hangzhou.aliyuncs.com&style=virtual&region=cn-hangzhou"


def bucket(url: str, **more: str) -> Storage:
    return from_url(url, Path("/nowhere"), {**ENVIRONMENT, **more})


# --- the address


def test_virtual_host_style_puts_the_bucket_before_the_host() -> None:
    place = place_of(ALIYUN)
    assert (place.bucket, place.prefix, place.region) == ("zhaopian", "county", "cn-hangzhou")
    assert place.endpoint == "https://zhaopian.oss-cn-hangzhou.aliyuncs.com"
    assert place_of(ALIYUN.replace("//oss", "//zhaopian.oss")).endpoint == place.endpoint


def test_path_style_leaves_the_host_as_it_is() -> None:
    place = place_of("s3://bilder?endpoint=http://10.1.2.3:9000/")
    assert (place.endpoint, place.is_virtual, place.prefix) == ("http://10.1.2.3:9000", False, "")


def test_without_an_endpoint_it_is_that_of_the_region() -> None:
    assert place_of("s3://bilder/x?region=eu-west-1").endpoint == "https://s3.eu-west-1.amazonaws.com"


@pytest.mark.parametrize(
    "url",
    [
        "s3://",
        "s3:///prefix",
        "s3://key:secret@bucket",
        "s3://UPPER",
        "s3://bucket/../other",
        "s3://bucket/Ab",
        "s3://bucket?style=odd",
        "s3://bucket?colour=red",
        "s3://bucket?endpoint",
        "s3://bucket?region=a/b",
        "s3://bucket#part",
        "s3://bucket?endpoint=oss.aliyuncs.com",
        "s3://bucket?endpoint=ftp://host",
        "s3://bucket?endpoint=https://host/path",
        "s3://bucket?endpoint=https://key:secret@host",
        "s3://bucket?endpoint=https://host:port",
    ],
)
def test_an_address_that_cannot_be_used_is_refused_by_the_name_of_the_setting(url: str) -> None:
    with pytest.raises(ValueError, match=r"^FIELDWORK_STORAGE ") as refused:
        bucket(url)
    assert "secret" not in str(refused.value)


@pytest.mark.parametrize("name", ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"])
def test_credentials_that_are_missing_are_named(name: str) -> None:
    with pytest.raises(ValueError, match=name):
        bucket("s3://bucket", **{name: ""})


def test_other_variables_of_the_environment_lead_nowhere_else(
    s3_server: S3Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL", "AWS_ENDPOINT"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    monkeypatch.setenv("AWS_BUCKET", "elsewhere")
    store = bucket(s3_server.new_url())
    store.put(KEY, b"picture")
    assert store.read(KEY) == b"picture"


# --- a real server


def test_it_serves_in_virtual_host_style(s3_server: S3Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", s3_server.address)  # which spares a name server that knows bucket.s3.test
    store = bucket(s3_server.new_url("virtual"))
    assert store._place.endpoint == f"http://{BUCKET}.{DOMAIN}:{s3_server.port}"  # type: ignore[attr-defined]
    store.put(KEY, b"picture")
    assert (store.read(KEY), list(store.keys())) == (b"picture", [KEY])


def test_two_prefixes_of_a_bucket_know_nothing_of_each_other(s3_server: S3Server) -> None:
    one, other = bucket(s3_server.new_url()), bucket(s3_server.new_url())
    one.put(KEY, b"one")
    assert (other.exists(KEY), list(other.keys())) == (False, [])


def test_a_thousand_keys_and_more_are_all_listed(s3_server: S3Server) -> None:
    store = bucket(s3_server.new_url())
    keys = [f"originals/{number:04}" for number in range(1050)]
    for key in keys:
        store.put(key, b"")
    assert sorted(store.keys()) == keys


def test_a_large_file_that_was_replaced_is_never_read_mixed(s3_server: S3Server) -> None:
    store = bucket(s3_server.new_url())
    store.put(KEY, b"a" * 3_000_000)
    with store.open(KEY) as file:
        assert file.read(1000) == b"a" * 1000
        store.put(KEY, b"b" * 3_000_000)
        file.seek(2_900_000)
        with pytest.raises(StorageUnavailable):
            file.read()


def test_a_file_taken_in_parts_and_broken_off_is_not_there(s3_server: S3Server) -> None:
    class Broken(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            if self.tell() > 9_000_000:
                raise OSError("the disk cannot be read")
            return super().read(size)

    store = bucket(s3_server.new_url())
    assert isinstance(store, S3Storage)
    with pytest.raises(StorageUnavailable):
        store._put(KEY, Broken(bytes(30_000_000)))
    assert not store.exists(KEY)


@pytest.mark.parametrize(("name", "value"), [("AWS_SECRET_ACCESS_KEY", "wrong"), ("AWS_ACCESS_KEY_ID", "nobody")])
def test_who_is_not_let_in_is_told_that_the_store_is_not_there(s3_server: S3Server, name: str, value: str) -> None:
    store = bucket(s3_server.new_url(), **{name: value})
    for ask in (
        lambda: store.put(KEY, b""),
        lambda: store.read(KEY),
        lambda: store.delete(KEY),
        lambda: [*store.keys()],
    ):
        with pytest.raises(StorageUnavailable):
            ask()


def test_another_bucket_is_not_there_and_no_file_is_said_to_be_missing(s3_server: S3Server) -> None:
    store = bucket(s3_server.new_url().replace(f"//{BUCKET}/", "//elsewhere/"))
    for ask in (lambda: store.put(KEY, b""), lambda: store.read(KEY), lambda: store.size(KEY)):
        with pytest.raises(StorageUnavailable):
            ask()


def test_a_process_that_is_forked_off_has_a_line_of_its_own(s3_server: S3Server) -> None:
    store = bucket(s3_server.new_url())
    store.put(KEY, b"picture")
    first = store._client()  # type: ignore[attr-defined]
    store._of_process = (os.getpid() + 1, first)  # type: ignore[attr-defined]
    assert store._client() is not first  # type: ignore[attr-defined]
    assert store.read(KEY) == b"picture"


# --- a store in trouble: answers as they come over the wire


@contextmanager
def answering(say: Callable[[BaseHTTPRequestHandler], None]) -> Iterator[tuple[Storage, list[str]]]:
    """A store whose every request is answered so; and the methods that were asked."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            pass

        def answer(self) -> None:
            asked.append(self.command)
            self.rfile.read(int(self.headers.get("Content-Length") or 0))
            say(self)

        do_GET = do_PUT = do_HEAD = do_POST = do_DELETE = answer  # noqa: N815

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield bucket(f"s3://bucket?endpoint=http://127.0.0.1:{server.server_port}"), asked
        finally:
            server.shutdown()


def saying(status: int, code: str) -> Callable[[BaseHTTPRequestHandler], None]:
    def say(handler: BaseHTTPRequestHandler) -> None:
        body = f"<Error><Code>{code}</Code><Message>no</Message></Error>".encode()
        handler.send_response(status)
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body)

    return say


@pytest.mark.parametrize(
    ("status", "code"),
    [
        (507, "XMinioStorageFull"),
        (507, "InsufficientStorage"),
        (400, "QuotaExceeded"),
        (403, "QuotaExceeded"),
        (403, "InsufficientStorageSpace"),
    ],
)
def test_a_store_without_room_is_full(status: int, code: str) -> None:
    with answering(saying(status, code)) as (store, _), pytest.raises(StorageFull):
        store.put(KEY, b"picture")


@pytest.mark.parametrize("status", [500, 502, 503])
def test_a_store_in_trouble_is_asked_some_times_and_then_not_there(status: int) -> None:
    with answering(saying(status, "InternalError")) as (store, asked):
        begun = time.monotonic()
        with pytest.raises(StorageUnavailable) as refusal:
            store.put(KEY, b"picture")
    assert time.monotonic() - begun < 20
    assert (asked, refusal.value.status) == (["PUT"] * 4, 503)


def test_a_store_that_recovers_meanwhile_keeps_the_file() -> None:
    answers = iter([503, 500])

    def say(handler: BaseHTTPRequestHandler) -> None:
        status = next(answers, 200)
        handler.send_response(status)
        handler.send_header("Content-Length", "0")
        handler.send_header("ETag", '"1"')
        handler.end_headers()

    with answering(say) as (store, asked):
        store.put(KEY, b"picture")
    assert asked == ["PUT"] * 3


def test_a_file_that_is_not_there_is_told_from_a_bucket_that_is_not() -> None:
    with answering(saying(404, "NoSuchKey")) as (store, _), pytest.raises(FileNotFoundError):
        store.read(KEY)
    with answering(saying(404, "NoSuchBucket")) as (store, _):
        for ask in (lambda: store.read(KEY), lambda: store.put(KEY, b""), lambda: [*store.keys()]):
            with pytest.raises(StorageUnavailable):
                ask()


def test_a_store_that_never_answers_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(storage_s3.PATIENCE, "read_timeout", "300ms")
    over = threading.Event()
    with answering(lambda _: over.wait(30) and None) as (store, _):
        begun = time.monotonic()
        with pytest.raises(StorageUnavailable):
            store.read(KEY)
        with pytest.raises(StorageUnavailable):
            store.put(KEY, b"picture")
        over.set()
    assert time.monotonic() - begun < 25


def test_where_nobody_listens_there_is_no_store() -> None:
    store = bucket(f"s3://bucket?endpoint=http://127.0.0.1:{free_port()}")
    with pytest.raises(StorageUnavailable):
        store.put(KEY, b"picture")


def test_a_file_that_breaks_off_is_not_taken_for_whole() -> None:
    def say(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Length", "1000")
        handler.send_header("ETag", '"1"')
        handler.send_header("Last-Modified", "Mon, 23 Nov 2026 00:00:00 GMT")
        handler.end_headers()
        handler.wfile.write(b"x" * 100)
        handler.close_connection = True

    with answering(say) as (store, _):
        with pytest.raises(StorageUnavailable):
            store.read(KEY)
        with pytest.raises(StorageUnavailable), store.open(KEY) as file:
            file.read()
