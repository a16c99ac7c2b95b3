"""Every call of the API, in words for programs: what it takes, what it answers. Paths, methods, and who may call, are
read from the routes themselves."""

from dataclasses import dataclass, field
from typing import Any

from pydantic import BaseModel

from fieldwork.api import answers, schemas, tus
from fieldwork.cases.schemas import CaseBody
from fieldwork.people.devices.schemas import Health
from fieldwork.photos.routes import ORIGINAL, SIZES
from fieldwork.problems.schemas import ProblemBody
from fieldwork.visits.schemas import VisitBody

PROBLEM_JSON = "application/problem+json"
TEXT: dict[str, Any] = {"type": "string"}
NUMBER: dict[str, Any] = {"type": "integer", "minimum": 0}
UUID_TEXT: dict[str, Any] = {"type": "string", "format": "uuid"}

Schema = type[BaseModel] | dict[str, Any]


@dataclass(frozen=True)
class Parameter:
    """A parameter beside those of the path, which the route tells of."""

    name: str
    words: str
    schema: dict[str, Any] = field(default_factory=lambda: TEXT)
    place: str = "query"
    required: bool = False


@dataclass(frozen=True)
class Reply:
    """What comes with one status: a JSON body (a model or schema), or bytes of these kinds, or nothing; headers."""

    words: str
    body: Schema | None = None
    kinds: tuple[str, ...] = ("application/json",)
    headers: tuple[str, ...] = ()


@dataclass(frozen=True)
class Operation:
    """A call. `refusals` are the statuses of problem+json besides those that its route and its body bring with them."""

    words: str
    replies: dict[int, Reply]
    takes: type[BaseModel] | None = None
    takes_bytes: str = ""
    parameters: tuple[Parameter, ...] = ()
    refusals: tuple[int, ...] = ()


def _cached(words: str, body: Schema) -> dict[int, Reply]:
    return {200: Reply(words, body, headers=("ETag",)), 304: Reply("Unchanged since the ETag in If-None-Match")}


DAY = {"type": "string", "format": "date"}
FILTERS = (
    Parameter("q", "Words looked for in the full text"),
    Parameter("state", "A state of this kind of record"),
    Parameter("area", "Code of an area; those below it are meant too"),
    Parameter("type", "Code of a unit type"),
    Parameter("sector", "Code of a sector"),
    Parameter("unit", "UUID or code of a unit"),
    Parameter("from", "Captured on this day or later, in the municipality's zone", DAY),
    Parameter("to", "Captured on this day or earlier", DAY),
    Parameter("cursor", "`next` of the page before"),
)
ETAG = Parameter("If-None-Match", "ETag of the answer that is held", place="header")
NEAR = Parameter("near", "lat,lon in WGS-84 degrees; anything else is as none")
SIZE = Parameter(
    "size", "Pixels of the longer side, 1280 when not named; the original for its sender", {"enum": [*SIZES, ORIGINAL]}
)


def _put(words: str, body: type[BaseModel]) -> Operation:
    replies = {
        200: Reply("The same content was here before: the same receipt; or the record was changed", answers.Receipt),
        201: Reply("Kept as a new record, or put into the office's box", answers.Receipt),
        409: Reply("The record had changed: both texts are kept", answers.OtherVersion),
    }
    return Operation(words, replies, takes=body, refusals=(403, 404, 410, 507))


def _get(words: str, body: type[BaseModel]) -> Operation:
    return Operation(words, {200: Reply("The record", body)})


def _list(words: str, body: type[BaseModel], *more: Parameter) -> Operation:
    return Operation(words, {200: Reply("A page of 20", body)}, parameters=FILTERS + more)


# --- uploads: tus 1.0.0

