"""Words out."""

REFUSALS: dict[str, str] = {
    "own_unit": "这篇案例出自您本人或本单位，按回避要求请由他人审核。",
    "grade_not_yours": "您可以评定县级典型；市级典型和示范由市级评定。",
}
