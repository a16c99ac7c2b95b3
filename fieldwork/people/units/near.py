"""Which units are near a point: a box first, so that not every unit is measured, then the distances."""

from dataclasses import dataclass
from math import cos, radians

from peewee import Expression

from fieldwork.core import coordinates
from fieldwork.people.models import Unit

KM_PER_DEGREE = 111.2
BOXES_KM = (5, 30, 150)


@dataclass(frozen=True)
class Point:
    """A place in WGS-84 degrees."""

    lat: float
    lon: float

    def km_to(self, lat: float, lon: float) -> float:
        """The distance over ground."""
        return coordinates.metres_between(coordinates.Point(self.lat, self.lon), coordinates.Point(lat, lon)) / 1000

    def box(self, km: float) -> Expression:
        """The units with coordinates within so many kilometres north, south, east and west."""
        high = km / KM_PER_DEGREE
        wide = high / max(cos(radians(self.lat)), 0.01)
        return Unit.lat.between(self.lat - high, self.lat + high) & Unit.lon.between(self.lon - wide, self.lon + wide)


def point_of(text: str) -> Point | None:
    """ "31.82,105.62" as a point; None when it is no place on earth."""
    lat, _, lon = text.partition(",")
    try:
        point = Point(float(lat), float(lon))
    except ValueError:
        return None
    return point if abs(point.lat) <= 90 and abs(point.lon) <= 180 else None
