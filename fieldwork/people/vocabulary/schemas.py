"""Words in: one entry of a vocabulary."""

from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field, ValidationInfo, field_validator

from fieldwork.core.schemas import Form, Optionally, RequiredLine

YEARS_CROSSED = "停用年份不能早于启用年份"

Year = Annotated[Annotated[int, Field(ge=1949, le=2999)] | None, Optionally]


class TermIn(Form):
    """An entry and the years it is in use. `parent` is a term's uid; `role` is whose turn it is at a review stage."""

    name: Annotated[RequiredLine, Field(max_length=100)]
    parent: Annotated[UUID | None, Optionally] = None
    role: Annotated[Literal["county", "city", "leader"] | None, Optionally] = None
    first_year: Year = None
    last_year: Year = None

    @field_validator("last_year")
    @classmethod
    def _is_not_before(cls, value: int | None, info: ValidationInfo) -> int | None:
        first = info.data.get("first_year")
        if value is not None and first is not None and value < first:
            raise ValueError(YEARS_CROSSED)
        return value
