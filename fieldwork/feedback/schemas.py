"""Words in: a complaint or suggestion, and the answer to one."""

from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, BeforeValidator, Field

from fieldwork.core.hanzi.cleaning import clean
from fieldwork.core.hanzi.sending import sendable
from fieldwork.core.schemas import Form, Line, Optionally, RequiredText

PAGE_MAX = 300


def _may_be_sent(text: str) -> str:
    return sendable(text, keep_phones=True)


def _as_path(text: str) -> str:
    return text if text.startswith("/") and len(text) <= PAGE_MAX else ""


Sendable = Annotated[RequiredText, AfterValidator(_may_be_sent)]


class FeedbackIn(Form):
    """What the form sends. `id` is made with the page, so that a form sent twice is one entry."""

    id: Annotated[UUID | None, Optionally] = None
    text: Sendable
    contact: Annotated[Line, Field(max_length=100), AfterValidator(_may_be_sent)] = ""
    page: Annotated[str, BeforeValidator(clean), AfterValidator(_as_path)] = ""


class Answer(Form):
    """The answer of the office."""

    reply: Sendable
