"""What is set for the whole site."""

from fieldwork.people.models import Setting
from fieldwork.people.sitewide.schemas import SiteIn

VERSION_KEY = "site_version"


def kept() -> dict[str, str]:
    """Every setting as kept; empty where nothing is, and the installation's own value stands."""
    rows = {row.key: row.value for row in Setting.select().where(Setting.key.in_(list(SiteIn.model_fields)))}
    return {key: rows.get(key, "") for key in SiteIn.model_fields}


def version() -> int:
    """How often the settings were changed."""
    row = Setting.get_or_none(Setting.key == VERSION_KEY)
    return int(row.value) if row else 0
