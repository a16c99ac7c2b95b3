"""Questions about complaints and suggestions."""

from fieldwork.core.paging import Page, page_of
from fieldwork.feedback.models import Feedback
from fieldwork.people.models import Unit, User


def feedback_page(user: User, state: str | None, cursor: str | None) -> Page:
    """What this person may see, newest first, with who wrote it; `state` is open or answered."""
    query = (
        Feedback.visible_to(user)
        .select(Feedback, User, Unit)
        .left_outer_join(User, on=(Feedback.author == User.id), attr="author")
        .left_outer_join(Unit, on=(User.unit == Unit.id))
    )
    if state in {"open", "answered"}:
        query = query.where(Feedback.replied_at.is_null(state == "open"))
    return page_of(query, Feedback.id, cursor)
