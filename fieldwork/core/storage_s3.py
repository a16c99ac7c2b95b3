"""The store in a bucket of S3 or of what speaks like it: MinIO, SeaweedFS, Aliyun OSS, Tencent COS, Huawei OBS.

Only what all of these understand is asked of them: single PUT and multipart, GET with Range and If-Match, HEAD, DELETE
of one key, ListObjectsV2. Whatever is put becomes visible whole or not at all.
"""

import logging
import os
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from io import BufferedReader
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, cast
from urllib.parse import parse_qsl, urlsplit

import obstore
from obstore.exceptions import BaseError
from obstore.store import S3Store

from fieldwork.core.storage_keys import checked, folder_of, is_key
from fieldwork.core.storage_reading import Remote
from fieldwork.errors import StorageFull, StorageUnavailable

if TYPE_CHECKING:  # types that do not exist at run time
    from obstore.store import ClientConfig, RetryConfig

PART_BYTES = 8 * 1024 * 1024  # a file of up to so many goes in one request
PARTS_AT_ONCE = 2
READ_AT_ONCE = 256 * 1024
LISTED_AT_ONCE = 1000
PATIENCE: "ClientConfig" = {
    "connect_timeout": timedelta(seconds=3),
    "read_timeout": timedelta(seconds=10),
    "timeout": timedelta(seconds=60),  # of one request: 8 MB at 1.2 Mbit/s
}
RETRIES: "RetryConfig" = {
    "max_retries": 3,
    "retry_timeout": timedelta(seconds=20),
    "backoff": {"init_backoff": timedelta(milliseconds=100), "max_backoff": timedelta(seconds=2), "base": 2},
}
_OPTIONS = {"endpoint", "style", "region"}
_BUCKET = re.compile(r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]")
_REGION = re.compile(r"[a-z0-9-]{1,60}")
# as MinIO, AWS, SeaweedFS and the Chinese clouds say that there is no room; and the HTTP status of it
_FULL = re.compile(
    r"StorageFull|QuotaExceeded|InsufficientCapacity|InsufficientStorage|507 |NotEnough\w*Quota", re.IGNORECASE
)
_NO_BUCKET = "NoSuchBucket"

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Place:
    """Where a bucket is. `endpoint` has the bucket's name in it when the style is virtual."""

    bucket: str
    prefix: str
    endpoint: str
    is_virtual: bool
    region: str


class S3Storage:
    """A bucket, or what lies under a prefix in it."""

    def __init__(self, place: Place, credentials: Mapping[str, str]) -> None:
        self._place = place
        self._credentials = credentials
        self._of_process: tuple[int, S3Store] | None = None

    @classmethod
    def from_url(cls, url: str, environment: Mapping[str, str]) -> "S3Storage":
        """The bucket that s3://bucket/prefix?endpoint=https://…&style=path|virtual&region=… names.

        Raises:
            ValueError: naming the setting, or the variable of the environment that is missing.
        """
        return cls(place_of(url), _credentials_in(environment))

    def put(self, key: str, source: bytes | Path) -> None:
        checked(key)
        if isinstance(source, bytes):
            self._put(key, source)
        elif source.stat().st_size <= PART_BYTES:
            self._put(key, source.read_bytes())
        else:
            with source.open("rb") as content:
                self._put(key, content)

    def open(self, key: str) -> BinaryIO:
        checked(key)
        return cast(BinaryIO, BufferedReader(Remote(self._client(), key, _believed), READ_AT_ONCE))

    def read(self, key: str) -> bytes:
        checked(key)
        with _believed(key):
            return obstore.get(self._client(), key).bytes().to_bytes()

    def exists(self, key: str) -> bool:
        try:
            self.size(key)
        except FileNotFoundError:
            return False
        return True

    def size(self, key: str) -> int:
        checked(key)
        with _believed(key):
            return obstore.head(self._client(), key)["size"]

    def delete(self, key: str) -> None:
        checked(key)
        with _believed(key):
            obstore.delete(self._client(), key)

    def keys(self, prefix: str = "") -> Iterator[str]:
        return (key for key, _ in self.sizes(prefix))

    def sizes(self, prefix: str = "") -> Iterator[tuple[str, int]]:
        folder = folder_of(prefix)
        with _believed(prefix, missing=StorageUnavailable):
            for some in obstore.list(self._client(), folder or None, chunk_size=LISTED_AT_ONCE):
                yield from ((one["path"], one["size"]) for one in some if _is_listed(one["path"], prefix))

    def _put(self, key: str, content: bytes | BinaryIO) -> None:
        in_parts = not isinstance(content, bytes)
        with _believed(key, missing=StorageUnavailable):  # what is not found when something is put is the bucket
            obstore.put(
                self._client(),
                key,
                content,
                use_multipart=in_parts,
                chunk_size=PART_BYTES,
                max_concurrency=PARTS_AT_ONCE,
            )

    def _client(self) -> S3Store:
        """Made anew in each process: the connections and threads of a client do not outlive a fork."""
        if self._of_process is None or self._of_process[0] != os.getpid():
            self._of_process = os.getpid(), self._connected()
        return self._of_process[1]

    def _connected(self) -> S3Store:
        place = self._place
        return S3Store(
            place.bucket,
            prefix=place.prefix or None,
            endpoint=place.endpoint,
            aws_endpoint_url_s3=place.endpoint,  # which the environment might name otherwise, and which goes first
            region=place.region,
            virtual_hosted_style_request=place.is_virtual,
            disable_bulk_delete=True,  # OSS has no such request
            disable_tagging=True,
            client_options={"allow_http": place.endpoint.startswith("http://"), **PATIENCE},
            retry_config=RETRIES,
            **self._credentials,  # type: ignore[arg-type]
        )


