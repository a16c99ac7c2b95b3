"""Places are kept in WGS-84, and shifted only for maps of the mainland."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldwork.core.coordinates import Point, gcj02_of, metres_between, rounded, wgs84_of

KNOWN = (  # points that other programs for the same formula are tested with
    (Point(31.1774276, 121.5272106), Point(31.17530398364597, 121.531541859215)),
    (Point(22.543847, 113.912316), Point(22.540796131694766, 113.9171764808363)),
    (Point(39.911954, 116.377817), Point(39.91334545536069, 116.38404722455657)),
)


@pytest.mark.parametrize(("wgs84", "gcj02"), KNOWN)
def test_known_places_are_drawn_where_maps_of_the_mainland_draw_them(wgs84: Point, gcj02: Point) -> None:
    assert metres_between(gcj02_of(wgs84), gcj02) < 1
    assert metres_between(wgs84_of(gcj02), wgs84) < 1


@given(st.floats(18, 53), st.floats(74, 134))
def test_there_and_back_is_the_same_place(lat: float, lon: float) -> None:
    there = gcj02_of(Point(lat, lon))
    assert 10 < metres_between(there, Point(lat, lon)) < 1500
    assert metres_between(wgs84_of(there), Point(lat, lon)) < 0.01


@pytest.mark.parametrize("place", [Point(43.467448, 11.885127), Point(35.68, 139.69), Point(-33.87, 151.21)])
def test_places_outside_china_stay_where_they_are(place: Point) -> None:
    assert gcj02_of(place) == wgs84_of(place) == place


def test_distances_are_those_over_ground() -> None:
    assert metres_between(Point(39.9042, 116.4074), Point(31.2304, 121.4737)) == pytest.approx(1_067_000, rel=0.005)
    assert metres_between(Point(0, 179.9), Point(0, -179.9)) == pytest.approx(22_200, rel=0.01)
    assert metres_between(Point(31.8, 105.6), Point(31.8, 105.6)) == 0


def test_what_leaves_a_record_names_no_house() -> None:
    assert rounded(Point(31.8200123, 105.6200987)) == Point(31.82, 105.62)
