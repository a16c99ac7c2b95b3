"""Every rule of the policy, proven for everybody of the town against one thing of the north county."""

from dataclasses import dataclass, field
from typing import Any

import pytest

from fieldwork.errors import Forbidden
from fieldwork.people.models import Grant, Term, User
from fieldwork.people.policy import RULES, may, require
from tests.support.cast import Cast
from tests.support.matrix import EVERYBODY

RECORDERS = "xiaolin laoma village stranger county east sector city office leader"
DESKS = "county city office"
READERS = "county east sector city office leader admin"

EXPECTED = {
    "public": " ".join(EVERYBODY),
    "member": " ".join(EVERYBODY),
    "record.create": RECORDERS,
    "record.edit": "xiaolin",
    "record.facts": f"xiaolin village laoma leader {DESKS}",
    "record.compare": f"village laoma leader {DESKS}",
    "problem.oversee": DESKS,
    "problem.raise": "xiaolin",
    "problem.lead": "village",
    "problem.handle": "village laoma",
    "problem.close": DESKS,
    "problem.correct": f"xiaolin {DESKS}",
    "problem.escalate": f"xiaolin village laoma {DESKS}",
    "problem.wait": f"village {DESKS}",
    "problem.look_back": "xiaolin laoma stranger county east sector city office leader",
    "ledger.export": "county east sector city office leader",
    "case.write": "xiaolin",
    "case.review": "county",
    "case.cultivate": DESKS,
    "case.promote": f"{DESKS} leader",
    "case.inside": "xiaolin county city office leader admin",
    "case.decide": "county east sector city office leader",
    "case.keep": "city office leader",
    "queue.work": "county east sector city leader",
    "briefing.read": READERS,
    "briefing.edit": "office",
    "briefing.issue": "office leader",
    "vocabulary.edit": "office admin",
    "unit.edit": "office admin",
    "people.manage": "admin",
    "audit.read": "admin",
    "settings.edit": "office admin",
    "feedback.answer": "office admin",
    "intake.adopt": "office",
    "insight.see": READERS,
    "photo.cover": f"xiaolin village laoma {DESKS}",
    "photo.uncover": "admin",
    "photo.check": DESKS,
    "photo.work": "county east sector city office",
}


@dataclass
class Thing:
    """What the rules ask of a record, with the north county's village as its place."""

    author_id: int
    author_unit_id: int
    unit_id: int
    area_id: int | None
    sector_id: int | None = None
    lead_unit_id: int | None = None
    solver_id: int | None = None
    handling_unit_ids: frozenset[int] = field(default_factory=frozenset)
    stage_role: str | None = None


@pytest.fixture
def thing(people: Cast) -> Thing:
    """Recorded by xiaolin at the village, which leads on it with laoma's agency helping; at the county's stage."""
    village, agency = people.units.stones.id, people.units.agency.id
    return Thing(
        author_id=people.xiaolin.id,
        author_unit_id=people.xiaolin.unit_id,
        unit_id=village,
        area_id=people.terms.north_county.id,
        lead_unit_id=village,
        handling_unit_ids=frozenset({village, agency}),
        stage_role="county",
    )


def allowed(people: Cast, permission: str, thing: Any) -> set[str]:
    return {name for name in EVERYBODY if may(getattr(people, name), permission, thing)}


def grant(user: User, role: str, area: Term | None = None, sector: Term | None = None) -> User:
    """The person with one more role, as read in the next request."""
    Grant.create(user=user, role=role, area=area, sector=sector)
    again: User = User.get_by_id(user.id)
    return again


def test_every_rule_is_proven_here() -> None:
    assert RULES.keys() == EXPECTED.keys()


@pytest.mark.parametrize("permission", sorted(EXPECTED))
def test_exactly_these_people_may(permission: str, people: Cast, thing: Thing) -> None:
    assert allowed(people, permission, thing) == set(EXPECTED[permission].split())


def test_whoever_may_not_is_told_so_by_a_refusal(people: Cast, thing: Thing) -> None:
    require(people.county, "problem.oversee", thing)
    with pytest.raises(Forbidden) as refused:
        require(people.east, "problem.oversee", thing)
    assert refused.value.status == 403


def test_a_permission_nobody_wrote_down_is_a_mistake_of_ours(people: Cast) -> None:
    with pytest.raises(KeyError):
        may(people.admin, "everything.do")


