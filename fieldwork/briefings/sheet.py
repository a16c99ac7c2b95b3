"""The sheet: everything an issue says, frozen when it is issued and rendered from for ever, whatever changes later."""

import json
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Literal, TypeAlias

from fieldwork.core.word.pictures import Picture
from fieldwork.core.word.text import Paragraph, paragraphs_of

ItemKind: TypeAlias = Literal["case", "problem", "figures", "text"]

FORMAT = 3
FORMATS_READ = (1, 2, 3)  # of the first, pictures are named by photo alone: as they are covered now

__all__ = ["ItemKind", "Paragraph", "Picture", "Sheet", "SheetItem", "paragraphs_of"]


@dataclass(frozen=True, slots=True)
class SheetItem:
    """One item of an issue. The first row of a table is its head; pictures are named as `photos.keeping` does."""

    kind: ItemKind
    heading: str
    source_line: str = ""
    paragraphs: tuple[Paragraph, ...] = ()
    table: tuple[tuple[str, ...], ...] = ()
    pictures: tuple[Picture, ...] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """An issue. Numbers are None while it is a draft; empty lines of the head and the foot are left out."""

    masthead: str
    organ: str
    date: date
    year: int | None = None
    issue_no: int | None = None
    total_no: int | None = None
    editors_note: str = ""
    items: tuple[SheetItem, ...] = ()
    report_to: str = ""
    send_to: str = ""
    distribute_to: str = ""
    copies: int = 0
    internal_notice: str = ""

    @property
    def pictures(self) -> dict[str, Picture]:
        """All pictures by their keys."""
        return {picture.key: picture for item in self.items for picture in item.pictures}

    def to_data(self) -> dict[str, Any]:
        """Plain data for a JSON column: strings, numbers, lists and objects."""
        return {"format": FORMAT, **json.loads(json.dumps(asdict(self), default=date.isoformat))}

    def to_json(self) -> str:
        """Canonical text: equal sheets give equal text."""
        return json.dumps(self.to_data(), ensure_ascii=False, sort_keys=True, separators=(",", ":"))

    @classmethod
    def from_data(cls, data: dict[str, Any]) -> "Sheet":
        """The sheet `to_data` was made of. ValueError for a format this release does not know."""
        if data.get("format") not in FORMATS_READ:
            raise ValueError(f"unknown sheet format {data.get('format')!r}")
        fields = {name: value for name, value in data.items() if name != "format"}
        items = tuple(_item(item) for item in data["items"])
        return cls(**{**fields, "date": date.fromisoformat(data["date"]), "items": items})

    @classmethod
    def from_json(cls, text: str) -> "Sheet":
        """The sheet `to_json` was made of."""
        return cls.from_data(json.loads(text))


def _item(data: dict[str, Any]) -> SheetItem:
    nested = {
        "paragraphs": tuple((level, text) for level, text in data["paragraphs"]),
        "table": tuple(tuple(row) for row in data["table"]),
        "pictures": tuple(_picture(picture) for picture in data["pictures"]),
    }
    return SheetItem(**{**data, **nested})


def _picture(data: dict[str, Any]) -> Picture:
    return Picture(**{**data, "mark": tuple(data.get("mark", ()))})  # before format 3 there were no marks
