"""The description of the API is true: every route is in it, and no call answers anything it does not say."""

import copy
import hashlib
import re
from collections.abc import Callable
from typing import Any

import pytest
import schemathesis
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import ValidationError
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from fieldwork import ids
from fieldwork.api.openapi import described_routes, document
from fieldwork.api.operations import OPERATIONS
from fieldwork.api.tus import CHUNK_KIND
from fieldwork.intake.kinds import KINDS
from tests.api.calling import MOMENT, Phone, body_of
from tests.support import worlds
from tests.support.cast import Cast

TAKEN = {"TokenRequest", "Have", "Health", "Place", "ListedPhoto", "VisitBody", "ProblemBody", "CaseBody"}
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
NOTHING_TO_SPOIL = {"describe", "spoken"}  # they take nothing that could be wrong
MODES = {"sound": GenerationMode.POSITIVE, "unsound": GenerationMode.NEGATIVE}
PROFILE = settings(
    max_examples=10,
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=list(HealthCheck),
)
only_sqlite = pytest.mark.parametrize("house", ["sqlite"], indirect=True)


@schemathesis.serializer(CHUNK_KIND)
def _chunk(_context: Any, value: Any) -> bytes:
    return value.data if hasattr(value, "data") else bytes(str(value), "utf-8", "replace")


# --- what is described


def test_every_route_of_the_api_and_no_other_is_described(app: Flask) -> None:
    served = {name for name, _, _ in described_routes()}
    assert served == OPERATIONS.keys()
    described = [one["operationId"] for path in document()["paths"].values() for one in path.values()]
    assert sorted(described) == sorted(served)


def test_the_description_is_public_and_not_sent_twice(app: Flask) -> None:
    first = app.test_client().get("/api/v1/openapi.json")
    assert first.status_code == 200 and first.json["openapi"] == "3.1.0"
    again = app.test_client().get("/api/v1/openapi.json", headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304 and again.data == b""


def test_every_reference_leads_somewhere(app: Flask) -> None:
    names = set(re.findall(r"#/components/schemas/(\w+)", str(document())))
    assert names and names <= document()["components"]["schemas"].keys()


@pytest.mark.parametrize("name", ["VisitBody", "ProblemBody", "CaseBody"])
def test_of_a_record_four_fields_and_one_of_title_and_text_are_required(app: Flask, name: str) -> None:
    schema = document()["components"]["schemas"][name]
    assert set(schema["required"]) == {"id", "kind", "captured_at", "unit"}
    assert [one["required"] for one in schema["anyOf"]] == [["title"], ["text"]]


@pytest.mark.parametrize("kind", KINDS)
def test_texts_are_as_long_as_the_description_allows_and_no_longer(app: Flask, people: Cast, kind: str) -> None:
    schema = document()["components"]["schemas"][f"{kind.capitalize()}Body"]
    longest = {name: field["maxLength"] for name, field in schema["properties"].items() if "maxLength" in field}
    assert longest["text"] == 20_000
    for name, length in longest.items():
        fitting = {name: "渠" * length}
        assert getattr(KINDS[kind].body(**body_of(kind, people.units.stones) | fitting), name) == fitting[name]
        with pytest.raises(ValidationError):
            KINDS[kind].body(**body_of(kind, people.units.stones) | {name: "渠" * (length + 1)})


@pytest.mark.parametrize("room", ["visits", "problems", "cases"])
def test_lists_take_the_filters_of_the_contract(app: Flask, room: str) -> None:
    named = [one["name"] for one in document()["paths"][f"/{room}"]["get"]["parameters"]]
    assert named[:9] == ["q", "state", "area", "type", "sector", "unit", "from", "to", "cursor"]


def test_only_the_description_the_tokens_and_the_tus_greeting_ask_for_no_login(app: Flask) -> None:
    calls = [one for path in document()["paths"].values() for one in path.values()]
    assert {one["operationId"] for one in calls if not one["security"]} == {"describe", "make_token", "spoken"}


# --- what is answered


@pytest.fixture
def described(app: Flask) -> Any:
    """The description, made strict: an answer may hold no field that is not named in it."""
    strict = copy.deepcopy(document())
    for name, schema in strict["components"]["schemas"].items():
        if name not in TAKEN and "properties" in schema:
            schema["additionalProperties"] = False
    schema = schemathesis.openapi.from_dict(strict)
    schema.app = app
    return schema


@pytest.fixture
def real(app: Flask, people: Cast, drawn_jpeg: bytes) -> Callable[[Any], None]:
    """Puts ids of the town into a case, so that more than refusals is tried."""
    phone, made = Phone(app, people.xiaolin), worlds.make(people)["north"]
    case_id = phone.put(body_of("case", people.units.stones)).json["id"]
    uploads = {"Tus-Resumable": "1.0.0", "Content-Type": CHUNK_KIND}
    begun = phone.call("POST", "/uploads", headers={**uploads, "Upload-Length": "3"}, data=b"a").headers["Location"]
    phone.call("POST", "/uploads", headers={**uploads, "Upload-Length": str(len(drawn_jpeg))}, data=drawn_jpeg)
    known = {
        "visits": str(made["visit"].uid),
        "problems": str(made["problem"].uid),
        "cases": case_id,
        "uploads": begun.rsplit("/", 1)[1],
        "photos": hashlib.sha256(drawn_jpeg).hexdigest(),
    }

    def put_in(case: Any) -> None:
        if case.method == "PUT" and isinstance(case.body, dict) and "kind" in case.body:
            case.body |= {"unit": str(people.units.stones.uid), "captured_at": MOMENT, "visit": known["visits"]}
            case.body |= {name: [] for name in ("programmes", "visits", "problems", "more_units") if name in case.body}
            case.body |= {name: "" for name in ("category", "case_type") if name in case.body}
            case.body["id"] = case.path_parameters["uid"] = str(ids.uuid7())
        elif case.path_parameters:
            name = next(iter(case.path_parameters))
            case.path_parameters[name] = known[case.path.split("/")[1]]

    return put_in


def _operations(described: Any) -> list[Any]:
    return [found.ok() for found in described.get_all_operations()]


def _bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}", "Accept-Encoding": "identity"}


