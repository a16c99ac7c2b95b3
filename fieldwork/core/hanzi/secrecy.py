"""What must not be sent through a system that is not for secrets, and the phone numbers better hidden."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from fieldwork.core.hanzi.marks import marks_in
from fieldwork.core.hanzi.masking import mask_id, mask_phone
from fieldwork.core.hanzi.numbers import Number, cards_in, half_width, ids_in, phones_in

Kind = Literal["secrecy_mark", "id_number", "bank_card", "phone"]

_NUMBERS: tuple[tuple[Kind, Callable[[str], Iterator[Number]], Callable[[str], str]], ...] = (
    ("id_number", ids_in, mask_id),
    ("bank_card", cards_in, mask_id),
    ("phone", phones_in, mask_phone),
)


@dataclass(frozen=True, slots=True)
class Finding:
    """Something found at text[start:end]; `shown` is how to name it on a screen: numbers come masked."""

    kind: Kind
    start: int
    end: int
    shown: str


def findings(text: str) -> list[Finding]:
    """All that is found, in the order of the text, none over another: an ID number is not a card as well."""
    taken: list[Finding] = []
    for finding in _candidates(text):
        if all(finding.end <= other.start or other.end <= finding.start for other in taken):
            taken.append(finding)
    return sorted(taken, key=lambda finding: finding.start)


def stops(found: Iterable[Finding]) -> list[Finding]:
    """Those that stop the sending; for the others, phone numbers, a mask is offered."""
    return [finding for finding in found if finding.kind != "phone"]


def _candidates(text: str) -> Iterator[Finding]:
    plain = half_width(text)
    for start, end in marks_in(plain):
        yield Finding("secrecy_mark", start, end, text[start:end].strip())
    for kind, numbers_in, mask in _NUMBERS:
        yield from (Finding(kind, number.start, number.end, mask(number.plain)) for number in numbers_in(plain))
