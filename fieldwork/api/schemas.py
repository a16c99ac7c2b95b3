"""Words in that only the API knows."""

from typing import Annotated
from uuid import UUID

from pydantic import Field

from fieldwork.core.schemas import Form, RequiredLine
from fieldwork.records.schemas import Sha256

ASKED_MAX = 1000


class TokenRequest(Form):
    """Who wants a token, and what the device is called on its owner's page."""

    username: Annotated[RequiredLine, Field(max_length=64)]
    password: Annotated[str, Field(min_length=1, max_length=200)]
    device: Annotated[RequiredLine, Field(max_length=100)]


class Have(Form):
    """Which records and photos the caller would like to know the server's hold of."""

    ids: Annotated[list[UUID], Field(max_length=ASKED_MAX)] = []
    hashes: Annotated[list[Sha256], Field(max_length=ASKED_MAX)] = []
