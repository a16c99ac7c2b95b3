"""Words in: an account as the administrator enters it, by form or by sheet."""

import re
from itertools import zip_longest
from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, Field, ValidationInfo, field_validator

from fieldwork.core.schemas import Form, Line, RequiredLine
from fieldwork.people.models import ROLES, UNIT_ROLES
from fieldwork.people.schemas import Username
from fieldwork.people.units.schemas import Pinyin

BAD_USERNAME = "用户名由 2 至 64 个小写字母、数字或 . _ - 组成，以字母或数字开头"
NO_ROLE = "至少选一个角色"
NO_SUCH_ROLE = "没有这个角色，请重新选择"
NO_COUNTY = "县级审核员要选定片区或系统"
BAD_SCOPE = "没有这个范围，请重新选择"
TWICE = "同一角色、同一范围只写一次"

USERNAME = re.compile(r"[a-z0-9][a-z0-9._-]{1,63}")
EVERYWHERE = ""

GrantIn = tuple[str, UUID | None]
"""A role and the uid of the area or sector it is over; None for everything."""


def _as_account_name(name: str) -> str:
    if not USERNAME.fullmatch(name):
        raise ValueError(BAD_USERNAME)
    return name


AccountName = Annotated[Username, AfterValidator(_as_account_name)]


class AccountIn(Form):
    """An account. `role` and `scope` are lists that go together; a row without a role is no row."""

    name: Annotated[RequiredLine, Field(max_length=50)]
    username: AccountName
    unit: UUID
    post: Annotated[Line, Field(max_length=50)] = ""
    phone: Annotated[Line, Field(max_length=20)] = ""
    sort_key_override: Pinyin = ""
    scope: list[str] = []
    role: list[str] = Field(default=[], validate_default=True)

    @field_validator("role")
    @classmethod
    def _makes_sense(cls, roles: list[str], info: ValidationInfo) -> list[str]:
        rows = _rows(roles, info.data.get("scope", []))
        if not rows:
            raise ValueError(NO_ROLE)
        if any(role not in ROLES for role, _ in rows):
            raise ValueError(NO_SUCH_ROLE)
        if any(role == "county" and scope == EVERYWHERE for role, scope in rows):
            raise ValueError(NO_COUNTY)
        if len(set(rows)) < len(rows):
            raise ValueError(TWICE)
        return roles

    @field_validator("scope")
    @classmethod
    def _are_uids(cls, scopes: list[str]) -> list[str]:
        for scope in scopes:
            if scope != EVERYWHERE and not _is_uid(scope):
                raise ValueError(BAD_SCOPE)
        return scopes

    def grants(self) -> list[GrantIn]:
        """The roles asked for."""
        return [(role, UUID(scope) if scope else None) for role, scope in _rows(self.role, self.scope)]


def _rows(roles: list[str], scopes: list[str]) -> list[tuple[str, str]]:
    """Each role with its scope; roles that go with the person's own unit have none."""
    pairs = zip_longest(roles, scopes[: len(roles)], fillvalue=EVERYWHERE)
    return [(role, EVERYWHERE if role in (*UNIT_ROLES, "admin") else scope) for role, scope in pairs if role]


def _is_uid(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True
