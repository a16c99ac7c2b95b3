"""Forms that met an ended session: what was typed travels through the login page, signed, and comes back after it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from flask import current_app, request
from itsdangerous import BadSignature, URLSafeTimedSerializer

KEPT_FOR_S = 7 * 24 * 3600
SECRETS = ("password", "current", "again")
MACHINE_VALUE = re.compile(r"[0-9a-f-]{32,64}|[-+]?[0-9.]*|[0-9T:.+-]{10,}Z?|on|[a-z_]{1,20}")


@dataclass(frozen=True)
class HeldForm:
    """A form as it was sent: where to, how, by whom (None: nobody was ever logged in here), and what stood in it."""

    path: str
    is_multipart: bool
    owner: str | None
    fields: list[tuple[str, str]]
    files: list[str]

    @property
    def texts(self) -> list[str]:
        """What a person would recognise as their own words."""
        return [value for _, value in self.fields if not MACHINE_VALUE.fullmatch(value.strip())]

    def may_be_shown_to(self, uid: UUID) -> bool:
        """Whether the person who logged in is the one who typed it."""
        return self.owner is None or self.owner == str(uid)


def hold(owner: str | None) -> str:
    """The form of this request as one signed value; empty when nothing worth keeping was sent."""
    fields = [(name, value) for name, value in request.form.items(multi=True) if name not in SECRETS]
    form = HeldForm(
        path=request.full_path if request.query_string else request.path,
        is_multipart=request.mimetype == "multipart/form-data",
        owner=owner,
        fields=fields,
        files=_names(file.filename for file in request.files.values()),
    )
    is_worth_it = form.files or any(value for name, value in fields if name != "version")
    return _signer().dumps(vars(form)) if is_worth_it else ""


def release(signed: str) -> HeldForm | None:
    """The form again; None when there is none, or it is not ours, or too old."""
    try:
        return HeldForm(**_signer().loads(signed, max_age=KEPT_FOR_S)) if signed else None
    except BadSignature:
        return None


def _signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.secret_key or "", salt="held-form")


def _names(filenames: Iterable[str | None]) -> list[str]:
    return [name for name in filenames if name]
