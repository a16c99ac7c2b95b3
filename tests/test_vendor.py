"""The front-end packages in the tree are those that package-lock.json pins, unchanged."""

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parent.parent
FOLDERS = ("static/vendor", "tests/vendor")


def notes(folder: str) -> list[dict[str, Any]]:
    return json.loads((ROOT / folder / "vendor.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("folder", FOLDERS)
def test_a_vendored_file_is_the_one_that_was_checked(folder: str) -> None:
    noted = {name: digest for package in notes(folder) for name, digest in package["sha256"].items()}
    found = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in (ROOT / folder).iterdir()}
    del found["vendor.json"]
    assert found == noted


@pytest.mark.parametrize("folder", FOLDERS)
def test_a_vendored_package_is_the_one_that_is_pinned(folder: str) -> None:
    lock = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    for package in notes(folder):
        locked = lock[f"node_modules/{package['name']}"]
        assert (package["version"], package["integrity"]) == (locked["version"], locked["integrity"])


@pytest.mark.parametrize("folder", FOLDERS)
def test_a_vendored_package_brings_its_license(folder: str) -> None:
    for package in notes(folder):
        assert any(name.endswith("LICENSE") for name in package["sha256"]), package["name"]


def test_the_lock_pins_every_package_by_checksum_and_names_no_host() -> None:
    lock = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    packages = {name: package for name, package in lock.items() if name}
    assert all(package["integrity"].startswith("sha512-") for package in packages.values())
    assert not any("resolved" in package for package in packages.values())
