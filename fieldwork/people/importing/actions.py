"""Writing an imported sheet: all of it or nothing, in one transaction."""

from collections.abc import Sequence

from fieldwork.core.db import transaction
from fieldwork.people import acts, passwords
from fieldwork.people.accounts import actions as accounts
from fieldwork.people.accounts.actions import Made
from fieldwork.people.importing.units import UnitEntry
from fieldwork.people.importing.users import UserEntry
from fieldwork.people.models import Unit, User
from fieldwork.people.units import actions as units


def import_units(actor: User | None, entries: Sequence[UnitEntry]) -> list[Unit]:
    """Add the planned units, each after the one it stands below."""
    made: dict[int, Unit] = {}
    with transaction():
        for entry in entries:
            above = made[entry.above] if isinstance(entry.above, int) else entry.above
            made[entry.row] = units.add(actor, {**entry.columns, "parent": above})
        acts.record(actor, "unit.imported", None, count=len(made))
    return list(made.values())


def import_users(actor: User | None, entries: Sequence[UserEntry]) -> list[Made]:
    """Make the planned accounts with one-time passwords, which are kept nowhere: only now are they known."""
    keys = [passwords.one_time() for _ in entries]
    kept = [passwords.hash_of_one_time(key) for key in keys]
    with transaction():
        made = [
            Made(accounts.enter(actor, entry.columns, entry.grants, hashed), key)
            for entry, key, hashed in zip(entries, keys, kept, strict=True)
        ]
        acts.record(actor, "user.imported", None, count=len(made))
    return made
