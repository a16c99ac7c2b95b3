"""Words in for cases and for what reviewers say of them."""

from datetime import date
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Field, ValidationInfo, field_validator

from fieldwork.core.schemas import Form, Line, Optionally, RequiredLine, RequiredText, Text
from fieldwork.records.schemas import Body, Content, RecordIn, sendable

SUMMARY_MAX = 200
SOURCES_MAX = 50
PINNED_FIELDS = ("title", "summary", "background", "text", "effect", "lessons", "conditions", "photos")
DEMO_NEEDS_DOCUMENT = "评为示范须填写所依据文件的文号"


class CaseContent(Content):
    """What a case says; `text` is the practice. Only what every record requires is required to keep it."""

    summary: Annotated[Text, Field(max_length=SUMMARY_MAX)] = ""
    background: Text = ""
    effect: Text = ""
    lessons: Text = ""
    conditions: Text = ""
    authors: Line = ""
    contact: Line = ""
    case_type: Line = ""
    visits: list[UUID] = Field(default=[], max_length=SOURCES_MAX)
    problems: list[UUID] = Field(default=[], max_length=SOURCES_MAX)


class CaseIn(CaseContent, RecordIn):
    """A case as its author's form sends it."""


class CaseBody(Body, CaseContent):
    """A case as a phone sends it: a draft of its author."""

    kind: Literal["case"]


class Decision(Form):
    """What is said with a decision; its texts are held to the same rules as a record's, but phone numbers may stand."""

    @field_validator("*", mode="after")
    @classmethod
    def _may_be_sent(cls, value: Any) -> Any:
        return sendable(value, keep_phones=True) if isinstance(value, str) else value


class Comment(Decision):
    """A word with a decision; may be left out."""

    comment: Text = ""


class Reason(Decision):
    """A decision that must say why."""

    reason: RequiredText


class Return(Decision):
    """Why a case goes back, and comments pinned to its fields ({field: comment}, empty ones dropped)."""

    reason: RequiredText
    pins: dict[Literal[PINNED_FIELDS], Text] = {}  # type: ignore[valid-type]

    @field_validator("pins", mode="before")
    @classmethod
    def _only_said(cls, value: Any) -> Any:
        if not isinstance(value, dict):
            return value
        return {field: text.strip() for field, text in value.items() if text.strip()}

    @field_validator("pins", mode="after")
    @classmethod
    def _pins_may_be_sent(cls, value: dict[str, str]) -> dict[str, str]:
        return {field: sendable(text, keep_phones=True) for field, text in value.items()}


class Cultivation(Decision):
    """Who accompanies the unit, and until when."""

    mentor: RequiredLine
    until: Annotated[date | None, Optionally] = None
    comment: Text = ""


class Promotion(Decision):
    """The grade of a model; 示范 only with the number of the document it rests on."""

    grade: Literal["county", "city", "demo"]
    document: Line = Field(default="", validate_default=True)
    comment: Text = ""

    @field_validator("document", mode="after")
    @classmethod
    def _demo_rests_on_a_document(cls, value: str, info: ValidationInfo) -> str:
        if info.data.get("grade") == "demo" and not value:
            raise ValueError(DEMO_NEEDS_DOCUMENT)
        return value
