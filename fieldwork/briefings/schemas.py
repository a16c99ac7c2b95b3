"""Words in for issues and their items."""

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from fieldwork.core.schemas import Form, Line, Optionally, RequiredLine, RequiredText, Text
from fieldwork.records.marking import BY_UNIT, Choice
from fieldwork.records.schemas import Sha256

LONG_LINE = 500


class BriefingIn(Form):
    """The head and the foot of an issue."""

    masthead: Annotated[RequiredLine, Field(max_length=20)]
    organ: Annotated[RequiredLine, Field(max_length=60)]
    title: Line = ""
    dated: Annotated[date | None, Optionally] = None
    editors_note: Annotated[Text, Field(max_length=3000)] = ""
    report_to: Annotated[Text, Field(max_length=LONG_LINE)] = ""
    send_to: Annotated[Text, Field(max_length=LONG_LINE)] = ""
    distribute_to: Annotated[Text, Field(max_length=LONG_LINE)] = ""
    copies: Annotated[int, Field(ge=1, le=100_000)] = 60
    watermark: Choice = BY_UNIT


class ItemChosen(Form):
    """A case or problem put into the issue, or a free text begun."""

    item_kind: Literal["case", "problem", "text"]
    record: Annotated[UUID | None, Optionally] = None


class ItemIn(Form):
    """The text of an item as it will be printed, and the photos that go with it."""

    heading: RequiredLine
    body: RequiredText
    photos: list[Sha256] = Field(default=[], max_length=30)


class Step(Form):
    """One place up or down."""

    step: Literal["up", "down"]


class Comment(Form):
    """Why it goes back."""

    comment: RequiredText


class Nothing(Form):
    """A move that asks for no words."""
