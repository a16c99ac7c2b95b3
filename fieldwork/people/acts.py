"""What is done in this room and belongs into the journal. The journal stands on the floor above (its entries name
people), so it cannot be called from here: it listens."""

from collections.abc import Callable
from typing import Any

from fieldwork.people.models import User

Journal = Callable[..., Any]
_journals: list[Journal] = []


def listen(journal: Journal) -> None:
    """Tell `journal(actor, action, subject, **detail)` of every act from now on; connected once, at start."""
    if journal not in _journals:
        _journals.append(journal)


def record(actor: User | None, action: str, subject: Any = None, **detail: Any) -> None:
    """Write an act down, in the transaction under way.

    Raises:
        LookupError: nobody listens; an act must never go unrecorded.
    """
    if not _journals:
        raise LookupError(action)
    for journal in _journals:
        journal(actor, action, subject, **detail)
