"""What a machine can hold of the house rules: doors, sizes, words in their places, no ranking, no inline code."""

import ast
import pathlib
import re
from collections.abc import Iterator

import pytest
from flask import Flask

ROOT = pathlib.Path(__file__).parent.parent
FROZEN = ROOT / "fieldwork" / "migrations"  # copies of tables as they once were
CODE = sorted(path for path in (ROOT / "fieldwork").rglob("*.py") if FROZEN not in path.parents)
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
SCRIPTS = sorted((ROOT / "static" / "js").rglob("*.js"))
STYLES = sorted((ROOT / "static" / "css").rglob("*.css"))
HAN = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]")
WORDS_LIVE_IN = re.compile(r"(labels|schemas)\.py$|_labels\.py$|/sample/|/core/hanzi/")
HTMX = {"get", "post", "target", "swap", "trigger", "push-url", "indicator", "confirm", "swap-oob"}
RANKING = re.compile(
    r"排名|排行|名次|打卡|签到|积分|得分|评分|在线时长|达标率|leaderboard|ranking|top_users|check_in", re.IGNORECASE
)


def ids(path: pathlib.Path) -> str:
    return str(path.relative_to(ROOT))


def tree(path: pathlib.Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def functions(path: pathlib.Path) -> Iterator[ast.FunctionDef]:
    return (node for node in ast.walk(tree(path)) if isinstance(node, ast.FunctionDef))


# --- doors


def test_every_view_declares_who_may_call_it(app: Flask) -> None:
    open_doors = [
        name for name, view in app.view_functions.items() if name != "static" and not hasattr(view, "permission")
    ]
    assert open_doors == []


def test_urls_are_kebab_case_and_typed(app: Flask) -> None:
    rules = [rule for rule in app.url_map.iter_rules() if rule.endpoint != "static"]
    untyped = [rule.rule for rule in rules if re.search(r"<[^:>]+>", rule.rule)]
    assert untyped == []
    plain = [re.sub(r"<[^>]+>", "", rule.rule) for rule in rules]
    assert [url for url in plain if not re.fullmatch(r"[a-z0-9/.\-]*", url)] == []


# --- sizes


@pytest.mark.parametrize("path", [*CODE, *TEMPLATES, *SCRIPTS, *STYLES], ids=ids)
def test_no_file_is_longer_than_a_reader_can_hold(path: pathlib.Path) -> None:
    limit = 150 if path.suffix == ".js" else 300
    assert len(path.read_text(encoding="utf-8").splitlines()) <= limit


@pytest.mark.parametrize("path", CODE, ids=ids)
def test_no_function_is_longer_than_a_screen(path: pathlib.Path) -> None:
    assert [f.name for f in functions(path) if (f.end_lineno or 0) - f.lineno + 1 > 50] == []


# --- words in their places


@pytest.mark.parametrize("path", CODE, ids=ids)
def test_chinese_stands_only_where_words_live(path: pathlib.Path) -> None:
    if WORDS_LIVE_IN.search(path.as_posix()):
        return
    module = tree(path)
    docstrings = {
        id(node.body[0].value)
        for node in ast.walk(module)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    strings = [node for node in ast.walk(module) if isinstance(node, ast.Constant) and isinstance(node.value, str)]
    assert [node.value for node in strings if HAN.search(node.value) and id(node) not in docstrings] == []


def test_screen_texts_do_not_shout() -> None:
    shouting = [ids(path) for path in [*TEMPLATES, *CODE] if "！" in path.read_text(encoding="utf-8")]
    assert shouting == []


# --- rooms


@pytest.mark.parametrize("path", [p for p in CODE if p.name == "routes.py"], ids=ids)
def test_routes_hold_no_query(path: pathlib.Path) -> None:
    calls = {
        node.func.attr
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
    }
    assert calls & {"select", "where", "execute", "execute_sql", "save", "create", "delete_instance"} == set()


@pytest.mark.parametrize("path", [p for p in CODE if p.name == "queries.py"], ids=ids)
def test_questions_write_nothing(path: pathlib.Path) -> None:
    calls = {
        node.func.attr
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
    }
    assert calls & {"save", "create", "insert", "insert_many", "delete", "delete_instance"} == set()


@pytest.mark.parametrize("path", [p for p in CODE if p.name == "actions.py"], ids=ids)
def test_verbs_know_nothing_of_http(path: pathlib.Path) -> None:
    assert re.search(r"^(from|import) flask", path.read_text(encoding="utf-8"), re.MULTILINE) is None


@pytest.mark.parametrize("path", CODE, ids=ids)
def test_nothing_catches_everything(path: pathlib.Path) -> None:
    handlers = [node for node in ast.walk(tree(path)) if isinstance(node, ast.ExceptHandler)]
    assert [h.lineno for h in handlers if h.type is None or ast.unparse(h.type) in {"Exception", "BaseException"}] == []


# --- pages


@pytest.mark.parametrize("path", TEMPLATES, ids=ids)
def test_pages_hold_no_inline_code(path: pathlib.Path) -> None:
    text = re.sub(r"{#.*?#}", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    assert re.search(r"\sstyle\s*=|<style|\son[a-z]+\s*=\s*[\"']|javascript:|hx-on|js:", text) is None
    assert [tag for tag in re.findall(r"<script[^>]*>", text) if "src=" not in tag] == []
    assert "|safe" not in text and "| safe" not in text


@pytest.mark.parametrize("path", TEMPLATES, ids=ids)
def test_only_the_plain_htmx_attributes_are_used(path: pathlib.Path) -> None:
    used = set(
        re.findall(r"\shx-([a-z:-]+)", re.sub(r"{#.*?#}", "", path.read_text(encoding="utf-8"), flags=re.DOTALL))
    )
    assert used <= HTMX


@pytest.mark.parametrize("path", TEMPLATES, ids=ids)
def test_every_htmx_form_works_without_htmx(path: pathlib.Path) -> None:
    text = re.sub(r"{#.*?#}", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    for tag in re.findall(r"<[a-z][^<>]*hx-post[^<>]*>", text):
        assert tag.startswith("<form") and "action=" in tag, tag
    for tag in re.findall(r"<[a-z][^<>]*hx-get[^<>]*>", text):
        assert re.match(r"<(a|form|input|button|select|div|section)", tag), tag


@pytest.mark.parametrize("path", STYLES, ids=ids)
def test_styles_use_neither_ids_nor_force(path: pathlib.Path) -> None:
    text = re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    assert "!important" not in text
    assert re.search(r"(^|[\s,}])#[a-zA-Z][\w-]*\s*[{,:.]", text) is None


def test_nothing_asks_another_host() -> None:
    for path in [*TEMPLATES, *SCRIPTS, *STYLES]:
        text = path.read_text(encoding="utf-8")
        assert re.search(r"(src|href|action|url)\s*[=(]\s*[\"']?(https?:)?//", text) is None, ids(path)


# --- less burden


@pytest.mark.parametrize("path", [*TEMPLATES, *CODE, *SCRIPTS], ids=ids)
def test_nothing_ranks_people_or_asks_for_a_check_in(path: pathlib.Path) -> None:
    assert RANKING.findall(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("path", [p for p in CODE if p.name != "actions.py"], ids=ids)
def test_no_list_is_ordered_by_a_count(path: pathlib.Path) -> None:
    orders = [
        node
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call) and ast.unparse(node.func).endswith("order_by")
    ]
    assert [
        ast.unparse(call)
        for call in orders
        if re.search(r"COUNT|SUM|count|total|amount", ast.unparse(call).partition("order_by")[2])
    ] == []


# --- docs


def test_the_readme_names_every_setting() -> None:
    names = re.findall(r'_read\(values, "([A-Z_]+)"', (ROOT / "fieldwork" / "config.py").read_text(encoding="utf-8"))
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert [name for name in names if f"FIELDWORK_{name}" not in readme] == []
