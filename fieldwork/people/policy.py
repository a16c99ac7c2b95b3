"""Who may do what: one rule a permission. Rules read attributes only, so they know no room; `may` is the one question.

Which rows exist for a person is the other half: `visible_to` of each table.
"""

from collections.abc import Callable
from typing import Any

from fieldwork.errors import Forbidden
from fieldwork.people.models import User
from fieldwork.people.reach import reach_of

Rule = Callable[[User, Any], bool]

# --- the words rules are made of


def anyone(user: User, thing: Any) -> bool:
    return True


def holds(*roles: str) -> Rule:
    """The person holds one of these roles, over whatever part."""
    return lambda user, thing: user.has_role(*roles)


def oversees(*roles: str) -> Rule:
    """One of these roles of the person covers the thing's area or sector."""
    return lambda user, thing: reach_of(user, *roles).covers(thing)


def is_author(user: User, thing: Any) -> bool:
    return thing.author_id == user.id


def is_inside(user: User, thing: Any) -> bool:
    """Who sees a record for the work on it; not who sees it only because it has become a model for everybody."""
    is_own = thing.author_id == user.id or thing.author_unit_id == user.unit_id
    return is_own or reach_of(user).covers(thing)


def is_lead(user: User, thing: Any) -> bool:
    """The person handles for the unit that leads on the problem."""
    return thing.lead_unit_id is not None and thing.lead_unit_id == user.unit_id and user.has_role("handler")


def is_handler(user: User, thing: Any) -> bool:
    """The person handles for the lead unit or one that helps it."""
    return user.has_role("handler") and user.unit_id in getattr(
        thing, "handling_unit_ids", ()
    )  # only problems have any


def is_outside_the_lead(user: User, thing: Any) -> bool:
    """Who closes is never who handled: not of the lead unit, and not who solved it on the spot."""
    return user.unit_id != thing.lead_unit_id and user.id != thing.solver_id


def is_not_own(user: User, thing: Any) -> bool:
    """回避: neither the author of the case nor anybody of the unit it is about."""
    return thing.author_id != user.id and thing.unit_id != user.unit_id


def is_at_own_stage(user: User, thing: Any) -> bool:
    """The case stands at a review stage whose role the person holds over it."""
    return thing.stage_role is not None and reach_of(user, thing.stage_role).covers(thing)


def both(*rules: Rule) -> Rule:
    return lambda user, thing: all(rule(user, thing) for rule in rules)


def either(*rules: Rule) -> Rule:
    return lambda user, thing: any(rule(user, thing) for rule in rules)


# --- the rules

RECORDERS = holds("cadre", "handler", "county", "city", "office", "leader")
DESKS = oversees("county", "city", "office")

RULES: dict[str, Rule] = {
    "public": anyone,
    "member": anyone,
    "record.create": RECORDERS,
    "record.edit": is_author,
    "record.facts": either(is_author, is_handler, oversees("county", "city", "office", "leader")),
    "record.compare": either(is_handler, oversees("county", "city", "office", "leader")),
    "problem.oversee": DESKS,
    "problem.raise": is_author,
    "problem.lead": is_lead,
    "problem.handle": is_handler,
    "problem.close": both(DESKS, is_outside_the_lead),
    "problem.correct": either(is_author, DESKS),
    "problem.escalate": either(is_author, is_handler, DESKS),
    "problem.wait": either(is_lead, DESKS),
    "problem.look_back": both(RECORDERS, is_outside_the_lead),
    "ledger.export": holds("county", "city", "office", "leader"),
    "case.write": is_author,
    "case.review": both(is_at_own_stage, is_not_own),
    "case.cultivate": both(DESKS, is_not_own),
    "case.promote": both(oversees("county", "city", "office", "leader"), is_not_own),
    "case.inside": is_inside,
    "case.decide": holds("county", "city", "office", "leader"),
    "case.keep": oversees("city", "office", "leader"),
    "queue.work": holds("county", "city", "leader"),
    "photo.cover": either(is_author, is_handler, DESKS),
    "photo.uncover": holds("admin"),
    "photo.check": DESKS,
    "photo.work": holds("county", "city", "office"),
    "briefing.read": holds("county", "city", "office", "leader", "admin"),
    "briefing.edit": holds("office"),
    "briefing.issue": holds("office", "leader"),
    "vocabulary.edit": holds("office", "admin"),
    "unit.edit": holds("office", "admin"),
    "people.manage": holds("admin"),
    "audit.read": holds("admin"),
    "settings.edit": holds("admin", "office"),
    "feedback.answer": holds("office", "admin"),
    "intake.adopt": holds("office"),
    "insight.see": holds("county", "city", "office", "leader", "admin"),
}


def may(user: User, permission: str, thing: Any = None) -> bool:
    """Whether the person may do this (to this thing). An unknown permission is a mistake of ours: KeyError."""
    return RULES[permission](user, thing)


def require(user: User, permission: str, thing: Any = None) -> None:
    """Raise Forbidden unless the person may."""
    if not may(user, permission, thing):
        raise Forbidden("not_yours_to_do", permission=permission)
