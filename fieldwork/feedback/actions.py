"""What is done with complaints and suggestions: sent, answered, never deleted."""

from fieldwork import clock, journal
from fieldwork.core.db import transaction
from fieldwork.errors import Stale
from fieldwork.feedback.models import Feedback
from fieldwork.feedback.schemas import Answer, FeedbackIn
from fieldwork.ids import uuid7
from fieldwork.people import throttle
from fieldwork.people.models import User
from fieldwork.people.turns import take_turn

SENT_MAX = 5


def send(actor: User | None, sent: FeedbackIn, address: str) -> Feedback:
    """Keep what somebody wrote; `actor` is None for one who is not logged in. The same form again is the same entry.

    Raises:
        TooMany: the fifth within a quarter of an hour, from one person or one address.
    """
    key = f"feedback:{actor.uid if actor else address}"[:100]
    with transaction():
        take_turn(key)
        known = Feedback.get_or_none(uid=sent.id, author=actor) if sent.id else None
        if known is not None:
            return known
        if throttle.is_closed(key, SENT_MAX):
            raise throttle.TooMany("too_much_feedback")
        throttle.note(key)
        kept = Feedback.create(
            uid=_free(sent), author=actor, text=sent.text, contact=sent.contact, page=sent.page, at=clock.now()
        )
        journal.write(actor, "feedback.sent", kept, states=("", "open"))
    return kept


def answer(actor: User, feedback: Feedback, seen_version: int, given: Answer) -> Feedback:
    """Answer it, or put another answer in place of the one seen; the journal keeps every wording.

    Raises:
        Stale: somebody else answered meanwhile.
    """
    values = {"reply": given.reply, "replied_by": actor, "replied_at": clock.now(), "version": Feedback.version + 1}
    with transaction():
        before = feedback.state
        seen = (Feedback.id == feedback.id) & (Feedback.version == seen_version)
        changed = Feedback.update(values).where(seen).execute()
        fresh = Feedback.get_by_id(feedback.id)
        if not changed:
            raise Stale(fresh, {"reply": given.reply})
        journal.write(actor, "feedback.answered", fresh, states=(before, "answered"), reply=given.reply)
    return fresh


def _free(sent: FeedbackIn) -> object:
    """The id the form came with, unless somebody else's entry has it."""
    is_taken = sent.id is not None and Feedback.select().where(Feedback.uid == sent.id).exists()
    return sent.id if sent.id and not is_taken else uuid7()
