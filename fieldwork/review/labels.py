"""Words out for the review."""

from collections.abc import Mapping
from typing import Any

REFUSALS: dict[str, str] = {
    "own_unit": "这篇案例出自您本人或本单位，按回避要求请由他人审核。",
    "grade_not_yours": "您可以评定县级典型；市级典型和示范由市级评定。",
}

PASS = {"county": "推荐", "city": "初审通过", "leader": "审定通过", "office": "通过"}
PINNED = "批注："
ASKS = {
    "return": "退回后，作者按意见修改再提交，本轮意见都会保留。",
    "decline": "不予采用的案例仍可作素材保留。",
}


def pass_label(case: Any) -> str:
    """What passing is called at the stage where the case stands."""
    return PASS.get(case.stage_role or "", "通过")


def done(code: str, before: Any, after: Any, cases: Any) -> str:
    """One sentence on what has just been decided."""
    if code != "pass":
        return f"已办：{cases.MOVES[code]}"
    return f"已{pass_label(before)}，转入{after.stage.name}" if after.stage_id else "已审定通过，案例已入库"


def said(form: Mapping[str, str], cases: Any) -> list[tuple[str, str]]:
    """What was filled in with a decision, under the names the screen gives it; comments at fields as `批注：成效`."""
    lines = []
    for name, value in form.items():
        field = name.removeprefix("pin-")
        if value.strip() and field in cases.FIELDS:
            word = cases.GRADES.get(value, value) if name == "grade" else value
            lines.append((PINNED + cases.FIELDS[field] if field != name else cases.FIELDS[name], word))
    return lines
