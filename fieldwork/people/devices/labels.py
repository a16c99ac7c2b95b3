"""Words out for devices."""

REVOKED = "已停用{name}"
