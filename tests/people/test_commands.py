"""The commands about people: they say what they did, and end non-zero when they could not."""

from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from fieldwork.people import passwords, queries
from fieldwork.people.models import Unit, User
from tests.people.sheets import sheet
from tests.support.cast import Cast

TOWN = {"name": "松涧镇", "area": "北峰县", "unit_type": "村"}
CADRE = {"name": "曾敏之", "username": "zengmz", "unit": "北峰县直机关工委", "roles": "干部"}


@pytest.fixture
def run(app: Any, people: Cast) -> Any:
    """Run a command as one would in a shell."""
    runner = app.test_cli_runner()
    return lambda *words: runner.invoke(args=[str(word) for word in words])


def written(folder: Path, kind: str, *rows: dict[str, Any]) -> Path:
    path = folder / f"{kind}.xlsx"
    path.write_bytes(sheet(kind, *rows).getvalue())
    return path


# --- user add


def test_an_account_is_made_with_a_one_time_password(run: Any) -> None:
    done = run(
        "user", "add", "zengmz", "--name", "曾敏之", "--unit", "青石坳村", "--role", "cadre", "--role", "handler"
    )
    assert done.exit_code == 0
    username, password = done.output.split()
    user = User.get(User.username == username)
    assert passwords.is_right(password, user.password_hash)
    assert user.must_change_password
    assert {grant.role for grant in queries.grants_of(user)} == {"cadre", "handler"}


def test_a_county_reviewer_is_made_over_a_county(run: Any) -> None:
    words = ("--name", "曾敏之", "--unit", "青石坳村", "--role", "county")
    assert run("user", "add", "zengmz", *words).exit_code != 0
    assert run("user", "add", "zengmz", *words, "--area", "北峰县").exit_code == 0
    assert queries.grants_of(User.get(User.username == "zengmz"))[0].display_scope == "北峰县"


def test_the_first_admin_brings_their_unit_along(run: Any) -> None:
    words = ("user", "add", "first", "--name", "何静", "--unit", "新单位", "--role", "admin")
    assert run(*words).exit_code != 0
    assert run(*words, "--new-unit").exit_code == 0
    assert Unit.get(Unit.name == "新单位").initials == "xdw"


@pytest.mark.parametrize(
    "words",
    [
        ("zengmz", "--name", "曾", "--unit", "没有的单位", "--role", "cadre"),
        ("zengmz", "--name", "曾", "--unit", "青石坳村", "--role", "king"),
        ("zengmz", "--name", "曾", "--unit", "青石坳村"),
        ("xiaolin", "--name", "曾", "--unit", "青石坳村", "--role", "cadre"),
        ("Zeng Min", "--name", "曾", "--unit", "青石坳村", "--role", "cadre"),
        ("zengmz", "--name", " ", "--unit", "青石坳村", "--role", "cadre"),
        ("zengmz", "--name", "曾", "--unit", "青石坳村", "--role", "county", "--area", "南峰县"),
    ],
)
def test_what_cannot_be_ends_non_zero_and_makes_nobody(words: tuple[str, ...], run: Any) -> None:
    done = run("user", "add", *words)
    assert done.exit_code != 0
    assert "Traceback" not in done.output
    assert User.select().count() == 11


# --- import


def test_units_are_imported_from_a_file(run: Any, tmp_path: Path) -> None:
    file = written(tmp_path, "units", TOWN)
    looked = run("import", "units", file, "--check")
    assert (looked.exit_code, Unit.select().count()) == (0, 6)
    assert run("import", "units", file).exit_code == 0
    assert Unit.get(Unit.name == "松涧镇").area.name == "北峰县"


def test_mistakes_are_listed_with_their_rows_and_nothing_is_written(run: Any, tmp_path: Path) -> None:
    done = run("import", "units", written(tmp_path, "units", TOWN, {**TOWN, "name": "x", "area": "南峰县"}))
    assert done.exit_code == 1
    assert "row 3 片区" in done.output
    assert Unit.select().count() == 6


def test_users_are_imported_and_their_passwords_written_beside(run: Any, tmp_path: Path) -> None:
    result = tmp_path / "passwords.xlsx"
    file = written(tmp_path, "users", CADRE)
    assert run("import", "users", file, "--passwords", result).exit_code == 0
    lines = list(load_workbook(result).active.iter_rows(values_only=True))
    assert passwords.is_right(lines[1][3], User.get(User.username == "zengmz").password_hash)
    assert result.stat().st_mode & 0o077 == 0
    assert run("import", "users", file, "--passwords", result).exit_code != 0


def test_without_a_file_for_them_passwords_are_printed(run: Any, tmp_path: Path) -> None:
    done = run("import", "users", written(tmp_path, "users", CADRE))
    username, password = done.output.split()[:2]
    assert passwords.is_right(password, User.get(User.username == username).password_hash)


@pytest.mark.parametrize("words", [("user", "add"), ("import", "units"), ("import", "users")])
def test_each_command_explains_itself(words: tuple[str, ...], run: Any) -> None:
    done = run(*words, "--help")
    assert done.exit_code == 0
    assert "Usage" in done.output


def test_a_file_that_is_not_there_is_said(run: Any) -> None:
    assert run("import", "units", "/nowhere/units.xlsx").exit_code == 2
