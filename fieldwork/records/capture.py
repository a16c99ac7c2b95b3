"""记一笔 as far as visits, problems and cases share it: the form opened, taken with its photos, and shown again.

What was typed is never lost: a form with something wrong comes back whole, with the photos it brought.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any, Generic, TypeVar

from flask import request
from flask_login import current_user
from werkzeug.datastructures import MultiDict

from fieldwork import clock, ids
from fieldwork.core.schemas import FieldErrors, read
from fieldwork.people.units.queries import options_of, unit_choices
from fieldwork.photos import forms as pictures
from fieldwork.records import drafts, labels
from fieldwork.records.choices import term_options, unknown_terms
from fieldwork.records.models import Record
from fieldwork.records.schemas import RecordIn

Form = MultiDict[str, Any]
Data = TypeVar("Data", bound=RecordIn)


@dataclass(frozen=True)
class Captured(Generic[Data]):
    """A form as it came: what it says, if it may be kept, else what is wrong at which field; its photos either way."""

    data: Data | None
    errors: FieldErrors
    sent: pictures.Sent

    @property
    def form(self) -> Form:
        """What was typed, with the photos that are held now."""
        return self.sent.form

    @property
    def captions(self) -> dict[str, str]:
        """The words to the photos, by sha256."""
        return self.sent.captions

    def objecting(self, errors: FieldErrors) -> "Captured[Data]":
        """The same with what else is wrong with it."""
        return Captured(self.data, self.errors | errors, self.sent)

    def kept(self) -> Data | None:
        """What is to be recorded; None when something is wrong, or the person was only looking for a unit."""
        return None if self.errors or is_looking() else self.data


def opened(kind: str, **fields: Any) -> Form:
    """An empty form, under an id of its own, so that sent twice it is one record; at the unit the address names.

    When the address names a draft of this person, the form as far as it was written.

    Raises:
        NotFound: there is no such draft of this kind for them.
    """
    if "draft" in request.args:
        return drafts.form_of(current_user, kind, request.args["draft"])
    form: Form = MultiDict({"id": str(ids.uuid7()), "unit": request.args.get("unit", "")})
    form.update(fields)
    return form


def filled(record: Record, fields: Iterable[str]) -> Form:
    """The form with what was recorded, for a correction."""
    form: Form = MultiDict({name: getattr(record, name) for name in fields if getattr(record, name) is not None})
    form["unit"] = str(record.unit.uid)
    form.setlist("programmes", record.programmes)
    for name in ("lat", "lon", "accuracy_m"):
        form[name] = getattr(record, name)
    return form


def captured(schema: type[Data]) -> Captured[Data]:
    """Take the form of this request: its photos are kept whatever is wrong with its fields."""
    pictures.make_room()
    sent = pictures.received()
    data, errors = read(schema, sent.form)
    return Captured(data, _by_field(errors | _objections(data) | sent.errors), sent)


def shown(form: Form, came: Captured[Any] | None = None, record: Record | None = None) -> dict[str, Any]:
    """What the template of a form needs: fields, what is wrong, photos, place, and what there is to choose from."""
    chosen, units = unit_choices(current_user, form, "unit")
    return {
        "form": form,
        "errors": errors_of(came),
        "held": came.sent.shown if came else pictures.tray_of(record) if record else [],
        "coming": pictures.coming_to(record) if record else [],
        "place": _place(form),
        "chosen": chosen,
        "units": units,
        "programmes": term_options("programme", clock.today().year, kept=form.getlist("programmes")),
    }


def errors_of(came: Captured[Any] | None) -> FieldErrors:
    """What is wrong, as far as it is to be said now: to look for a unit before all is filled in is no mistake."""
    if came is None:
        return {}
    return {name: said for name, said in came.errors.items() if name == "photos" or not is_looking()}


def status_of(came: Captured[Any] | None) -> int:
    """The status of the page that shows the form."""
    return 422 if errors_of(came) else 200


def is_looking() -> bool:
    """Whether the form was sent by a button that looks for a unit."""
    return "find" in request.form


def _objections(data: RecordIn | None) -> FieldErrors:
    """What only the vocabularies know to be wrong."""
    if data is None:
        return {}
    found: FieldErrors = {} if options_of([data.unit]) else {"unit": [labels.UNKNOWN_UNIT]}
    if unknown_terms("programme", data.programmes):
        found["programmes"] = [labels.UNKNOWN_PROGRAMME]
    return found


def _by_field(errors: FieldErrors) -> FieldErrors:
    """Messages of single entries at the field they belong to, and those of hashes at the photos."""
    gathered: FieldErrors = {}
    for name, said in errors.items():
        field = name.partition(".")[0]
        known = gathered.setdefault("photos" if field in {"held", "gone"} else field, [])
        known += [words for words in said if words not in known]
    return gathered


def _place(form: Form) -> SimpleNamespace | None:
    """The point the form holds, if it is one."""
    try:
        lat, lon = float(form["lat"]), float(form["lon"])
    except (KeyError, TypeError, ValueError):
        return None
    return SimpleNamespace(lat=lat, lon=lon, accuracy_m=form.get("accuracy_m", type=float))
