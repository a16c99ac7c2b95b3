"""What an account form means: its references looked up, and what in it cannot be. Forms and sheets end here alike."""

from typing import Any
from uuid import UUID

from fieldwork.core.schemas import FieldErrors
from fieldwork.people import labels, spelling
from fieldwork.people.accounts.schemas import BAD_SCOPE, AccountIn
from fieldwork.people.models import Term, Unit, User

Columns = dict[str, Any]
GrantColumns = list[dict[str, Any]]


def checked(form: AccountIn, user: User | None = None) -> tuple[Columns, GrantColumns, FieldErrors]:
    """Column values of the account and of its grants, and the messages; with messages do not use the values."""
    errors: FieldErrors = {}
    unit = Unit.get_or_none(Unit.uid == form.unit)
    if unit is None:
        errors["unit"] = [labels.OBJECTIONS["unit_unknown"]]
    if _is_taken(form.username, user):
        errors["username"] = [labels.OBJECTIONS["username_taken"]]
    terms = _scopes({scope for _, scope in form.grants() if scope})
    if any(scope and scope not in terms for _, scope in form.grants()):
        errors["role"] = [BAD_SCOPE]
    return {**columns_of(form), "unit": unit}, [_grant(role, terms.get(scope)) for role, scope in form.grants()], errors


def columns_of(form: AccountIn) -> Columns:
    """The columns that need no looking up."""
    plain = form.model_dump(include={"name", "username", "post", "phone", "sort_key_override"})
    return plain | spelling.of_person(form.name, form.sort_key_override)


def _scopes(uids: set[UUID]) -> dict[UUID | None, Term]:
    if not uids:
        return {}
    found = Term.select().where(Term.uid.in_(list(uids)), Term.kind.in_(["area", "sector"]))
    return {term.uid: term for term in found}


def _grant(role: str, term: Term | None) -> dict[str, Any]:
    kind = term.kind if term else None
    return {"role": role, "area": term if kind == "area" else None, "sector": term if kind == "sector" else None}


def _is_taken(username: str, user: User | None) -> bool:
    same = User.select().where(User.username == username)
    return (same.where(User.id != user.id) if user else same).exists()
