"""Random people try random moves on a case: none gets where they may not, every move leaves one entry and version."""

from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from fieldwork import journal
from fieldwork.cases import actions as authors
from fieldwork.cases.models import Case
from fieldwork.cases.schemas import Comment, Cultivation, Promotion, Reason, Return
from fieldwork.cases.states import AUTHORS_MOVES, MOVES, STATES
from fieldwork.core.db import database
from fieldwork.errors import Conflict, Forbidden
from fieldwork.records.models import Revision
from fieldwork.review import actions
from tests.review import making

WORDS = {
    "pass": Comment(),
    "return": Return(reason="请补充"),
    "decline": Reason(reason="不成熟"),
    "cultivate": Cultivation(mentor="曾敏"),
    "promote": Promotion(grade="county"),
    "archive": Comment(),
    "revoke": Reason(reason="不实"),
}
NAMES = ("xiaolin", "village", "stranger", "county", "east", "sector", "city", "office", "leader", "admin")


def attempt(actor: Any, case: Case, code: str) -> Case:
    if code in AUTHORS_MOVES:
        return authors.move(actor, case, code, case.version)
    return actions.decide(actor, case, code, case.version, WORDS[code])


STAGE_ROLES = {"recommend": {"county"}, "examine": {"city"}, "approve": {"leader"}}
PROMOTERS = {"county", "city", "office", "leader"}  # over the north county; xiaolin is the author, the village the unit
STARTS = {
    "submit": {"draft", "returned", "withdrawn", "cultivating"},
    "withdraw": {"in_review"},
    "pass": {"in_review"},
    "return": {"in_review"},
    "decline": {"in_review"},
    "cultivate": {"in_review", "banked"},
    "promote": {"banked", "promoted"},
    "archive": {"banked", "promoted"},
    "revoke": {"banked", "promoted"},
}


def is_permitted(name: str, code: str, case: Case) -> bool:
    """Who may do what, written down a second time: from product.md, not from the code."""
    if case.state not in STARTS[code]:
        return False
    if code in AUTHORS_MOVES:
        return name == "xiaolin"
    if code in {"pass", "return", "decline"}:
        return name in STAGE_ROLES[case.stage.code]
    if code == "cultivate":
        return name in {"county", "city", "office"}
    return name in (PROMOTERS if code == "promote" else {"city", "office", "leader"})


def machine_for(people: Any) -> type[RuleBasedStateMachine]:
    class CaseOnItsWay(RuleBasedStateMachine):
        @initialize()
        def begin(self) -> None:
            self.outer = database.atomic()
            self.written = self.outer.__enter__()
            self.case = making.draft(people)
            self.acts = 1

        @rule(name=st.sampled_from(NAMES), code=st.sampled_from(sorted(MOVES)))
        def somebody_tries(self, name: str, code: str) -> None:
            actor, before = getattr(people, name), Case.get_by_id(self.case.id)
            allowed = is_permitted(name, code, before)
            try:
                self.case = attempt(actor, before, code)
            except (Conflict, Forbidden):
                assert not allowed
                return
            assert allowed
            assert self.case.state in ({MOVES[code].target} if MOVES[code].target else {"in_review", "banked"})
            self.acts += 1

        @invariant()
        def every_move_left_one_entry_and_one_version(self) -> None:
            if hasattr(self, "case"):
                case = Case.get_by_id(self.case.id)
                assert case.state in STATES
                assert (case.stage_id is not None) == (case.state == "in_review")
                assert len(journal.history(case.uid)) == self.acts == case.version
                assert (
                    Revision.select().where(Revision.kind == "case", Revision.record_id == case.id).count() == self.acts
                )

        def teardown(self) -> None:
            if hasattr(self, "outer"):
                self.written.rollback()
                self.outer.__exit__(None, None, None)

    return CaseOnItsWay


def test_no_path_reaches_a_state_by_someone_who_may_not(app: Flask, people: Any) -> None:
    checks = [HealthCheck.too_slow, HealthCheck.filter_too_much]
    limits = settings(max_examples=25, stateful_step_count=30, deadline=None, suppress_health_check=checks)
    run_state_machine_as_test(machine_for(people), settings=limits)


PATHS = {
    "submit": [],
    "withdraw": [("xiaolin", "submit")],
    "pass": [("xiaolin", "submit")],
    "return": [("xiaolin", "submit")],
    "cultivate": [("xiaolin", "submit")],
    "decline": [("xiaolin", "submit")],
    "promote": [("xiaolin", "submit"), ("county", "pass"), ("city", "pass"), ("leader", "pass")],
    "archive": [("xiaolin", "submit"), ("county", "pass"), ("city", "pass"), ("leader", "pass")],
    "revoke": [("xiaolin", "submit"), ("county", "pass"), ("city", "pass"), ("leader", "pass")],
}
BY = {"submit": "xiaolin", "withdraw": "xiaolin", "promote": "leader", "archive": "office", "revoke": "office"}


@pytest.mark.parametrize("code", sorted(MOVES))
def test_every_move_of_the_table_can_be_made(app: Flask, people: Any, code: str) -> None:
    case = making.draft(people)
    for name, step in PATHS[code]:
        case = attempt(getattr(people, name), case, step)
    after = attempt(getattr(people, BY.get(code, "county")), case, code)
    assert after.version == case.version + 1
