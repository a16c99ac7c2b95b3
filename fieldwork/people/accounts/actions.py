"""What the administrator does with accounts: make, change, reset the password, close. None is ever deleted."""

from dataclasses import dataclass

from fieldwork.core.db import transaction
from fieldwork.errors import Conflict
from fieldwork.people import acts, changes, labels, passwords, queries
from fieldwork.people.accounts.checks import Columns, GrantColumns
from fieldwork.people.changes import Words
from fieldwork.people.devices.actions import revoke_all
from fieldwork.people.devices.models import FULL
from fieldwork.people.models import Grant, User
from fieldwork.people.turns import take_turn

ADMINS = "admins"  # whoever changes roles takes this turn, so that two who demote each other do not both succeed


@dataclass(frozen=True)
class Made:
    """An account and the password that opens it once; the password is kept nowhere."""

    user: User
    password: str


def add(actor: User | None, columns: Columns, grants: GrantColumns) -> Made:
    """Make an account with a one-time password, to be changed at the first login."""
    password = passwords.one_time()
    return Made(enter(actor, columns, grants, passwords.hash_of_one_time(password)), password)


def enter(actor: User | None, columns: Columns, grants: GrantColumns, password_hash: str) -> User:
    """Write a new account down, with the hash of the password that opens it the first time.

    Raises:
        Conflict: somebody was faster with this username.
    """
    with transaction():
        take_turn(f"username:{columns['username']}")
        if User.select().where(User.username == columns["username"]).exists():
            raise Conflict("username_taken")
        user = User.create(**columns, password_hash=password_hash)
        _grant(user, grants)
        acts.record(actor, "user.created", user, username=user.username, name=user.name, roles=_roles(user))
    return user


def change(actor: User, user: User, seen_version: int, columns: Columns, grants: GrantColumns) -> User:
    """Change an account and its roles.

    Raises:
        Stale: somebody changed it meanwhile.
        Conflict: it would leave nobody who administers.
    """
    wanted = described(User(**columns), [Grant(**grant) for grant in grants])
    with transaction():
        take_turn(ADMINS)
        before = described(user)
        changes.touch(user, seen_version, columns, (before, wanted))
        Grant.delete().where(Grant.user == user).execute()
        _grant(user, grants)
        _keep_an_admin()
        fresh: User = User.get_by_id(user.id)
        acts.record(actor, "user.changed", fresh, **changes.differing(before, described(fresh)))
    return fresh


def reset_password(actor: User, user: User) -> Made:
    """A new one-time password; whoever is logged in under this account is logged out."""
    password = passwords.one_time()
    kept = passwords.hash_of_one_time(password)
    with transaction():
        epoch = {"session_epoch": User.session_epoch + 1, "version": User.version + 1}
        User.update(password_hash=kept, must_change_password=True, **epoch).where(User.id == user.id).execute()
        revoke_all(user, FULL)
        acts.record(actor, "user.password_reset", user)
    return Made(User.get_by_id(user.id), password)


def set_activity(actor: User, user: User, is_active: bool) -> User:
    """Close an account, or open it again. Its records stay, under its name.

    Raises:
        Conflict: it is the actor's own, or the last that administers.
    """
    if user.id == actor.id and not is_active:
        raise Conflict("own_account")
    with transaction():
        take_turn(ADMINS)
        changed: User = changes.set_activity(actor, user, is_active)
        _keep_an_admin()
    return changed


def described(user: User, grants: list[Grant] | None = None) -> Words:
    """An account as people read it, by field."""
    held = queries.grants_of(user) if grants is None else grants
    return {
        "name": user.name,
        "username": user.username,
        "unit": user.unit.name,
        "post": user.post,
        "phone": user.phone,
        "sort_key_override": user.sort_key_override,
        "role": labels.COMMA.join(
            labels.GRANT.format(role=grant.display_role, scope=grant.display_scope) for grant in held
        ),
    }


def _grant(user: User, grants: GrantColumns) -> None:
    for grant in grants:
        Grant.create(user=user, **grant)


def _roles(user: User) -> list[str]:
    return sorted(grant.role for grant in queries.grants_of(user))


def _keep_an_admin() -> None:
    if not Grant.select().join(User).where(Grant.role == "admin", User.is_active).exists():
        raise Conflict("last_admin")
