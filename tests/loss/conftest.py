"""The no-loss matrix: a real server, a bad line, real phones. Every row tells what it tried and what was lost."""

import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.loss.line import Line
from tests.loss.phone import Phone
from tests.loss.program import Program
from tests.support.serving import Server

ROWS = 55
KILLS = int(os.environ.get("LOSS_KILLS", "20"))


@pytest.fixture(scope="session")
def town(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the small town in it, to be copied."""
    folder = tmp_path_factory.mktemp("town") / "data"
    folder.mkdir()
    Server(folder).fill()
    return folder


@pytest.fixture
def workers() -> int:
    """How many processes the server has."""
    return 1


@pytest.fixture
def server(town: Path, tmp_path: Path, workers: int) -> Iterator[Server]:
    """A server of one's own on a fresh town."""
    folder = tmp_path / "data"
    Server(town).copy_to(folder)
    with Server(folder, workers) as running:
        yield running


@pytest.fixture
def line(server: Server) -> Iterator[Line]:
    """The line to it; good until told otherwise."""
    proxy = Line(server.port)
    yield proxy
    proxy.close()


@pytest.fixture
def phone(chromium: Browser, line: Line) -> Iterator[Callable[..., Phone]]:
    """`phone("xiaolin")`: a phone of its own, its owner logged in."""
    phones: list[Phone] = []

    def of(username: str | None, **options: Any) -> Phone:
        made = Phone(chromium, line, **options)
        phones.append(made)
        return made.log_in(username) if username else made

    yield of
    for made in phones:
        made.close()
    assert [error for made in phones for error in made.errors] == []


@pytest.fixture
def program(line: Line) -> Callable[..., Program]:
    """`program("xiaolin")`: a program with a full token of its own."""
    return lambda username: Program(line.address, username)


@pytest.fixture
def tried(record_property: Callable[[str, object], None]) -> Callable[[int], None]:
    """Tell how often a row was tried."""
    return lambda times: record_property("tried", times)


# --- the table


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Row, what was tried, how often, records lost."""
    rows = dict(sorted(_rows(terminalreporter)))
    if not rows:
        return
    terminalreporter.section("no-loss matrix")
    for number, (words, times, is_well) in rows.items():
        terminalreporter.write_line(f"{number:>3}  {words:<86} {times:>5}  {'0' if is_well else 'LOST OR UNKNOWN'}")
    well = sum(is_well for _, _, is_well in rows.values())
    terminalreporter.write_line(
        f"rows {len(rows)} of {ROWS}; passed {well}; records lost: {0 if well == len(rows) else '?'}"
    )


def _rows(reporter: pytest.TerminalReporter) -> Iterator[tuple[int, tuple[str, int, bool]]]:
    for outcome in ("passed", "failed"):
        for report in reporter.stats.get(outcome, []):
            found = re.search(r"::test_row_(\d\d)_(\w+)", report.nodeid)
            if found and report.when == "call":
                told = dict(report.user_properties)
                yield int(found[1]), (found[2].replace("_", " "), int(told.get("tried", 1)), outcome == "passed")
