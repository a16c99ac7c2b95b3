"""Words out for the review."""

from typing import Any

REFUSALS: dict[str, str] = {
    "own_unit": "这篇案例出自您本人或本单位，按回避要求请由他人审核。",
    "grade_not_yours": "您可以评定县级典型；市级典型和示范由市级评定。",
}

PASS = {"county": "推荐", "city": "初审通过", "leader": "审定通过", "office": "通过"}
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
