"""Places on earth. All we keep is WGS-84, as satellites and browsers say it; maps of the mainland draw in GCJ-02.

GCJ-02 is WGS-84 shifted by up to 700 m by a formula that was never published; the one everybody uses is below. Only the
edge that hands a place to such a map, or takes one from it, may convert; nothing converted is ever stored.
"""

from math import asin, cos, pi, radians, sin, sqrt
from typing import NamedTuple

EARTH_M = 6_371_000
DECIMALS_OUTSIDE = 3  # about 100 m: what leaves a record says which hamlet, not which house

_AXIS_M, _FLATNESS = 6_378_245.0, 0.00669342162296594323  # the Krasovsky ellipsoid
_BOUNDS = (0.8293, 55.8271), (72.004, 137.8347)  # the box within which the formula shifts
_CLOSE_ENOUGH_DEG = 1e-9
_STEPS_MAX = 10


class Point(NamedTuple):
    """A place in degrees north and east."""

    lat: float
    lon: float


def metres_between(one: Point, other: Point) -> float:
    """The distance over ground (haversine; at most half a percent off, since the earth is no ball)."""
    half_lat, half_lon = radians(other.lat - one.lat) / 2, radians(other.lon - one.lon) / 2
    chord = sin(half_lat) ** 2 + cos(radians(one.lat)) * cos(radians(other.lat)) * sin(half_lon) ** 2
    return 2 * EARTH_M * asin(sqrt(min(1.0, chord)))


def rounded(point: Point) -> Point:
    """The place as it may be told outside its record."""
    return Point(round(point.lat, DECIMALS_OUTSIDE), round(point.lon, DECIMALS_OUTSIDE))


def gcj02_of(wgs84: Point) -> Point:
    """Where a GCJ-02 map draws this place; outside China's box the place itself."""
    (south, north), (west, east) = _BOUNDS
    if not (south <= wgs84.lat <= north and west <= wgs84.lon <= east):
        return wgs84
    shift = _shift(wgs84)
    return Point(wgs84.lat + shift.lat, wgs84.lon + shift.lon)


def wgs84_of(gcj02: Point) -> Point:
    """The place that a GCJ-02 map draws here, for imports; found by iteration, to a millimetre."""
    guess = gcj02
    for _ in range(_STEPS_MAX):
        drawn = gcj02_of(guess)
        off = Point(drawn.lat - gcj02.lat, drawn.lon - gcj02.lon)
        guess = Point(guess.lat - off.lat, guess.lon - off.lon)
        if max(abs(off.lat), abs(off.lon)) < _CLOSE_ENOUGH_DEG:
            break
    return guess


def _shift(place: Point) -> Point:
    x, y = place.lon - 105.0, place.lat - 35.0
    common = (20 * sin(6 * x * pi) + 20 * sin(2 * x * pi)) * 2 / 3
    north = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * sqrt(abs(x)) + common
    north += (20 * sin(y * pi) + 40 * sin(y / 3 * pi)) * 2 / 3
    north += (160 * sin(y / 12 * pi) + 320 * sin(y * pi / 30)) * 2 / 3
    east = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * sqrt(abs(x)) + common
    east += (20 * sin(x * pi) + 40 * sin(x / 3 * pi)) * 2 / 3
    east += (150 * sin(x / 12 * pi) + 300 * sin(x / 30 * pi)) * 2 / 3
    slope = 1 - _FLATNESS * sin(radians(place.lat)) ** 2
    along = radians(_AXIS_M * (1 - _FLATNESS) / (slope * sqrt(slope)))
    across = radians(_AXIS_M / sqrt(slope) * cos(radians(place.lat)))
    return Point(north / along, east / across)
