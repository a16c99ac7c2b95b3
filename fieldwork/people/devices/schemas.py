"""Words in: a device and how it is doing."""

from datetime import datetime
from typing import Annotated

from pydantic import AfterValidator, AwareDatetime, Field

from fieldwork.core.schemas import Form, Line, RequiredLine

BYTES_MAX = 2**62
YEARS = range(2000, 2100)


def _if_of_our_time(moment: datetime | None) -> datetime | None:
    return moment if moment is not None and moment.year in YEARS else None


Count = Annotated[int, Field(ge=0, le=1_000_000)]
Bytes = Annotated[int, Field(ge=0, le=BYTES_MAX)]


class NewDevice(Form):
    """What the phone calls itself on its owner's page."""

    name: Annotated[RequiredLine, Field(max_length=100)]


class Health(Form):
    """How a phone is doing: records not sent yet, the oldest of them, its storage, the version of the app on it."""

    app_version: Annotated[Line, Field(max_length=40)] = ""
    unsent: Count | None = None
    oldest_unsent_at: Annotated[AwareDatetime | None, AfterValidator(_if_of_our_time)] = None
    used_bytes: Bytes | None = None
    quota_bytes: Bytes | None = None
    is_persistent: bool | None = None
