"""What every page shows: addresses of assets, the person's navigation and preferences, the footer."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from flask import Flask, current_app, request, url_for
from flask_login import current_user
from peewee import OperationalError

from fieldwork import assets, clock, labels
from fieldwork.core.hanzi import browsers
from fieldwork.people import policy
from fieldwork.people.models import Setting

ROOT = Path(__file__).resolve().parent.parent
SETTINGS = ("host_organ", "filing_no", "support_phone", "organ", "masthead", "name", "offline", "map")


@dataclass(frozen=True)
class NavItem:
    """One entry of the navigation. `place`: the phone's bottom bar, the desk's side, or both."""

    key: str
    label: str
    endpoint: str
    place: str = "side"
    permission: str = "member"
    values: tuple[tuple[str, str], ...] = ()

    badge: int = 0

    @property
    def url(self) -> str:
        values: dict[str, Any] = dict(self.values)
        return url_for(self.endpoint, **values)


NAV = (
    NavItem("home", labels.NAV["home"], "insight.home", "both"),
    NavItem("problems", labels.NAV["problems"], "problems.ledger", "both"),
    NavItem("new", labels.NAV["new"], "visits.new", "both", "record.create"),
    NavItem("visits", labels.NAV["visits"], "visits.browse"),
    NavItem("cases", labels.NAV["cases"], "cases.browse"),
    NavItem("review", labels.NAV["review"], "review.queue", "side", "queue.work"),
    NavItem("models", labels.NAV["models"], "cases.models", "both"),
    NavItem("briefings", labels.NAV["briefings"], "briefings.browse", "side", "briefing.read"),
    NavItem("coverage", labels.NAV["coverage"], "insight.coverage", "side", "insight.see"),
    NavItem("search", labels.NAV["search"], "insight.search"),
    NavItem("me", labels.NAV["me"], "people.me", "both"),
    NavItem("admin", labels.NAV["admin"], "people.admin", "side", "vocabulary.edit"),
)


@dataclass(frozen=True)
class Prefs:
    """How this browser wants pages to look; kept in cookies, no business of the server's."""

    theme: str
    large: bool


_badges: dict[str, Callable[[Any], int]] = {}


def learn_badge(key: str, count: Callable[[Any], int]) -> None:
    """Show beside the navigation item of this key how many things wait for a person; rooms say so at their install."""
    _badges[key] = count


def install(app: Flask) -> None:
    """Give the templates their globals."""
    app.jinja_env.globals.update(asset=asset, modules_of=assets.modules_of)
    app.jinja_env.globals.update(today=clock.today, sendable_rules=browsers.rules)
    app.jinja_env.filters.update(local=clock.local)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.context_processor(_page_context)


def asset(path: str) -> str:
    """The address of a file under static/, with a hash of its content so that it may be cached for ever."""
    return url_for("static", filename=path, v=assets.digest(path))


def settings() -> dict[str, str]:
    """What is set for the whole site: in the app, else by the environment, else by default.

    `offline` is on or off; `map`, the link that shows a place, off, geo or amap.
    """
    configured = current_app.config["SETTINGS"]
    kept = _kept()
    defaults = {
        "name": labels.SITE_NAME,
        "organ": configured.organ or labels.ORGAN,
        "masthead": configured.masthead or labels.MASTHEAD,
        "host_organ": configured.organ or labels.ORGAN,
        "filing_no": "",
        "support_phone": "",
        "offline": "on",
        "map": "off",
    }
    return defaults | {key: value for key, value in kept.items() if value}


def _kept() -> dict[str, str]:
    """What was set in the app; nothing while the database does not answer: the page that says so needs none."""
    try:
        return {row.key: row.value for row in Setting.select().where(Setting.key.in_(SETTINGS))}
    except OperationalError:
        return {}


def _page_context() -> dict[str, Any]:
    return {"nav": _nav(), "prefs": _prefs(), "site": settings()}


def _nav() -> list[NavItem]:
    if not current_user.is_authenticated:
        return []
    return [_badged(item) for item in NAV if policy.may(current_user, item.permission)]


def _badged(item: NavItem) -> NavItem:
    """The item with the number of things that wait behind it, where some room counts them."""
    count = _badges.get(item.key)
    return replace(item, badge=count(current_user)) if count else item


def _prefs() -> Prefs:
    theme = request.cookies.get("theme", "auto")
    return Prefs(theme if theme in {"light", "dark"} else "auto", request.cookies.get("type") == "large")
