"""Our ES modules as browsers get them: each import names the version of what it imports, so that every file may be
cached for ever and none is ever mixed with files of another release. No bundler: the text is ours, line for line.

Every request costs a phone a trip over its line; so the scripts of all pages, which import nothing, go as one."""

import hashlib
import re
from functools import lru_cache
from pathlib import Path, PurePosixPath

from flask import Flask, Response, abort, request

from fieldwork.web import allow

ROOT = Path(__file__).resolve().parent.parent / "static"
IMPORT = re.compile(rb"""(\bfrom\s*|\bimport\s*\(\s*|\bimport\s+)"(\.{1,2}/[\w./-]+\.js)\"""")
YEAR_S = 31_536_000
PAGE = "js/page.js"  # no file: those of every page, each in a block of its own
ON_EVERY_PAGE = ("answers", "keep-draft", "photo-picker", "unit-picker", "locate")


def install(app: Flask) -> None:
    """Serve the scripts."""

    @app.get("/static/js/<path:name>.js", endpoint="script")
    @allow("public")
    def script(name: str) -> Response:
        path = f"js/{name}.js"
        if not _is_there(path):
            abort(404)
        answer = Response(versioned(path), mimetype="text/javascript")
        is_current = request.args.get("v") == digest(path)  # an address of another release must be asked for again
        answer.headers["Cache-Control"] = f"public, max-age={YEAR_S}, immutable" if is_current else "no-cache"
        answer.set_etag(digest(path))
        return answer.make_conditional(request)  # type: ignore[return-value]


@lru_cache(maxsize=256)
def versioned(path: str) -> bytes:
    """The module at this path under static/, its imports with the version of what they name."""
    if path == PAGE:
        return b"".join(b"{\n%s}\n" % (ROOT / f"js/{name}.js").read_bytes() for name in ON_EVERY_PAGE)
    here = PurePosixPath(path).parent

    def with_version(found: re.Match[bytes]) -> bytes:
        target = _resolved(here, found[2].decode())
        return b'%s"%s?v=%s"' % (found[1], found[2], digest(target).encode())

    return IMPORT.sub(with_version, (ROOT / path).read_bytes())


@lru_cache(maxsize=256)
def digest(path: str) -> str:
    """The version of a file under static/: it changes with the file and with everything it imports."""
    content = versioned(path) if path.startswith("js/") and path.endswith(".js") else (ROOT / path).read_bytes()
    return hashlib.sha256(content).hexdigest()[:12]


def _resolved(folder: PurePosixPath, relative: str) -> str:
    parts: list[str] = []
    for part in (folder / relative).parts:
        parts = parts[:-1] if part == ".." else [*parts, part]
    return "/".join(parts)


def _is_there(path: str) -> bool:
    return path == PAGE or (".." not in PurePosixPath(path).parts and (ROOT / path).is_file())
