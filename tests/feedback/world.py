"""What feedback adds to the two worlds of the matrix."""

from typing import Any

from fieldwork.feedback.actions import send
from fieldwork.feedback.schemas import FeedbackIn
from tests.support.cast import Cast


def things(people: Cast, worlds: dict[str, dict[str, Any]]) -> None:
    """One suggestion by the author of each world."""
    for world, author in (("north", people.xiaolin), ("east", people.stranger)):
        worlds[world]["feedback"] = send(author, FeedbackIn(text="报表太多"), "10.0.0.1")
