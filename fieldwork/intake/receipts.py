"""Receipts: what the house says it holds, signed, so that a phone frees nothing on a mere 200."""

import hashlib
import hmac
import json
from datetime import datetime
from typing import Any
from uuid import UUID

from fieldwork.core.kinds import table_of
from fieldwork.intake.models import Submission
from fieldwork.photos import showing
from fieldwork.records.schemas import Body

NOT_CONTENT = {"base_version", "mask", "keep_phones"}
_keys: list[bytes] = []


def use(secret: str) -> None:
    """Sign with a key made from this secret; called once, at start."""
    _keys[:] = [hmac.digest(secret.encode(), b"fieldwork receipt", "sha256")]


def content_of(body: Body) -> dict[str, Any]:
    """What a body says, as JSON values: without the version it was based on, and without fields we do not know."""
    return body.model_dump(mode="json", exclude=NOT_CONTENT)


def hash_of(content: dict[str, Any]) -> str:
    """SHA-256 over the canonical JSON of a content: the order of fields does not matter."""
    return hashlib.sha256(_canonical(content)).hexdigest()


def receipt_of(submission: Submission) -> dict[str, Any]:
    """The receipt of what was sent: `photos_held` and `photos_missing` of those it lists, by SHA-256.

    `version` is the version it became; 0 while it waits in the office's box.
    """
    listed = list(dict.fromkeys(photo["sha256"] for photo in submission.body.get("photos", [])))
    held = (showing.sent_by(submission.author, listed) | _shown(submission)) - showing.lost(listed)
    return signed(
        id=submission.record_uid,
        version=submission.version or 0,
        content_hash=submission.content_hash,
        photos_held=[sha for sha in listed if sha in held],
        photos_missing=[sha for sha in listed if sha not in held],
        received_at=submission.received_at,
    )


def _shown(submission: Submission) -> set[str]:
    """What the record it became shows, whoever sent it."""
    table = table_of(submission.record_kind)
    record = table.get_or_none(table.uid == submission.record_uid) if submission.version else None
    return set(showing.shown_by(record.kind, record.id)) if record is not None else set()


def signed(**facts: Any) -> dict[str, Any]:
    """The facts as JSON values, with the HMAC-SHA256 of their canonical JSON (sorted, no spaces, UTF-8)."""
    plain = {name: _plain(value) for name, value in facts.items()}
    return {**plain, "signature": hmac.digest(_keys[0], _canonical(plain), "sha256").hex()}


def is_ours(receipt: dict[str, Any]) -> bool:
    """Whether this is a receipt we signed."""
    facts = {name: value for name, value in receipt.items() if name != "signature"}
    expected = hmac.digest(_keys[0], _canonical(facts), "sha256").hex()
    return hmac.compare_digest(expected, str(receipt.get("signature", "")))


def _canonical(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def _plain(value: Any) -> Any:
    if isinstance(value, UUID):
        return str(value)
    return value.isoformat(timespec="milliseconds").replace("+00:00", "Z") if isinstance(value, datetime) else value
