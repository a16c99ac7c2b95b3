"""Words in: what a page keeps of a form while it is typed. Text that must not be sent is not kept here either."""

from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Field

from fieldwork.core.hanzi.sending import sendable
from fieldwork.core.schemas import Form, Text

FIELDS_MAX = 500


def _as_pairs(value: Any) -> Any:
    """Fields by name, one value each or several, as the pairs a form would send."""
    if not isinstance(value, dict):
        return value
    several = {name: held if isinstance(held, list) else [held] for name, held in value.items()}
    return [(name, one) for name, held in several.items() for one in held]


def _may_be_kept(value: str) -> str:
    return sendable(value, keep_phones=True)


Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_-]{0,40}$")]
Pair = tuple[Name, Annotated[Text, AfterValidator(_may_be_kept)]]


class DraftIn(Form):
    """A form under way: of which kind of record, and its fields as typed."""

    kind: Literal["visit", "problem", "case"]
    fields: Annotated[list[Pair], Field(max_length=FIELDS_MAX), BeforeValidator(_as_pairs)]
