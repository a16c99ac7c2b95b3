"""The service worker as it is served: our script with the list of what it keeps, versioned by all of that."""

import hashlib
import json
from functools import lru_cache

from flask import render_template

from fieldwork import assets, site

FOLDERS = ("js/**/*.js", "vendor/*.js", "icons/*.svg", "icons/*.png")
PARTS = ("release", "people", "pages", "events")
FAREWELL = "js/farewell.js"
OFFLINE = "/offline"


@lru_cache(maxsize=1)
def kept() -> list[str]:
    """The addresses of every style, script and icon, with their versions."""
    found = {path.relative_to(assets.ROOT).as_posix() for pattern in FOLDERS for path in assets.ROOT.glob(pattern)}
    alone = {f"js/{name}.js" for name in assets.ON_EVERY_PAGE} | {_path(part) for part in PARTS} | {FAREWELL}
    return [site.asset(path) for path in sorted((found - alone) | {assets.SCRIPTS, assets.STYLES, *assets.APART})]


def version(about: str) -> str:
    """Changes whenever anything that is kept changes, or the worker itself, or the page for no line."""
    said = "\n".join([*kept(), _source(), about])
    return hashlib.sha256(said.encode()).hexdigest()[:12]


def script() -> str:
    """The worker, with its version and list before it."""
    page = render_template("shell/offline.html")
    facts = {"version": version(page), "assets": kept(), "offline": OFFLINE}
    return f"const SHELL = {json.dumps(facts)};\n{_source()}"


def farewell() -> str:
    """The worker that undoes itself: the kill switch."""
    return assets.content(FAREWELL).decode()


def _source() -> str:
    """Its parts, one after the other: a worker of old browsers imports no modules."""
    return "\n".join(assets.content(_path(part)).decode() for part in PARTS)


def _path(part: str) -> str:
    return f"js/worker/{part}.js"
