"""What the office and the administrator set for the whole site."""

from types import SimpleNamespace
from uuid import UUID

from fieldwork.core.db import transaction
from fieldwork.errors import Stale
from fieldwork.people import acts
from fieldwork.people.models import Setting, User
from fieldwork.people.sitewide import queries
from fieldwork.people.sitewide.schemas import SiteIn
from fieldwork.people.turns import take_turn

SITE_UID = UUID(int=1)  # the settings are one thing in the journal


def keep(actor: User, seen_version: int, wanted: SiteIn) -> None:
    """Keep the settings, if they still stand at the version seen.

    Raises:
        Stale: somebody changed them meanwhile.
    """
    values = wanted.model_dump()
    with transaction():
        take_turn("settings")
        kept, version = queries.kept(), queries.version()
        if version != seen_version:
            raise Stale(_subject(version, kept), values)
        for key, value in {**values, queries.VERSION_KEY: version + 1}.items():
            _put(key, value)
        changed = {key: [kept[key], value] for key, value in values.items() if kept[key] != value}
        acts.record(actor, "settings.changed", _subject(version + 1, {}), **changed)


def _subject(version: int, kept: dict[str, str]) -> SimpleNamespace:
    return SimpleNamespace(kind="settings", uid=SITE_UID, version=version, **kept)


def _put(key: str, value: str | int) -> None:
    known = Setting.get_or_none(Setting.key == key)
    if known is None:
        Setting.create(key=key, value=value)
    elif known.value != value:
        known.value = value
        known.save()
