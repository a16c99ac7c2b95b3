"""Words in: a unit as the office enters it, by form or by sheet."""

import re
from collections.abc import Callable
from typing import Annotated, Literal
from uuid import UUID

from pydantic import AfterValidator, Field, ValidationInfo, field_validator

from fieldwork.core.schemas import Form, Line, Optionally, RequiredLine

NO_DEGREES = "应在 -{most} 到 {most} 之间"
HALF_A_PLACE = "纬度和经度要么都填，要么都不填"
BAD_PINYIN = "只能用字母和空格，如 zhong an zhen"

PINYIN = re.compile(r"[a-z ]*")


def _as_pinyin(text: str) -> str:
    letters = " ".join(text.lower().split())
    if not PINYIN.fullmatch(letters):
        raise ValueError(BAD_PINYIN)
    return letters


def _within(most: int) -> Callable[[float], float]:
    def check(degrees: float) -> float:
        if not abs(degrees) <= most:  # "not <=" also refuses what is no number
            raise ValueError(NO_DEGREES.format(most=most))
        return degrees

    return check


Pinyin = Annotated[Line, Field(max_length=100), AfterValidator(_as_pinyin)]
Choice = Annotated[UUID | None, Optionally]
Latitude = Annotated[Annotated[float, AfterValidator(_within(90))] | None, Optionally]
Longitude = Annotated[Annotated[float, AfterValidator(_within(180))] | None, Optionally]
Flag = Literal["is_key", "is_window", "is_of_public_concern"]


class UnitIn(Form):
    """A unit. `parent` is a unit's uid; `area`, `sector` and `unit_type` are uids of terms."""

    name: Annotated[RequiredLine, Field(max_length=100)]
    short_name: Annotated[Line, Field(max_length=50)] = ""
    parent: Choice = None
    area: UUID
    sector: Choice = None
    unit_type: UUID
    flags: list[Flag] = []
    lat: Latitude = None
    lon: Longitude = Field(default=None, validate_default=True)
    has_watermark: bool = False
    contact: Annotated[Line, Field(max_length=100)] = ""
    sort_key_override: Pinyin = ""

    @field_validator("lon")
    @classmethod
    def _is_whole_place(cls, value: float | None, info: ValidationInfo) -> float | None:
        if "lat" in info.data and (value is None) != (info.data["lat"] is None):
            raise ValueError(HALF_A_PLACE)
        return value
