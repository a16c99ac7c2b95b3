"""The leaf tools: clocks, ids, settings."""

from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldwork import clock
from fieldwork.config import BadSetting, from_environment
from fieldwork.ids import uuid7


def test_an_id_says_when_it_was_made_and_which_version_it_is() -> None:
    made = uuid7(1_700_000_000_123)
    assert made.version == 7
    assert made.int >> 80 == 1_700_000_000_123


@given(st.integers(0, 2**48 - 2))
def test_later_ids_sort_after_earlier_ones(moment_ms: int) -> None:
    assert str(uuid7(moment_ms)) < str(uuid7(moment_ms + 1))


def test_ids_of_one_millisecond_differ() -> None:
    assert len({uuid7(1) for _ in range(1000)}) == 1000


def test_the_day_begins_at_midnight_in_the_municipality() -> None:
    with clock.at(datetime(2026, 11, 22, 16, 30, tzinfo=UTC)):
        assert clock.today() == date(2026, 11, 23)


def test_the_clock_goes_on_after_it_was_stopped() -> None:
    with clock.at(datetime(2020, 1, 1, tzinfo=UTC)):
        assert clock.now().year == 2020
    assert clock.now() - datetime.now(timezone(timedelta(hours=8))) < timedelta(seconds=5)


def test_settings_have_defaults_that_work(tmp_path: Path) -> None:
    settings = from_environment({"FIELDWORK_DATA": str(tmp_path / "new")})
    assert settings.database == f"sqlite:///{tmp_path / 'new' / 'fieldwork.db'}"
    assert (tmp_path / "new").is_dir()
    assert settings.timezone.key == "Asia/Shanghai"


def test_the_secret_key_is_made_once_and_kept(tmp_path: Path) -> None:
    first = from_environment({"FIELDWORK_DATA": str(tmp_path)}).secret_key
    assert len(first) == 64
    assert from_environment({"FIELDWORK_DATA": str(tmp_path)}).secret_key == first
    assert (tmp_path / "secret_key").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DATABASE", "mysql://somewhere"),
        ("STORAGE", "ftp://somewhere"),
        ("SECRET_KEY", "short"),
        ("SAMPLE", "yes"),
        ("BASE_URL", "somewhere"),
        ("TRUSTED_PROXIES", "-1"),
        ("TIMEZONE", "Asia/Nowhere"),
        ("DATA", "/dev/null/folder"),
    ],
)
def test_a_wrong_setting_stops_the_start_with_one_line_that_names_it(tmp_path: Path, name: str, value: str) -> None:
    with pytest.raises(BadSetting) as stopped:
        from_environment({"FIELDWORK_DATA": str(tmp_path), f"FIELDWORK_{name}": value})
    assert f"FIELDWORK_{name}" in str(stopped.value)
    assert "\n" not in str(stopped.value)
