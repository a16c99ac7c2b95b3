"""Words in: one row of a sheet of units or of users, still with names where the tables have references."""

import re
from typing import Annotated

from pydantic import BeforeValidator, Field, ValidationInfo, field_validator

from fieldwork.core.schemas import Form, Line, RequiredLine
from fieldwork.people.accounts.schemas import AccountName
from fieldwork.people.importing.labels import NO, YES
from fieldwork.people.units.schemas import HALF_A_PLACE, Latitude, Longitude, Pinyin

BAD_FLAG = "请填“是”或“否”"
SEPARATORS = re.compile(r"[、,，;；\s]+")


def _as_flag(text: object) -> bool:
    if text not in {YES, NO, ""}:
        raise ValueError(BAD_FLAG)
    return text == YES


def _as_list(text: object) -> list[str]:
    return [word for word in SEPARATORS.split(str(text or "")) if word]


Flag = Annotated[bool, BeforeValidator(_as_flag)]
Several = Annotated[list[str], BeforeValidator(_as_list)]


class UnitRow(Form):
    """A row of the sheet of units."""

    name: Annotated[RequiredLine, Field(max_length=100)]
    short_name: Annotated[Line, Field(max_length=50)] = ""
    parent: Line = ""
    area: RequiredLine
    sector: Line = ""
    unit_type: RequiredLine
    is_key: Flag = False
    is_window: Flag = False
    is_of_public_concern: Flag = False
    lat: Latitude = None
    lon: Longitude = Field(default=None, validate_default=True)
    contact: Annotated[Line, Field(max_length=100)] = ""
    sort_key_override: Pinyin = ""

    @field_validator("lon")
    @classmethod
    def _is_whole_place(cls, value: float | None, info: ValidationInfo) -> float | None:
        if "lat" in info.data and (value is None) != (info.data["lat"] is None):
            raise ValueError(HALF_A_PLACE)
        return value


class UserRow(Form):
    """A row of the sheet of users; roles and scopes are words, several of them separated by 、."""

    name: Annotated[RequiredLine, Field(max_length=50)]
    username: AccountName
    unit: RequiredLine
    post: Annotated[Line, Field(max_length=50)] = ""
    phone: Annotated[Line, Field(max_length=20)] = ""
    roles: Annotated[Several, Field(min_length=1)]
    scopes: Several = []
    sort_key_override: Pinyin = ""
