"""What travels through the browser between two steps of an import, signed: nothing is kept on the server meanwhile."""

from typing import Any

from flask import current_app
from itsdangerous import BadSignature, URLSafeTimedSerializer

from fieldwork.core.xlsx.columns import RowIn
from fieldwork.people.models import User

GOOD_FOR_S = 3600


def pack(actor: User, kind: str, content: Any) -> str:
    """Content as one signed value, for this person and this purpose alone."""
    return _signer(actor, kind).dumps(content)


def unpack(actor: User, kind: str, signed: str) -> Any:
    """The content again; None when it is not ours, not this person's, or older than an hour."""
    try:
        return _signer(actor, kind).loads(signed, max_age=GOOD_FOR_S)
    except BadSignature:
        return None


def pack_rows(actor: User, kind: str, rows: list[RowIn]) -> str:
    return pack(actor, kind, [[row.number, row.values] for row in rows])


def unpack_rows(actor: User, kind: str, signed: str) -> list[RowIn] | None:
    content = unpack(actor, kind, signed)
    return None if content is None else [RowIn(number, values) for number, values in content]


def _signer(actor: User, kind: str) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.secret_key or "", salt=f"import:{kind}:{actor.uid}")
