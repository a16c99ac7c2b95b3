"""Styles and scripts as browsers get them. No bundler: the text is ours, line for line, only put together,
and without the lines that hold nothing but a comment.

Every request costs a phone a trip over its line; so the scripts of all pages, which import nothing, go as one, and so
do the styles. The imports of a module name the version of what they import, so that every file may be cached for ever
and none is ever mixed with files of another release.
"""

import hashlib
import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path, PurePosixPath

from flask import Flask, Response, abort, request

from fieldwork.web import View, allow

ROOT = Path(__file__).resolve().parent.parent / "static"
IMPORT = re.compile(rb"""(\bfrom\s*|\bimport\s*\(\s*|\bimport\s+)"(\.{1,2}/[\w./-]+\.js)\"""")
COMMENT = re.compile(rb"^[ \t]*(?://[^\n]*|/\*\*(?:(?!\*/).)*\*/[ \t]*)\n", re.MULTILINE | re.DOTALL)
YEAR_S = 31_536_000
SCRIPTS, STYLES = "js/page.js", "css/site.css"  # no files: put together from others
ON_EVERY_PAGE = ("answers", "keep-draft", "photo-picker", "several-photos", "unit-picker", "locate", "shell")
SHEETS = ("base", "layout", "components", "forms", "records", "rooms", "people", "problems", "intake")
APART = ("css/gallery.css", "css/viewer.css", "css/mosaic.css")  # for pages with photos, to weigh on no other
LAYERS = ("reset", "base", "layout", "components", "rooms", "print")
LAYER = re.compile(r"^@layer (\w+) \{\n(.*?)^\}\n", re.MULTILINE | re.DOTALL)
KINDS = {".js": "text/javascript", ".css": "text/css"}


def install(app: Flask) -> None:
    """Serve styles and scripts."""
    app.add_url_rule("/static/js/<path:name>.js", "script", _served("js", ".js"))
    app.add_url_rule("/static/css/<path:name>.css", "style", _served("css", ".css"))


def _served(folder: str, ending: str) -> View:
    @allow("public")
    def asset(name: str) -> Response:
        path = f"{folder}/{name}{ending}"
        if not _is_there(path):
            abort(404)
        answer = Response(content(path), mimetype=KINDS[ending])
        is_current = request.args.get("v") == digest(path)  # an address of another release must be asked for again
        answer.headers["Cache-Control"] = f"public, max-age={YEAR_S}, immutable" if is_current else "no-cache"
        answer.set_etag(digest(path))
        return answer.make_conditional(request)  # type: ignore[return-value]

    return asset


@lru_cache(maxsize=256)
def content(path: str) -> bytes:
    """What is served at this path under static/."""
    if path == SCRIPTS:
        return b"".join(b"{\n%s}\n" % bare((ROOT / f"js/{name}.js").read_bytes()) for name in ON_EVERY_PAGE)
    if path == STYLES:
        return flat("".join((ROOT / f"css/{name}.css").read_text(encoding="utf-8") for name in SHEETS)).encode()
    if path in APART:
        return flat((ROOT / path).read_text(encoding="utf-8")).encode()
    if path.startswith("js/") and path.endswith(".js"):
        return IMPORT.sub(lambda found: _with_version(path, found), bare((ROOT / path).read_bytes()))
    return (ROOT / path).read_bytes()


@lru_cache(maxsize=256)
def digest(path: str) -> str:
    """The version of a file under static/: it changes with the file and with everything it imports."""
    return hashlib.sha256(content(path)).hexdigest()[:12]


def modules_of(path: str) -> list[str]:
    """A module and all that it imports from the start, for browsers to fetch at once instead of one after another."""
    found = [path]
    for module in found:
        found += [one for one in _imported(module) if one not in found]
    return found


def bare(script: bytes) -> bytes:
    """The script without comments that have their lines to themselves: a fifth of what a phone would fetch. A test sees
    to it that no line of a text in backquotes looks like one."""
    return COMMENT.sub(b"", script)


def flat(sheet: str) -> str:
    """The sheet without cascade layers, which browsers before 2022 do not know: the rules of each in the order of the
    layers. Between layers the later one wins by its place; specificity must not say otherwise (a test compares)."""
    parts: dict[str, list[str]] = {layer: [] for layer in LAYERS}
    for layer, rules in LAYER.findall(sheet):
        parts[layer].append(rules)
    return "".join(rules for layer in LAYERS for rules in parts[layer])


def _imported(path: str) -> Iterator[str]:
    source = (ROOT / path).read_bytes()
    for found in IMPORT.finditer(source):
        if b"(" not in found[1]:
            yield _resolved(path, found[2].decode())


def _with_version(path: str, found: re.Match[bytes]) -> bytes:
    return b'%s"%s?v=%s"' % (found[1], found[2], digest(_resolved(path, found[2].decode())).encode())


def _resolved(path: str, relative: str) -> str:
    parts: list[str] = []
    for part in (PurePosixPath(path).parent / relative).parts:
        parts = parts[:-1] if part == ".." else [*parts, part]
    return "/".join(parts)


def _is_there(path: str) -> bool:
    return path in {SCRIPTS, STYLES} or (".." not in PurePosixPath(path).parts and (ROOT / path).is_file())
