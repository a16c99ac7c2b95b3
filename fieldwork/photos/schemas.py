"""What is sent about a photo: the boxes to be covered, in parts of the upright picture."""

from typing import Annotated, Any

from pydantic import BeforeValidator, Field, model_validator

from fieldwork.core.schemas import Form

BOXES_MAX = 50
SIDE_MIN = 0.01
DIGITS = 4


def _rounded(value: Any) -> Any:
    try:
        return round(float(value), DIGITS)
    except (TypeError, ValueError, OverflowError):
        return value


Part = Annotated[float, BeforeValidator(_rounded), Field(ge=0, le=1, allow_inf_nan=False)]
Side = Annotated[float, BeforeValidator(_rounded), Field(ge=SIDE_MIN, le=1, allow_inf_nan=False)]


class Box(Form):
    """A part of the picture: its left upper corner, width and height, all of them parts of the whole, 0 to 1."""

    x: Part
    y: Part
    width: Side
    height: Side

    @model_validator(mode="after")
    def _is_inside(self) -> "Box":
        """Cut off at the edge of the picture: fingers go beyond it."""
        self.width, self.height = min(self.width, 1 - self.x), min(self.height, 1 - self.y)
        if min(self.width, self.height) < SIDE_MIN / 2:
            raise ValueError("方框在照片之外，请重新画")
        return self

    @property
    def numbers(self) -> list[float]:
        """As Photo.mosaic keeps it."""
        return [self.x, self.y, round(self.width, DIGITS), round(self.height, DIGITS)]


class Cover(Form):
    """All that shall be covered, and the mosaic (its key) the person had before them."""

    seen: str = Field(default="", max_length=16)
    boxes: list[Box] = Field(min_length=1, max_length=BOXES_MAX)
