"""Words in: what the office decides about a submission in its box."""

from typing import Literal
from uuid import UUID

from fieldwork.core.schemas import Form, RequiredText


class Adoption(Form):
    """The unit it belongs to, and whose record it becomes: that of who wrote it, or of who adopts it.

    `leave_out`: without the visits, problems and terms it names and that are not here.
    """

    unit: UUID
    attributed_to: Literal["writer", "oneself"]
    leave_out: bool = False


class Refusal(Form):
    """Why it becomes no record."""

    reason: RequiredText
