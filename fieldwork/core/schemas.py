"""Words in: the base of every form and API body, and Chinese for what can be wrong with a field."""

from collections.abc import Mapping
from typing import Annotated, Any, TypeVar

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from fieldwork.core.hanzi.cleaning import clean

TEXT_MAX = 20_000
LINE_MAX = 200

MESSAGES = {
    "missing": "请填写这一项",
    "string_too_short": "请填写这一项",
    "string_too_long": "最多 {max_length} 个字，现在有 {length} 个字，请删减后再提交",
    "int_parsing": "请填写整数",
    "int_type": "请填写整数",
    "float_parsing": "请填写数字",
    "greater_than_equal": "不能小于 {ge}",
    "less_than_equal": "不能大于 {le}",
    "greater_than": "应大于 {gt}",
    "literal_error": "没有这个选项，请重新选择",
    "uuid_parsing": "没有这个选项，请重新选择",
    "uuid_type": "没有这个选项，请重新选择",
    "date_from_datetime_parsing": "日期格式不对，请按 2026-11-23 这样填写",
    "date_parsing": "日期格式不对，请按 2026-11-23 这样填写",
    "datetime_parsing": "时间格式不对",
    "datetime_from_date_parsing": "时间格式不对",
    "timezone_aware": "时间须带时区",
    "bool_parsing": "没有这个选项，请重新选择",
    "too_long": "最多 {max_length} 项",
    "string_type": "这里应填写文字",
}
OTHERWISE = "这一项填写有误，请检查"

FieldErrors = dict[str, list[str]]
Schema = TypeVar("Schema", bound=BaseModel)


class Form(BaseModel):
    """A form or API body: unknown fields are ignored, texts come cleaned and stripped."""

    model_config = ConfigDict(str_strip_whitespace=True, extra="ignore")


def _cleaned(value: Any) -> Any:
    return clean(value) if isinstance(value, str) else value


def _empty_is_none(value: Any) -> Any:
    return None if isinstance(value, str) and not value.strip() else value


def _one_line(value: str) -> str:
    return " ".join(value.split())


Line = Annotated[str, Field(max_length=LINE_MAX), BeforeValidator(_cleaned), AfterValidator(_one_line)]
Text = Annotated[str, Field(max_length=TEXT_MAX), BeforeValidator(_cleaned)]
RequiredLine = Annotated[
    str, Field(min_length=1, max_length=LINE_MAX), BeforeValidator(_cleaned), AfterValidator(_one_line)
]
RequiredText = Annotated[str, Field(min_length=1, max_length=TEXT_MAX), BeforeValidator(_cleaned)]
Optionally = BeforeValidator(_empty_is_none)
"""Marks a field whose empty string means "not given": `Annotated[date | None, Optionally] = None`."""


def read(schema: type[Schema], values: Mapping[str, Any]) -> tuple[Schema | None, FieldErrors]:
    """What was sent, as the schema's object, or None and the messages by field name ("" for the form as a whole).

    A werkzeug MultiDict gives lists for the fields the schema declares as lists.
    """
    try:
        return schema.model_validate(_plain(schema, values)), {}
    except ValidationError as invalid:
        return None, errors_of(invalid)


def errors_of(invalid: ValidationError) -> FieldErrors:
    """The messages of a pydantic error in Chinese, by field name."""
    found: FieldErrors = {}
    for error in invalid.errors(include_url=False):
        field = ".".join(str(part) for part in error["loc"] if not str(part).startswith("function-"))
        found.setdefault(field, []).append(_message(error))
    return found


def _message(error: Any) -> str:
    if error["type"] == "value_error":
        return str(error["ctx"]["error"])
    facts, kind = dict(error.get("ctx") or {}), error["type"]
    if isinstance(error.get("input"), str):
        facts["length"] = len(error["input"])
        kind = f"string_{kind}" if kind in {"too_long", "too_short"} else kind
    return MESSAGES.get(kind, OTHERWISE).format_map(facts)


def _plain(schema: type[BaseModel], values: Mapping[str, Any]) -> dict[str, Any]:
    if not hasattr(values, "getlist"):
        return dict(values)
    several = {name for name, field in schema.model_fields.items() if "list[" in str(field.annotation)}
    given = [name for name in values if values.getlist(name)]
    return {name: values.getlist(name) if name in several else values[name] for name in given}