# --- blocks and lines


def test_a_head_of_a_sector_oversees_its_line_in_every_county(people: Cast, thing: Thing) -> None:
    thing.sector_id = people.terms.health.id
    for area in (people.terms.north_county, people.terms.east_county):
        thing.area_id = area.id
        assert may(people.sector, "problem.oversee", thing)
    thing.sector_id = people.terms.farming.id
    assert not may(people.sector, "problem.oversee", thing)


def test_a_role_over_a_district_covers_the_counties_inside_it(people: Cast, thing: Thing) -> None:
    laoma = grant(people.laoma, "county", area=people.terms.north)
    assert may(laoma, "problem.oversee", thing)
    thing.area_id = people.terms.east_county.id
    assert not may(laoma, "problem.oversee", thing)


def test_a_person_of_two_counties_oversees_both(people: Cast, thing: Thing) -> None:
    east = grant(people.east, "county", area=people.terms.north_county)
    assert may(east, "problem.oversee", thing)
    thing.area_id = people.terms.east_county.id
    assert may(east, "problem.oversee", thing)


def test_a_county_role_over_nothing_covers_nothing(people: Cast, thing: Thing) -> None:
    laoma = grant(people.laoma, "county")
    assert not may(laoma, "problem.oversee", thing)
    thing.area_id = thing.sector_id = None
    assert not may(laoma, "problem.oversee", thing)


def test_a_city_role_over_one_county_ends_at_its_border(people: Cast, thing: Thing) -> None:
    laoma = grant(people.laoma, "city", area=people.terms.east_county)
    assert not may(laoma, "problem.oversee", thing)
    thing.area_id = people.terms.east_county.id
    assert may(laoma, "problem.oversee", thing)


def test_a_thing_without_area_or_sector_is_for_those_over_everything(people: Cast, thing: Thing) -> None:
    thing.area_id = thing.sector_id = None
    assert allowed(people, "problem.oversee", thing) == {"city", "office"}


def test_two_roles_do_not_lend_each_other_their_reach(people: Cast, thing: Thing) -> None:
    """A leader over everything who reviews for the east does not oversee the north as a county reviewer."""
    leader = grant(people.leader, "county", area=people.terms.east_county)
    assert not may(leader, "problem.oversee", thing)
    assert not may(leader, "case.review", thing)
    assert may(leader, "case.promote", thing)


# --- who closes is never who handled


def test_nobody_of_the_lead_unit_closes_its_problem(people: Cast, thing: Thing) -> None:
    thing.lead_unit_id = people.county.unit_id
    assert allowed(people, "problem.close", thing) == {"city", "office"}


def test_whoever_solved_it_on_the_spot_does_not_close_it(people: Cast, thing: Thing) -> None:
    thing.lead_unit_id, thing.solver_id = None, people.county.id
    assert allowed(people, "problem.close", thing) == {"city", "office"}


def test_handling_needs_the_role_and_the_unit(people: Cast, thing: Thing) -> None:
    neighbour = User.create(username="neighbour", name="邻居", password_hash="", unit=people.units.stones)
    assert not may(neighbour, "problem.lead", thing)
    assert may(grant(neighbour, "handler"), "problem.lead", thing)
    thing.lead_unit_id, thing.handling_unit_ids = None, frozenset()
    assert allowed(people, "problem.lead", thing) == set()
    assert allowed(people, "problem.handle", thing) == set()


# --- 回避


def test_nobody_reviews_a_case_they_wrote(people: Cast, thing: Thing) -> None:
    thing.author_id = people.county.id
    assert allowed(people, "case.review", thing) == set()
    assert "county" not in allowed(people, "case.promote", thing)


def test_nobody_reviews_a_case_about_their_own_unit(people: Cast, thing: Thing) -> None:
    thing.unit_id = people.county.unit_id
    assert allowed(people, "case.review", thing) == set()
    assert "county" not in allowed(people, "case.cultivate", thing)


@pytest.mark.parametrize(("role", "reviewers"), [("city", {"city"}), ("leader", {"leader"}), (None, set())])
def test_a_case_is_reviewed_by_the_role_of_its_stage(
    role: str | None, reviewers: set[str], people: Cast, thing: Thing
) -> None:
    thing.stage_role = role
    assert allowed(people, "case.review", thing) == reviewers