def first_of(operation: Any) -> Any:
    """A sound case of a call, the same every time."""
    found: list[Any] = []

    @settings(PROFILE, max_examples=1)
    @given(case=operation.as_strategy())
    def keep(case: Any) -> None:
        found.append(case)

    keep()
    return found[0]


def conforms(described: Any, name: str, mode: str, token: str, amend: Callable[[Any], None]) -> None:
    operation = next(one for one in _operations(described) if one.definition.raw["operationId"] == name)

    @PROFILE
    @given(case=operation.as_strategy(generation_mode=MODES[mode]), is_real=st.booleans())
    def run(case: Any, is_real: bool) -> None:
        if is_real:
            amend(case)
        case.call_and_validate(headers=_bearer(token), checks=CHECKS)

    run()


@only_sqlite
@pytest.mark.parametrize(
    ("name", "mode"),
    [(name, mode) for name in sorted(OPERATIONS) for mode in MODES if mode == "sound" or name not in NOTHING_TO_SPOIL],
)
def test_a_call_answers_only_what_is_described(
    app: Flask, people: Cast, described: Any, real: Callable[[Any], None], name: str, mode: str
) -> None:
    conforms(described, name, mode, Phone(app, people.xiaolin).token, real)


@only_sqlite
@pytest.mark.parametrize("name", sorted(OPERATIONS))
def test_refusals_too_are_described(app: Flask, people: Cast, described: Any, name: str) -> None:
    operation = next(one for one in _operations(described) if one.definition.raw["operationId"] == name)
    sends, admin = Phone(app, people.xiaolin, "send").token, Phone(app, people.admin).token
    answers = [first_of(operation).call_and_validate(headers=_bearer(token), checks=CHECKS) for token in (sends, admin)]
    nobody = first_of(operation).call_and_validate(headers=_bearer("none"), checks=CHECKS)
    assert (nobody.status_code == 401) is bool(operation.definition.raw["security"]) or name == "make_token"
    assert all(answer.status_code < 500 for answer in answers)
