"""Words in for visits."""

from datetime import date, time
from typing import Annotated, ClassVar, Literal
from uuid import UUID

from pydantic import AfterValidator, Field

from fieldwork import clock
from fieldwork.core.schemas import Line, Optionally, Text
from fieldwork.records.schemas import YEARS, Body, Content, RecordIn

UNITS_MAX = 20


def _has_been(day: date | None) -> date | None:
    if day is not None and (day.year not in YEARS or day > clock.today()):
        raise ValueError("日期不对，请填写已经过去的日期")
    return day


class VisitContent(Content):
    """What a visit says besides what every record does."""

    method: Literal["on_site", "talk", "household", "unannounced", "phone"] = "on_site"
    purpose: Annotated[Text, Field(max_length=2000)] = ""
    participants: Annotated[Text, Field(max_length=500)] = ""
    received_by: Line = ""
    advice: Text = ""
    more_units: list[UUID] = Field(default=[], max_length=UNITS_MAX)


class VisitIn(VisitContent, RecordIn):
    """A visit. `on_day` and `at_time` correct the phone's moment when recorded later; `draft` keeps it private."""

    on_day: Annotated[date | None, Optionally, AfterValidator(_has_been)] = None
    at_time: Annotated[time | None, Optionally] = None
    draft: bool = False


class VisitBody(Body, VisitContent):
    """A visit as a phone sends it: submitted, at the moment it names."""

    kind: Literal["visit"]
    draft: ClassVar[bool] = False
