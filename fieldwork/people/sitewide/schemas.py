"""Words in: what the office calls the site, its organ and its masthead, and what stands in the footer."""

from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from fieldwork.core.schemas import Form, Line

BAD_PHONE = "电话只能有数字、空格和 - + ( )"


def _as_phone(text: str) -> str:
    if not set(text) <= set("0123456789 -+()"):
        raise ValueError(BAD_PHONE)
    return text


Name = Annotated[Line, Field(max_length=50)]
Phone = Annotated[Line, Field(max_length=30), AfterValidator(_as_phone)]


class SiteIn(Form):
    """The settings of the site. An empty one goes back to what the installation says."""

    name: Name = ""
    organ: Name = ""
    masthead: Annotated[Line, Field(max_length=20)] = ""
    host_organ: Name = ""
    filing_no: Name = ""
    support_phone: Phone = ""
    offline: Literal["", "on", "off"] = ""  # off: phones take their service worker out; what is written on them stays
    map: Literal["", "off", "geo", "amap"] = ""  # off: no link leads out; a place is nobody's business outside
