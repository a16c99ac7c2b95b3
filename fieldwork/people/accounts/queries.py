"""Questions about accounts."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from peewee import Expression

from fieldwork.core.paging import Page
from fieldwork.errors import NotFound
from fieldwork.people import queries
from fieldwork.people.models import Grant, Unit, User
from fieldwork.people.name_pages import page_by_name
from fieldwork.people.units.options import letters_of

BLANK_ROWS = 2


def account_page(asked: Mapping[str, str], cursor: str | None) -> Page:
    """A page of accounts in pinyin order, with unit and roles. Filters: q, role, state (on, off)."""
    query = User.select(User, Unit).join(Unit)
    if asked.get("q"):
        query = query.where(_matches(asked["q"].strip()))
    if asked.get("role"):
        query = query.where(User.id.in_(Grant.select(Grant.user).where(Grant.role == asked["role"])))
    if asked.get("state") in {"on", "off"}:
        query = query.where(User.is_active == (asked["state"] == "on"))
    found = page_by_name(query, User, cursor)
    _hand_out_grants(found.items)
    return found


def account_of(uid: UUID) -> User:
    """The account with its unit.

    Raises:
        NotFound: there is none.
    """
    found: User | None = User.select(User, Unit).join(Unit).where(User.uid == uid).first()
    if found is None:
        raise NotFound
    return found


def form_of(user: User) -> dict[str, Any]:
    """The account as its form would send it."""
    plain = {name: getattr(user, name) for name in ("name", "username", "post", "phone", "sort_key_override")}
    grants = queries.grants_of(user)
    scopes = [term.uid if term else "" for term in (grant.area or grant.sector for grant in grants)]
    return plain | {"unit": user.unit.uid, "role": [grant.role for grant in grants], "scope": scopes}


def rows_of(typed: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The rows of roles and scopes the form shows: those typed, and blank ones for more."""
    scopes = [*typed.get("scope", []), *[""] * len(typed.get("role", []))]
    rows = [(role, str(scope)) for role, scope in zip(typed.get("role", []), scopes, strict=False) if role]
    return rows + [("", "")] * BLANK_ROWS


def _matches(q: str) -> Expression:
    found = User.name.contains(q) | User.username.startswith(q)
    letters = letters_of(q)
    return found | User.initials.startswith(letters) | User.pinyin.startswith(letters) if letters else found


def _hand_out_grants(users: list[User]) -> None:
    """Give each of these people their roles, read in one query."""
    by_id: dict[int, list[Grant]] = {user.id: [] for user in users}
    for grant in Grant.select().where(Grant.user.in_(list(by_id))).order_by(Grant.id):
        by_id[grant.user_id].append(grant)
    for user in users:
        user.held_grants = by_id[user.id]
