"""Words out."""

REFUSALS: dict[str, str] = {}
