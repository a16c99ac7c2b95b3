"""Words in: a problem as it is recorded, and what must be said with each move."""

from datetime import date
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import AfterValidator, Field, ValidationInfo, field_validator

from fieldwork import clock
from fieldwork.core.schemas import Form, Line, Optionally, RequiredLine, RequiredText, Text
from fieldwork.records.schemas import PHOTOS_MAX, Body, Content, RecordIn, Sha256, sendable

CO_HANDLERS_MAX = 10
YEARS_AHEAD_MAX = 10

Urgency = Literal["normal", "pressing", "urgent"]
Level = Literal["", "city", "county", "township", "village"]
Verdict = Literal["", "satisfied", "mostly", "dissatisfied"]


def _not_past(day: date) -> date:
    if day < clock.today():
        raise ValueError("日期已经过去，请重新选择")
    if day.year > clock.today().year + YEARS_AHEAD_MAX:
        raise ValueError("日期太远，请重新选择")
    return day


ComingDay = Annotated[date, AfterValidator(_not_past)]
MaybeComingDay = Annotated[date | None, Optionally, AfterValidator(lambda day: day and _not_past(day))]


class ProblemContent(Content):
    """What a problem says. `category` is the code of a term; `solved`, when given, how it was solved on the spot."""

    category: Line = ""
    level: Level = ""
    urgency: Urgency = "normal"
    raised_by: Annotated[Line, Field(max_length=100)] = ""
    cause: Text = ""
    suggestion: Text = ""
    solved: Text = ""


class ProblemIn(ProblemContent, RecordIn):
    """A problem as the form sends it."""


class ProblemBody(Body, ProblemContent):
    """A problem as a phone sends it."""

    kind: Literal["problem"]


class Answer(Form):
    """What is said with a move; its texts are held to the same rules as a record's."""

    mask: bool = False
    keep_phones: bool = False

    @field_validator("*", mode="after")
    @classmethod
    def _may_be_sent(cls, value: Any, info: ValidationInfo) -> Any:
        if not isinstance(value, str):
            return value
        return sendable(value, mask=info.data.get("mask", False), keep_phones=info.data.get("keep_phones", False))


class Comment(Answer):
    comment: Text = ""


class Reason(Answer):
    reason: RequiredText


class WithPhotos(Answer):
    """`held` are photos received before; files of the same request are added by the view."""

    held: list[Sha256] = Field(default=[], max_length=PHOTOS_MAX)


class Progress(WithPhotos):
    comment: RequiredText


class Solution(WithPhotos):
    done: RequiredText


class Handlers(Answer):
    lead_unit: UUID
    co_handlers: list[UUID] = Field(default=[], max_length=CO_HANDLERS_MAX)


class Assignment(Handlers):
    due_on: ComingDay
    requirement: Text = ""


class Transfer(Handlers):
    reason: RequiredText
    due_on: MaybeComingDay = None


class Closing(Answer):
    """`verdict` is the raiser's, when it was had; a dissatisfied one must be explained."""

    verdict: Verdict = ""
    comment: Text = Field(default="", validate_default=True)

    @field_validator("comment", mode="after")
    @classmethod
    def _explains_dissatisfaction(cls, value: str, info: ValidationInfo) -> str:
        if not value and info.data.get("verdict") == "dissatisfied":
            raise ValueError("反映人不满意仍要销号的，请写明理由")
        return value


class Return(Answer):
    reason: RequiredText
    due_on: MaybeComingDay = None


class ExtensionRequest(Answer):
    until: ComingDay
    reason: RequiredText


class Waiting(Answer):
    party: RequiredLine
    reason: Text = ""


class Shelving(Answer):
    reason: RequiredText
    look_again_on: ComingDay


class Resumption(Answer):
    due_on: ComingDay
    comment: Text = ""


class Coordination(Answer):
    asked: RequiredLine
    reply: Text = ""
    result: Text = ""
    settled: bool = False


class Merger(Answer):
    """`into` is the number of the problem that goes on."""

    into: RequiredLine
    comment: Text = ""


class LookBack(Answer):
    fixed: Literal["yes", "no"]
    comment: Text = ""
