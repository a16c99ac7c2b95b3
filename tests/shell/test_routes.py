"""The service worker, the manifest and the page for no line, as they are served."""

import json
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from fieldwork import assets
from fieldwork.people.models import Setting
from fieldwork.shell import worker


def facts(script: str) -> dict[str, Any]:
    """What the server wrote at the head of the worker."""
    found: dict[str, Any] = json.loads(script.split("\n", 1)[0].removeprefix("const SHELL = ").removesuffix(";"))
    return found


def test_the_worker_is_asked_for_anew_each_time_and_may_lead_every_page(log_in: Any) -> None:
    answer = log_in(None).get("/sw.js")
    assert answer.mimetype == "text/javascript"
    assert answer.headers["Cache-Control"] == "no-cache"
    assert "Set-Cookie" not in answer.headers


def test_everything_the_worker_keeps_is_there_and_may_be_cached_for_ever(log_in: Any) -> None:
    nobody = log_in(None)
    for address in facts(nobody.get("/sw.js").text)["assets"]:
        answer = nobody.get(address)
        assert answer.status_code == 200, address
        assert "max-age=31536000" in answer.headers["Cache-Control"], address


def test_the_worker_keeps_every_style_and_script_a_page_asks_for(log_in: Any, people: Any) -> None:
    kept = set(facts(log_in(None).get("/sw.js").text)["assets"])
    for path in ("/", "/visits/new", "/problems/new", "/cases/new", "/outbox/", "/me/", "/visits/"):
        page = log_in(people.xiaolin).get(path).text
        asked = set(re.findall(r'(?:src|href)="(/static/[^"#]+\.(?:js|css|svg|png)\?v=\w+)', page))
        assert asked, path
        assert asked - kept == set(), path


@pytest.mark.parametrize(
    ("path", "more"),
    [
        ("css/base.css", "@layer base {\n  .longer { color: red; }\n}\n"),
        ("js/capture/index.js", "/* longer */"),
        ("js/worker/pages.js", "/* longer */"),
        ("vendor/htmx.min.js", "/* longer */"),
        ("icons/icons.svg", "<!-- longer -->"),
    ],
)
def test_a_change_of_anything_it_keeps_makes_another_version(log_in: Any, tmp_path: Path, path: str, more: str) -> None:
    nobody = log_in(None)
    before = version_of(nobody)
    assert version_of(nobody) == before
    with released(tmp_path, path, more):
        assert version_of(nobody) != before
    assert version_of(nobody) == before


def version_of(client: Any) -> str:
    return str(facts(client.get("/sw.js").text)["version"])


@contextmanager
def released(folder: Path, path: str, more: str) -> Iterator[None]:
    """Another release, in a folder of its own: one file has got longer."""
    root, assets.ROOT = assets.ROOT, folder / "static"
    shutil.copytree(root, assets.ROOT)
    with (assets.ROOT / path).open("a", encoding="utf-8") as file:
        file.write(more)
    forget_assets()
    yield
    assets.ROOT = root
    forget_assets()


def forget_assets() -> None:
    for remembered in (assets.content, assets.digest, worker.kept):
        remembered.cache_clear()


@pytest.mark.parametrize("sheet", assets.SHEETS)
def test_every_rule_stands_in_a_layer_or_it_would_not_be_served(sheet: str) -> None:
    source = (assets.ROOT / f"css/{sheet}.css").read_text(encoding="utf-8")
    outside = re.sub(r"/\*.*?\*/", "", assets.LAYER.sub("", source), flags=re.DOTALL)
    assert re.sub(r"@layer [\w, ]+;", "", outside).strip() == ""


def test_the_office_can_switch_it_off_and_on(log_in: Any) -> None:
    nobody = log_in(None)
    Setting.insert(key="offline", value="off").execute()
    gone = nobody.get("/sw.js")
    assert "unregister" in gone.text
    assert "fetch" not in gone.text
    assert gone.headers["Cache-Control"] == "no-cache"
    assert 'data-offline="off"' in nobody.get("/login").text
    Setting.update(value="on").where(Setting.key == "offline").execute()
    assert "const SHELL" in nobody.get("/sw.js").text
    assert "data-offline" not in nobody.get("/login").text


def test_the_page_for_no_line_is_the_same_for_everybody(log_in: Any, people: Any) -> None:
    assert log_in(people.xiaolin).get("/offline").text == log_in(None).get("/offline").text
    assert "林岚" not in log_in(people.xiaolin).get("/offline").text


def test_the_manifest_bears_the_name_of_the_site(log_in: Any) -> None:
    Setting.insert(key="name", value="北部片调研").execute()
    manifest = log_in(None).get("/manifest.webmanifest")
    assert manifest.mimetype == "application/manifest+json"
    assert manifest.json["name"] == "北部片调研"
    assert manifest.json["display"] == "standalone"
    assert manifest.json["shortcuts"][0]["url"] == "/visits/new"


def test_the_icons_are_as_large_as_the_manifest_says(log_in: Any) -> None:
    nobody = log_in(None)
    icons = nobody.get("/manifest.webmanifest").json["icons"]
    assert {icon["purpose"] for icon in icons} == {"any", "maskable"}
    for icon in icons:
        with Image.open(BytesIO(nobody.get(icon["src"]).data)) as picture:
            assert "{}x{}".format(*picture.size) == icon["sizes"]
            if icon["purpose"] == "maskable":  # a phone cuts it to its own shape: no corner may be bare
                assert picture.convert("RGBA").getpixel((0, 0))[3] == 255


def test_every_page_names_the_manifest(log_in: Any) -> None:
    assert '<link rel="manifest" href="/manifest.webmanifest">' in log_in(None).get("/login").text
