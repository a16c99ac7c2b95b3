"""The sample municipality's vocabulary, units and people, from the data files beside this one."""

import json
from functools import cache
from pathlib import Path
from typing import Any

from fieldwork.core.hanzi import pinyin
from fieldwork.people import passwords, spelling
from fieldwork.people.models import Grant, Setting, Term, Unit, User

FOLDER = Path(__file__).parent / "town"
PASSWORD = "sample-2026"
ORGAN = "清垣市直机关工委"
TERM_KINDS = {
    "programmes": "programme",
    "areas": "area",
    "sectors": "sector",
    "unit_types": "unit_type",
    "categories": "category",
    "case_types": "case_type",
    "channels": "channel",
    "stages": "stage",
}


def data(name: str) -> Any:
    """One of the data files."""
    return json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))


def load() -> None:
    """Write vocabulary, units and people into an empty database."""
    terms = _terms()
    units = _units(terms)
    _people(terms, units)
    Setting.create(key="host_organ", value=ORGAN)
    Setting.create(key="organ", value=ORGAN)


@cache
def _password_hash() -> str:
    return passwords.hash_of(PASSWORD)


def _terms() -> dict[tuple[str, str], Term]:
    made: dict[tuple[str, str], Term] = {}
    for group, kind in TERM_KINDS.items():
        for position, entry in enumerate(data("vocabulary")[group]):
            made[kind, entry["code"]] = Term.create(
                kind=kind,
                code=entry["code"],
                name=entry["name"],
                parent=made.get((kind, entry.get("parent") or "")),
                position=position,
                first_year=entry.get("first_year"),
                last_year=entry.get("last_year"),
                is_active=entry.get("active", True),
                role=entry.get("role"),
                sort_key=pinyin.sort_key(entry["name"]),
            )
    return made


def _units(terms: dict[tuple[str, str], Term]) -> dict[str, Unit]:
    made: dict[str, Unit] = {}
    for entry in data("units"):
        made[entry["code"]] = Unit.create(
            code=entry["code"],
            name=entry["name"],
            short_name=entry.get("short_name") or "",
            parent=made.get(entry.get("parent") or ""),
            area=terms[("area", entry["area"])],
            sector=terms.get(("sector", entry.get("sector") or "")),
            unit_type=terms[("unit_type", entry["type"])],
            is_key=entry["key_unit"],
            is_window=entry["window_unit"],
            is_of_public_concern=entry["public_concern"],
            lat=entry.get("lat"),
            lon=entry.get("lon"),
            contact=entry.get("contact") or "",
            **spelling.of_unit(entry["name"]),
        )
    return made


def _people(terms: dict[tuple[str, str], Term], units: dict[str, Unit]) -> None:
    for entry in data("people"):
        user = User.create(
            username=entry["username"],
            name=entry["name"],
            unit=units[entry["unit"]],
            post=entry.get("post") or "",
            password_hash=_password_hash(),
            must_change_password=False,
            **spelling.of_person(entry["name"]),
        )
        for grant in entry["roles"]:
            Grant.create(
                user=user,
                role=grant["role"],
                area=terms.get(("area", grant.get("area") or "")),
                sector=terms.get(("sector", grant.get("sector") or "")),
            )
