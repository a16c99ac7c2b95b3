"""Words out: what the calls answer, as openapi.json describes it. Tests hold presenting.py to it."""

from typing import Any, Literal
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, Field, RootModel, create_model

from fieldwork.api.presenting import ENVELOPE, INSIDE
from fieldwork.intake.kinds import KINDS
from fieldwork.records.schemas import Place, Sha256


class Answer(BaseModel):
    """What a call answers. Later versions may add fields; none of these goes."""


class Token(Answer):
    """A token, told this once, for `Authorization: Bearer`."""

    token: str
    expires_at: AwareDatetime


class Grant(Answer):
    """A role, over one area or sector by code, or over all."""

    role: str
    area: str | None
    sector: str | None


class Person(Answer):
    """Whom the token or session belongs to."""

    id: UUID
    username: str
    name: str
    unit: UUID
    unit_name: str
    roles: list[Grant]


class UnitEntry(Answer):
    """A unit, and how to find it: by name, pinyin, initials, place."""

    id: UUID
    name: str
    short_name: str
    area: str | None
    sector: str | None
    type: str | None
    pinyin: str
    initials: str
    lat: float | None
    lon: float | None


class NearUnit(UnitEntry):
    """A unit and how far it is from the point that was named."""

    distance_km: float


class Units(Answer):
    """All units in use, by name; with `near` those whose place is known, the nearest first."""

    items: list[UnitEntry | NearUnit]
    next: None


class Entry(Answer):
    """An entry of a vocabulary; may be chosen from its first year to its last."""

    code: str
    name: str
    parent: str | None
    first_year: int | None
    last_year: int | None
    is_active: bool


class Vocabulary(RootModel[dict[str, list[Entry]]]):
    """Every entry of every vocabulary, by kind, in its order."""


class Held(Answer):
    """Those that are held of the caller; of others nothing is told."""

    ids: list[UUID]
    hashes: list[Sha256]


class Receipt(Answer):
    """What is held. A phone frees nothing that no receipt lists.

    `version` is 0 while the record waits in the office's box. `signature` is the server's HMAC-SHA256, in hex, over the
    canonical JSON of the other fields: sorted, no spaces, UTF-8.
    """

    id: UUID
    version: int = Field(ge=0)
    content_hash: Sha256
    photos_held: list[Sha256]
    photos_missing: list[Sha256]
    received_at: AwareDatetime
    signature: Sha256


class ShownPhoto(Answer):
    """A photo of a record; not `held`: it is listed and has not arrived."""

    sha256: Sha256
    caption: str
    taken_at: AwareDatetime | None
    held: bool


class Brief(Answer):
    """A record as lists tell of it. `captured_at` has the offset of the phone, the other moments are UTC."""

    id: UUID
    version: int = Field(ge=1)
    state: str
    title: str
    text: str
    unit: UUID
    unit_name: str
    programmes: list[str]
    captured_at: AwareDatetime
    received_at: AwareDatetime
    updated_at: AwareDatetime


class BriefVisit(Brief):
    kind: Literal["visit"]


class BriefProblem(Brief):
    kind: Literal["problem"]
    number: str
    urgency: str


class BriefCase(Brief):
    kind: Literal["case"]


class Seen(Answer):
    """All that a token which only sends learns of a record."""

    id: UUID
    version: int = Field(ge=1)


class FieldError(Answer):
    """What is wrong with one field, in Chinese; a field within a list is named like `photos.0.sha256`."""

    field: str
    message: str


class Refusal(Answer):
    """Why not (RFC 9457)."""

    type: str
    title: str
    status: int
    detail: str


class Invalid(Refusal):
    """What is wrong, field by field."""

    errors: list[FieldError]


def _whole(brief: type[Brief], kind: str) -> type[Brief]:
    """The answer that tells of a whole record: what its body takes, as far as the caller may see it."""
    content: dict[str, Any] = {
        name: (field.annotation, "") if name in INSIDE else (field.annotation, ...)
        for name, field in KINDS[kind].body.model_fields.items()
        if name not in ENVELOPE
    }
    shared: dict[str, Any] = {
        "visit": (UUID | None, ...),
        "place": (Place | None, ...),
        "photos": (list[ShownPhoto], ...),
    }
    return create_model(kind.capitalize(), __base__=brief, __doc__=WHOLE, **content, **shared)


WHOLE = "A record with everything a phone would send of it, as far as the caller may see it."
Visit = _whole(BriefVisit, "visit")
Problem = _whole(BriefProblem, "problem")
Case = _whole(BriefCase, "case")


class Visits(Answer):
    """One page, newest first; `next` is the cursor of the page after it."""

    items: list[BriefVisit]
    next: str | None


class Problems(Answer):
    """One page, newest first; `next` is the cursor of the page after it."""

    items: list[BriefProblem]
    next: str | None


class Cases(Answer):
    """One page, newest first; `next` is the cursor of the page after it."""

    items: list[BriefCase]
    next: str | None


class OtherVersion(Answer):
    """The record had changed: both texts are kept, and a person chooses. The same content sent again is answered the
    same. `current` is the record as it stands, or only its version for a token that only sends."""

    current: Visit | Problem | Case | Seen  # type: ignore[valid-type]
    yours_kept_as: UUID