SPOKEN = Parameter("Tus-Resumable", "Version of the protocol", {"const": tus.VERSION}, "header", required=True)
LENGTH = Parameter("Upload-Length", "Bytes of the whole", NUMBER, "header", required=True)
OFFSET = Parameter("Upload-Offset", "Bytes that are here already", NUMBER, "header", required=True)
METADATA = Parameter("Upload-Metadata", "sha256, filename, record; values in base64", place="header")
CHECKSUM = Parameter("Upload-Checksum", "sha1 or sha256 of this chunk, in base64", place="header")
STATE = ("Tus-Resumable", "Upload-Offset", "Upload-Expires")
UPLOAD_REFUSALS = (404, 410, 412)
CHUNK_REFUSALS = (400, 409, 410, 412, 413, 415, 422, 460, 507)

# --- all calls, by endpoint

OPERATIONS: dict[str, Operation] = {
    "describe": Operation("This description", _cached("OpenAPI 3.1", {"type": "object"}), parameters=(ETAG,)),
    "make_token": Operation(
        "A token for a device",
        {201: Reply("The token, told this once", answers.Token)},
        takes=schemas.TokenRequest,
        refusals=(401, 403, 429),
    ),
    "me": Operation("Who one is", _cached("The person", answers.Person), parameters=(ETAG,)),
    "report": Operation(
        "How this phone is doing; only its owner sees it", {204: Reply("Noted")}, takes=Health, refusals=(403,)
    ),
    "units": Operation("Units in use", _cached("The units", answers.Units), parameters=(NEAR, ETAG)),
    "vocabulary": Operation(
        "All vocabularies, by kind",
        _cached("The entries by kind, in their order", answers.Vocabulary),
        parameters=(ETAG,),
    ),
    "have": Operation("Which records and photos are held", {200: Reply("Those held", answers.Held)}, schemas.Have),
    "put_visit": _put("Send a visit", VisitBody),
    "put_problem": _put("Send a problem", ProblemBody),
    "put_case": _put("Send a case", CaseBody),
    "get_visit": _get("A visit", answers.Visit),
    "get_problem": _get("A problem", answers.Problem),
    "get_case": _get("A case", answers.Case),
    "list_visits": _list("The visits one may see, newest first", answers.Visits),
    "list_problems": _list("The problems one may see, newest first", answers.Problems),
    "list_cases": _list("The cases one may see, newest first", answers.Cases),
    "photo": Operation(
        "A photo that a record shows which one may see, or that one has sent",
        {
            200: Reply("The picture", kinds=("image/*",), headers=("ETag", "Cache-Control")),
            206: Reply("The part asked for", kinds=("image/*",)),
            304: Reply("Unchanged"),
        },
        parameters=(SIZE, ETAG, Parameter("Range", "A part of it", place="header")),
        refusals=(404, 416),
    ),
    "spoken": Operation(
        "What of tus is spoken here",
        {204: Reply("See the headers", headers=("Tus-Resumable", *tus.SPOKEN))},
    ),
    "begin": Operation(
        "Begin an upload, with or without its first chunk",
        {201: Reply("Begun", headers=("Location", *STATE))},
        takes_bytes=tus.CHUNK_KIND,
        parameters=(SPOKEN, LENGTH, METADATA, CHECKSUM),
        refusals=CHUNK_REFUSALS,
    ),
    "state": Operation(
        "How far an upload is",
        {200: Reply("See the headers", headers=("Upload-Length", *STATE))},
        parameters=(SPOKEN,),
        refusals=UPLOAD_REFUSALS,
    ),
    "append": Operation(
        "Send a chunk; with the last one the photo is received",
        {204: Reply("Safe up to the offset in the headers", headers=STATE)},
        takes_bytes=tus.CHUNK_KIND,
        parameters=(SPOKEN, OFFSET, CHECKSUM),
        refusals=(404, *CHUNK_REFUSALS),
    ),
    "cancel": Operation(
        "Forget an upload; a photo it has become stays",
        {204: Reply("Forgotten", headers=("Tus-Resumable",))},
        parameters=(SPOKEN,),
        refusals=UPLOAD_REFUSALS,
    ),
}  # fmt: skip
