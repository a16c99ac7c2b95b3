"""A sheet of users: its columns, and the plan that its rows amount to. Nothing is written here."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

from fieldwork.core.xlsx.columns import Column, RowIn
from fieldwork.people import labels as people
from fieldwork.people import queries, spelling
from fieldwork.people.importing import labels
from fieldwork.people.importing.lookups import Names, all_units, terms_by_kind
from fieldwork.people.importing.schemas import UserRow
from fieldwork.people.importing.sheets import Faults, checked_rows, columns
from fieldwork.people.models import UNIT_ROLES, Term, User

REQUIRED = ("name", "username", "unit", "roles")
PLAIN = ("name", "username", "post", "phone", "sort_key_override")
ROLES = {words: role for role, words in people.ROLES.items()}


@dataclass(frozen=True)
class UserEntry:
    """An account to be made, with the roles it will hold."""

    row: int
    columns: dict[str, Any]
    grants: list[dict[str, Any]]


def user_columns() -> list[Column]:
    """The columns of the sheet, with what may be chosen in them."""
    scopes = [term.name for kind in ("area", "sector") for term in queries.terms_in_use(kind)]
    return columns(labels.USER_TITLES, REQUIRED, {"roles": list(ROLES), "scopes": scopes})


def plan_users(rows: Sequence[RowIn]) -> tuple[list[UserEntry], Faults]:
    """The accounts to make, and every mistake; with mistakes do not use the entries."""
    faults = Faults(labels.USER_TITLES)
    checked = checked_rows(UserRow, rows, faults)
    terms, units = terms_by_kind("area", "sector"), all_units()
    entries = [_entry(number, row, terms, units, faults) for number, row in checked]
    _refuse_twins(entries, faults)
    return entries, faults


def _entry(number: int, row: UserRow, terms: dict[str, Names], units: Names, faults: Faults) -> UserEntry:
    found = units.find(row.unit) if row.unit else [None]
    if len(found) != 1:
        faults.add(number, "unit", "several_units" if found else "unknown_unit", value=row.unit)
    for words in row.roles:
        if words not in ROLES:
            faults.add(number, "roles", "unknown_role", value=words)
    scopes = _scopes(number, row.scopes, terms, faults)
    roles = [ROLES[words] for words in dict.fromkeys(row.roles) if words in ROLES]
    if "county" in roles and not row.scopes:
        faults.add(number, "scopes", "county_scope")
    plain = {key: getattr(row, key) for key in PLAIN}
    columns = {**plain, **spelling.of_person(row.name, row.sort_key_override), "unit": found[0] if found else None}
    return UserEntry(number, columns, _grants(roles, scopes))


def _scopes(number: int, names: Sequence[str], terms: dict[str, Names], faults: Faults) -> list[Term]:
    scopes = []
    for name in dict.fromkeys(names):
        found = terms["area"].find(name) + terms["sector"].find(name)
        if len(found) == 1:
            scopes.append(found[0])
        else:
            faults.add(number, "scopes", "several_terms" if found else "unknown_scope", value=name)
    return scopes


def _grants(roles: Sequence[str], scopes: Sequence[Term]) -> list[dict[str, Any]]:
    """Each role over each scope; those of the own unit and the administrator's over nothing in particular."""
    plain = [{"role": role} for role in roles if role in (*UNIT_ROLES, "admin") or not scopes]
    bounded = [role for role in roles if role not in (*UNIT_ROLES, "admin")]
    return plain + [{"role": role, scope.kind: scope} for role, scope in product(bounded, scopes)]


def _refuse_twins(entries: Sequence[UserEntry], faults: Faults) -> None:
    names = [entry.columns["username"] for entry in entries]
    there = {user.username for user in User.select(User.username).where(User.username.in_(names))} if names else set()
    first: dict[str, int] = {}
    for entry in entries:
        name = entry.columns["username"]
        if not name:
            continue  # said already
        if name in there:
            faults.add(entry.row, "username", "username_exists")
        elif name in first:
            faults.add(entry.row, "username", "username_twice", first=first[name])
        first.setdefault(name, entry.row)
