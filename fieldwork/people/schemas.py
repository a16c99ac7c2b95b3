"""Words in: logging in, a new password, how pages look."""

import unicodedata
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, ValidationInfo, field_validator

from fieldwork.core.schemas import Form, RequiredLine
from fieldwork.people import passwords

WRONG_CURRENT = "现在的密码不对"
WEAK_PASSWORD = "至少 8 位，大写字母、小写字母、数字、符号中用到三种"
SAME_PASSWORD = "新密码不能和现在的一样"
NOT_THE_SAME = "两次输入的新密码不一样"


def _as_username(value: str) -> str:
    return unicodedata.normalize("NFKC", value).strip().casefold()


Username = Annotated[RequiredLine, AfterValidator(_as_username)]
Secret = Annotated[str, Field(min_length=1, max_length=passwords.LENGTH_MAX)]


class Login(Form):
    """What the login page sends. A password is taken as it is, blanks included."""

    model_config = Form.model_config | {"str_strip_whitespace": False}

    username: Username
    password: Secret


class NewPassword(Form):
    """A new password, twice, and the one it replaces. `current` is checked by the view, which knows the person."""

    model_config = Form.model_config | {"str_strip_whitespace": False}

    current: Secret
    password: Secret
    again: Secret

    @field_validator("password")
    @classmethod
    def _is_strong(cls, value: str, info: ValidationInfo) -> str:
        if not passwords.is_strong(value):
            raise ValueError(WEAK_PASSWORD)
        if value == info.data.get("current"):
            raise ValueError(SAME_PASSWORD)
        return value

    @field_validator("again")
    @classmethod
    def _is_the_same(cls, value: str, info: ValidationInfo) -> str:
        if "password" in info.data and value != info.data["password"]:
            raise ValueError(NOT_THE_SAME)
        return value


class Looks(Form):
    """How this browser shows pages."""

    theme: Literal["auto", "light", "dark"] = "auto"
    type: Literal["normal", "large"] = "normal"
