"""`make vendor`: copy the pinned front-end packages into the tree, and note the checksum of every file.

package.json pins the versions and package-lock.json the checksums of the packages; npm has checked them before this.
"""

import hashlib
import json
import shutil
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ROOT / "node_modules"
TAKEN: dict[str, dict[str, dict[str, str]]] = {
    "static/vendor": {
        "htmx.org": {"dist/htmx.min.js": "htmx.min.js", "LICENSE": "htmx.LICENSE"},
        "idb": {"build/index.js": "idb.js", "LICENSE": "idb.LICENSE"},
        "client-zip": {"index.js": "client-zip.js", "LICENSE.txt": "client-zip.LICENSE"},
    },
    "tests/vendor": {
        "axe-core": {"axe.min.js": "axe.min.js", "LICENSE": "axe.LICENSE"},
    },
}


def main() -> None:
    """Make every vendor folder anew."""
    lock = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    for place, packages in TAKEN.items():
        folder = ROOT / place
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        notes = [_take(name, files, folder, lock[f"node_modules/{name}"]) for name, files in packages.items()]
        (folder / "vendor.json").write_text(json.dumps(notes, indent=2) + "\n", encoding="utf-8")


def _take(name: str, files: dict[str, str], folder: Path, locked: dict[str, Any]) -> dict[str, Any]:
    for source, target in files.items():
        shutil.copyfile(PACKAGES / name / source, folder / target)
    return {
        "name": name,
        "version": locked["version"],
        "license": locked["license"],
        "integrity": locked["integrity"],
        "sha256": {target: hashlib.sha256((folder / target).read_bytes()).hexdigest() for target in files.values()},
    }


if __name__ == "__main__":
    main()
