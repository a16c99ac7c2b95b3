"""Commands about people: `user add`, `import units`, `import users`. cli.py adds COMMANDS to the app."""

from collections.abc import Sequence
from pathlib import Path

import click
from flask.cli import AppGroup

from fieldwork.core.db import database
from fieldwork.core.schemas import FieldErrors, read
from fieldwork.people import spelling
from fieldwork.people.accounts import actions as accounts
from fieldwork.people.accounts import checks
from fieldwork.people.accounts.schemas import AccountIn
from fieldwork.people.importing import actions as importing
from fieldwork.people.importing.documents import password_sheet
from fieldwork.people.importing.plans import Plan, read_plan
from fieldwork.people.importing.sheets import Fault
from fieldwork.people.models import ROLES, Term, Unit
from fieldwork.people.units import actions as units

SHEET = click.Path(path_type=Path, exists=True, dir_okay=False)
NEW_FILE = click.Path(path_type=Path, dir_okay=False, writable=True)

user = AppGroup("user", help="People who can log in.")
imports = AppGroup("import", help="Units and users from xlsx files: all of a file or nothing.")
COMMANDS = (user, imports)


@user.command("add")
@click.argument("username")
@click.option("--name", required=True, help="The person's name.")
@click.option("--unit", required=True, help="Name or code of the person's unit.")
@click.option("--role", "roles", multiple=True, required=True, type=click.Choice(ROLES), help="May be given again.")
@click.option("--area", default="", help="Name or code of the area that county, city, office or leader is over.")
@click.option("--new-unit", is_flag=True, help="Make the unit when there is none of this name.")
def add_user(username: str, name: str, unit: str, roles: Sequence[str], area: str, new_unit: bool) -> None:
    """Make an account and print its one-time password."""
    with database.obj.connection_context():
        scope = str(_area(area).uid) if area else ""
        sent = {
            "username": username,
            "name": name,
            "unit": str(_unit(unit, new_unit).uid),
            "role": list(roles),
            "scope": [scope] * len(roles),
        }
        form, errors = read(AccountIn, sent)
        if form is None:
            raise _refusal(errors)
        columns, grants, errors = checks.checked(form)
        if errors:
            raise _refusal(errors)
        made = accounts.add(None, columns, grants)
    click.echo(f"{made.user.username}\t{made.password}")


@imports.command("units")
@click.argument("file", type=SHEET)
@click.option("--check", is_flag=True, help="Only look the file over; write nothing.")
def import_units(file: Path, check: bool) -> None:
    """Add the units of an xlsx file (the template is on the page 管理, 导入单位)."""
    with database.obj.connection_context():
        plan = _plan("units", file)
        if not check:
            importing.import_units(None, plan.entries)
    click.echo(f"{len(plan.entries)} units {'would be added' if check else 'added'}")


@imports.command("users")
@click.argument("file", type=SHEET)
@click.option("--passwords", type=NEW_FILE, help="Write the one-time passwords to this xlsx instead of printing them.")
@click.option("--check", is_flag=True, help="Only look the file over; write nothing.")
def import_users(file: Path, passwords: Path | None, check: bool) -> None:
    """Make the accounts of an xlsx file (the template is on the page 管理, 导入用户)."""
    if passwords is not None and passwords.exists():
        raise click.ClickException(f"{passwords} is already there")
    with database.obj.connection_context():
        plan = _plan("users", file)
        made = [] if check else importing.import_users(None, plan.entries)
        rows = [(one.user.name, one.user.username, one.user.unit.name, one.password) for one in made]
    if passwords is not None and rows:
        passwords.touch(mode=0o600)
        passwords.write_bytes(password_sheet(rows))
    for row in [] if passwords else rows:
        click.echo(f"{row[1]}\t{row[3]}")
    click.echo(f"{len(plan.entries)} users {'would be added' if check else 'added'}", err=True)


def _plan(kind: str, file: Path) -> Plan:
    with file.open("rb") as opened:
        plan = read_plan(kind, opened)
    if plan.faults:
        for fault in plan.faults:
            click.echo(_line(fault), err=True)
        raise click.ClickException(f"{len(plan.faults)} mistakes, nothing was written")
    return plan


def _line(fault: Fault) -> str:
    where = [f"row {fault.row}" if fault.row else "file", fault.column]
    return f"{' '.join(filter(None, where))}: {fault.words}"


def _unit(text: str, may_make: bool) -> Unit:
    found = list(Unit.select().where((Unit.name == text) | (Unit.code == text)).limit(2))
    if not found and may_make:
        return units.add(None, {"name": text, **spelling.of_unit(text)})
    if len(found) != 1:
        raise click.ClickException(f"{'several units are' if found else 'no unit is'} called {text}")
    return found[0]


def _area(text: str) -> Term:
    found = list(Term.select().where(Term.kind == "area", (Term.name == text) | (Term.code == text)).limit(2))
    if len(found) != 1:
        raise click.ClickException(f"{'several areas are' if found else 'no area is'} called {text}")
    return found[0]


def _refusal(errors: FieldErrors) -> click.ClickException:
    return click.ClickException("; ".join(f"{field}: {' '.join(words)}" for field, words in errors.items()))
