"""Words in for every record: the fields they share; no text of theirs goes through that must not be sent."""

from datetime import UTC, datetime
from typing import Annotated, Any, ClassVar
from uuid import UUID

from pydantic import AfterValidator, AwareDatetime, ConfigDict, Field, ValidationInfo, field_validator

from fieldwork.core.hanzi.sending import sendable
from fieldwork.core.schemas import Form, Line, Optionally, Text
from fieldwork.photos.limits import PHOTOS_MAX

NOTHING_SAID = "请写一句话"
NO_SUCH_TIME = "时间不对，请检查手机的日期"
PHONES_BELONG_IN = frozenset({"contact"})
PROGRAMMES_MAX = 50
VERSION_MAX = 999_999_999  # more never was a version, and databases cannot hold it
HALF_THE_EARTH_M = 20_037_508.0  # nothing can be further off
YEARS = range(2000, 2100)  # a clock may be off by days or, after a flat battery, by decades; not by centuries


def _says(field: str) -> dict[str, Any]:
    return {"required": [field], "properties": {field: {"minLength": 1}}}


def _of_our_time(moment: datetime) -> datetime:
    if moment.year not in YEARS:
        raise ValueError(NO_SUCH_TIME)
    return moment


def _if_of_our_time(moment: datetime | None) -> datetime | None:
    """A camera whose clock was never set keeps no record from being sent."""
    return moment if moment is not None and moment.year in YEARS else None


def _to_a_centimetre(degrees: float) -> float:
    """What no phone can measure, some databases cannot hold either."""
    return round(degrees, 7)


def _on_earth(metres: float) -> float:
    return min(round(metres, 2), HALF_THE_EARTH_M)


# the limits stand inside the union: outside they would be asked of None too
NorthDegrees = Annotated[float, Field(ge=-90, le=90, allow_inf_nan=False), AfterValidator(_to_a_centimetre)]
EastDegrees = Annotated[float, Field(ge=-180, le=180, allow_inf_nan=False), AfterValidator(_to_a_centimetre)]
Accuracy = Annotated[float, Field(ge=0, allow_inf_nan=False), AfterValidator(_on_earth)]
Latitude = Annotated[NorthDegrees | None, Optionally]
Longitude = Annotated[EastDegrees | None, Optionally]
Metres = Annotated[Accuracy | None, Optionally]
Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
Moment = Annotated[AwareDatetime, AfterValidator(_of_our_time)]


class Content(Form):
    """What a visit, problem or case says, however it comes in. Required: a unit, and one of title and text.

    `mask` hides phone numbers, `keep_phones` lets them stand; with neither they are pointed out once.
    """

    mask: bool = False
    keep_phones: bool = False
    unit: UUID
    visit: Annotated[UUID | None, Optionally] = None
    title: Line = ""
    text: Text = Field(default="", validate_default=True)
    captured_at: Annotated[Moment | None, Optionally] = None
    place_note: Line = ""
    programmes: list[Line] = Field(default=[], max_length=PROGRAMMES_MAX)

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

    def moment(self) -> dict[str, datetime | int]:
        """When it was captured, in UTC, and the offset of the phone's clock; nothing when it was not said."""
        if self.captured_at is None:
            return {}
        offset = self.captured_at.utcoffset()
        return {
            "captured_at": self.captured_at.astimezone(UTC),
            "captured_offset_min": int(offset.total_seconds() // 60) if offset is not None else 0,
        }


class RecordIn(Content):
    """A record as a form sends it.

    `id` is made by the form (UUIDv7), so that the same form sent twice is one record. `held` are photos received
    before; files of the same request are added to them by the view. `gone` are photos the record shall show no more.
    """

    is_whole: ClassVar[bool] = False

    id: Annotated[UUID | None, Optionally] = None
    lat: Latitude = None
    lon: Longitude = None
    accuracy_m: Metres = None
    held: list[Sha256] = Field(default=[], max_length=PHOTOS_MAX)
    gone: list[Sha256] = []

    def point(self) -> dict[str, float | None]:
        """The place, when the phone gave a whole one."""
        if self.lat is None or self.lon is None:
            return {}
        return {"lat": self.lat, "lon": self.lon, "accuracy_m": self.accuracy_m}


class Place(Form):
    """A point in WGS-84 degrees, and how far it may be off."""

    lat: NorthDegrees
    lon: EastDegrees
    accuracy_m: Accuracy | None = None


class ListedPhoto(Form):
    """A photo that a record lists, by the SHA-256 of its bytes; it may arrive before the record or after."""

    sha256: Sha256
    caption: Line = ""
    taken_at: Annotated[AwareDatetime | None, AfterValidator(_if_of_our_time)] = None


class Body(Content):
    """A record as a phone or program sends it: whole, under the id it was given when it was begun.

    `base_version` is the version that was changed, 0 for a new record. `photos` are all that the record shows; they may
    arrive before it or after.
    """

    model_config = ConfigDict(json_schema_extra={"anyOf": [_says("title"), _says("text")]})
    is_whole: ClassVar[bool] = True

    id: UUID
    base_version: int = Field(default=0, ge=0, le=VERSION_MAX)
    captured_at: Moment
    place: Place | None = None
    photos: list[ListedPhoto] = Field(default=[], max_length=PHOTOS_MAX)

    @field_validator("photos", mode="after")
    @classmethod
    def _captions_may_be_sent(cls, value: list[ListedPhoto], info: ValidationInfo) -> list[ListedPhoto]:
        mask, keep = info.data.get("mask", False), info.data.get("keep_phones", False)
        return [
            photo.model_copy(update={"caption": sendable(photo.caption, mask=mask, keep_phones=keep)})
            for photo in value
        ]

    @property
    def held(self) -> list[str]:
        """The photos listed, each once, in their order."""
        return list(dict.fromkeys(photo.sha256 for photo in self.photos))

    @property
    def captions(self) -> dict[str, str]:
        """The words to the photos, by sha256."""
        return {photo.sha256: photo.caption for photo in self.photos}

    @property
    def taken(self) -> dict[str, datetime]:
        """When the phone says they were taken, by sha256, as far as it says so."""
        return {photo.sha256: photo.taken_at for photo in self.photos if photo.taken_at is not None}

    def point(self) -> dict[str, float | None]:
        """The place, as columns."""
        return self.place.model_dump() if self.place else {}
