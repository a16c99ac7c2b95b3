"""Settings from the environment (prefix FIELDWORK_). A wrong value stops the start with one line that names it."""

import os
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

PREFIX = "FIELDWORK_"


class BadSetting(SystemExit):
    """A setting that cannot be used; as a SystemExit it ends the start with its one line and no traceback."""

    def __init__(self, name: str, why: str) -> None:
        super().__init__(f"{PREFIX}{name}: {why}")


@dataclass(frozen=True)
class Settings:
    """Everything that differs between one installation and another."""

    data: Path
    database: str
    storage: str
    secret_key: str
    sample: bool
    base_url: str
    trusted_proxies: int
    organ: str
    masthead: str
    timezone: ZoneInfo


def from_environment(environment: Mapping[str, str] | None = None) -> Settings:
    """Settings read from the environment.

    Raises:
        BadSetting: naming the variable, when a value cannot be used.
    """
    values = os.environ if environment is None else environment
    data = _read(values, "DATA", "data", _folder)
    return Settings(
        data=data,
        database=_read(values, "DATABASE", f"sqlite:///{data / 'fieldwork.db'}", _database),
        storage=_read(values, "STORAGE", "", _storage),
        secret_key=_read(values, "SECRET_KEY", "", _secret) or _kept_secret(data),
        sample=_read(values, "SAMPLE", "0", _switch),
        base_url=_read(values, "BASE_URL", "", _address),
        trusted_proxies=_read(values, "TRUSTED_PROXIES", "0", _count),
        organ=_read(values, "ORGAN", "", str.strip),
        masthead=_read(values, "MASTHEAD", "", str.strip),
        timezone=_read(values, "TIMEZONE", "Asia/Shanghai", _zone),
    )


def _read(values: Mapping[str, str], name: str, default: str, parse: Callable[[str], Any]) -> Any:
    try:
        return parse(values.get(PREFIX + name, default))
    except ValueError as problem:
        raise BadSetting(name, str(problem)) from None


def _folder(text: str) -> Path:
    folder = Path(text).expanduser().absolute()
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        raise ValueError(f"the folder {text} cannot be made ({problem.strerror})") from None
    return folder


def _database(text: str) -> str:
    if not text.startswith(("sqlite:///", "postgresql://", "postgres://")):
        raise ValueError("must begin with sqlite:/// or postgresql://")
    return text


def _storage(text: str) -> str:
    if text and not text.startswith(("file:///", "s3://")):
        raise ValueError("must be empty (files under DATA) or begin with file:/// or s3://")
    return text


def _secret(text: str) -> str:
    if text and len(text) < 16:
        raise ValueError("must have 16 characters or more")
    return text


def _kept_secret(data: Path) -> str:
    """The key made at the first start, kept in DATA so that sessions outlive a restart."""
    path = data / "secret_key"
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text(encoding="ascii")
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(secrets.token_hex(32))
    return path.read_text(encoding="ascii")


def _switch(text: str) -> bool:
    if text not in {"0", "1"}:
        raise ValueError("must be 0 or 1")
    return text == "1"


def _address(text: str) -> str:
    if text and not text.startswith(("http://", "https://")):
        raise ValueError("must begin with http:// or https://")
    return text.rstrip("/")


def _count(text: str) -> int:
    if not text.isdecimal():
        raise ValueError("must be a number, 0 or more")
    return int(text)


def _zone(text: str) -> ZoneInfo:
    try:
        return ZoneInfo(text)
    except (ZoneInfoNotFoundError, ValueError):
        raise ValueError(f"there is no time zone {text}") from None
