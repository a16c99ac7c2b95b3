"""Words in for every record: the fields they share; no text of theirs goes through that must not be sent."""

from datetime import UTC, datetime
from typing import Annotated, Any
from uuid import UUID

from pydantic import AwareDatetime, Field, ValidationInfo, field_validator

from fieldwork.core.hanzi.sending import sendable
from fieldwork.core.schemas import Form, Line, Optionally, Text
from fieldwork.photos.limits import PHOTOS_MAX

NOTHING_SAID = "请写一句话，说明看到、听到的情况"
PHONES_BELONG_IN = frozenset({"contact"})

# the limits stand inside the union: outside they would be asked of None too
Latitude = Annotated[Annotated[float, Field(ge=-90, le=90, allow_inf_nan=False)] | None, Optionally]
Longitude = Annotated[Annotated[float, Field(ge=-180, le=180, allow_inf_nan=False)] | None, Optionally]
Metres = Annotated[Annotated[float, Field(ge=0, allow_inf_nan=False)] | None, Optionally]
Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


class RecordIn(Form):
    """What a visit, problem or case is recorded with. Required: a unit, and one of title and text.

    `id` is made by the form (UUIDv7), so that the same form sent twice is one record. `held` are photos received
    before; files of the same request are added to them by the view. `gone` are photos the record shall show no more.
    `mask` hides phone numbers, `keep_phones` lets them stand; with neither they are pointed out once.
    """

    id: Annotated[UUID | None, Optionally] = None
    mask: bool = False
    keep_phones: bool = False
    unit: UUID
    visit: Annotated[UUID | None, Optionally] = None
    title: Line = ""
    text: Text = Field(default="", validate_default=True)
    captured_at: Annotated[AwareDatetime | None, Optionally] = None
    lat: Latitude = None
    lon: Longitude = None
    accuracy_m: Metres = None
    place_note: Line = ""
    programmes: list[str] = []
    held: list[Sha256] = Field(default=[], max_length=PHOTOS_MAX)
    gone: list[Sha256] = []

    @field_validator("*", mode="after")
    @classmethod
    def _may_be_sent(cls, value: Any, info: ValidationInfo) -> Any:
        if not isinstance(value, str):
            return value
        if info.field_name in PHONES_BELONG_IN:
            return sendable(value, keep_phones=True)
        return sendable(value, mask=info.data.get("mask", False), keep_phones=info.data.get("keep_phones", False))

    @field_validator("text", mode="after")
    @classmethod
    def _says_something(cls, value: str, info: ValidationInfo) -> str:
        if not value and not info.data.get("title", "?"):
            raise ValueError(NOTHING_SAID)
        return value

    def place(self) -> dict[str, float | None]:
        """The point, when the phone gave a whole one."""
        if self.lat is None or self.lon is None:
            return {}
        return {"lat": self.lat, "lon": self.lon, "accuracy_m": self.accuracy_m}

    def moment(self) -> dict[str, datetime | int]:
        """When it was captured, in UTC, and the offset of the phone's clock; nothing when the form did not say."""
        if self.captured_at is None:
            return {}
        offset = self.captured_at.utcoffset()
        return {
            "captured_at": self.captured_at.astimezone(UTC),
            "captured_offset_min": int(offset.total_seconds() // 60) if offset is not None else 0,
        }
