"""The stages of review, which are data: the active ones in their order, and which comes next."""

from fieldwork import clock
from fieldwork.people.models import Term


def stages() -> list[Term]:
    """The stages in force this year, in order."""
    rows = Term.select().where(Term.kind == "stage", Term.is_active).order_by(Term.position, Term.id)
    return [stage for stage in rows if stage.is_valid_in(clock.today().year)]


def first_stage() -> Term | None:
    """Where a submitted case begins; None when the years of every stage are over."""
    return next(iter(stages()), None)


def stage_after(stage: Term) -> Term | None:
    """The stage that follows, also when this one has been switched off meanwhile; None after the last."""
    return next((later for later in stages() if (later.position, later.id) > (stage.position, stage.id)), None)