def place_of(url: str) -> Place:
    """What the address says.

    Raises:
        ValueError: naming the setting.
    """
    try:
        address = urlsplit(url)
        options = dict(parse_qsl(address.query, keep_blank_values=True, strict_parsing=bool(address.query)))
    except ValueError:
        raise _wrong("is no address") from None
    bucket, prefix, style = address.netloc, address.path.strip("/"), options.get("style", "path")
    region = options.get("region", "us-east-1")
    if not _BUCKET.fullmatch(bucket):
        raise _wrong("must name a bucket: s3://bucket/prefix; credentials stand in the environment")
    if prefix and not is_key(prefix):
        raise _wrong("has a prefix that is not lower case letters, digits, - and _ with / between")
    if address.fragment or set(options) - _OPTIONS:
        raise _wrong("knows endpoint=, style= and region= only")
    if style not in {"path", "virtual"}:
        raise _wrong("has a style that is neither path nor virtual")
    if not _REGION.fullmatch(region):
        raise _wrong("has a region that is none")
    endpoint = _endpoint(
        options.get("endpoint", f"https://s3.{region}.amazonaws.com"), bucket if style == "virtual" else ""
    )
    return Place(bucket, prefix, endpoint, style == "virtual", region)


def _endpoint(text: str, bucket: str) -> str:
    """The address requests go to; before its host the bucket, if one is given and does not stand there yet."""
    try:
        address = urlsplit(text)
        is_address = address.scheme in {"http", "https"} and bool(address.hostname) and address.port != 0
    except ValueError:
        is_address = False
    if not is_address or address.path.strip("/") or address.query or address.username is not None:
        raise _wrong("has an endpoint that is not http(s)://host or http(s)://host:port")
    host = address.netloc if not bucket or address.netloc.startswith(f"{bucket}.") else f"{bucket}.{address.netloc}"
    return f"{address.scheme}://{host}"


def _credentials_in(environment: Mapping[str, str]) -> dict[str, str]:
    names = {"access_key_id": "AWS_ACCESS_KEY_ID", "secret_access_key": "AWS_SECRET_ACCESS_KEY"}
    for name in names.values():
        if not environment.get(name):
            raise _wrong(f"needs {name} in the environment")
    if environment.get("AWS_SESSION_TOKEN"):
        names["session_token"] = "AWS_SESSION_TOKEN"
    return {option: environment[name] for option, name in names.items()}


def _wrong(what: str) -> ValueError:
    return ValueError(f"FIELDWORK_STORAGE {what}")


def _is_listed(key: str, prefix: str) -> bool:
    return is_key(key) and key.startswith(prefix)  # others may keep their own things in the bucket


@contextmanager
def _believed(key: str, missing: Callable[[], Exception] = FileNotFoundError) -> Iterator[None]:
    """What the store answers, in the words of this house."""
    try:
        yield
    except (BaseError, OSError) as problem:
        said = str(problem)
        if isinstance(problem, FileNotFoundError) and _NO_BUCKET not in said and missing is FileNotFoundError:
            raise FileNotFoundError(key) from problem
        if _FULL.search(said):
            log.error("storage.full", extra={"key": key})
            raise StorageFull from problem
        log.error("storage.unavailable", extra={"key": key, "said": said[:500]})
        raise StorageUnavailable from problem
