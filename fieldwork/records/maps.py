"""The one way by which a place leaves the house: a link to a map, for who may know the place, if the site lets it.

Off by default: on an intranet such a link leads nowhere, and every use of it tells the owner of the map which village
is being looked at. What goes out is rounded (about 100 m). `geo:` opens the map of the phone itself and is WGS-84;
the web page of 高德 takes GCJ-02, the only place of the house where that is needed.
"""

from fieldwork.core.coordinates import Point, gcj02_of, rounded

GEO, AMAP = "geo", "amap"


def map_url(place: Point, kind: str) -> str:
    """The address that shows a place in WGS-84, by the setting `map` of the site; empty where no link leads out."""
    if kind == GEO:
        lat, lon = rounded(place)
        return f"geo:{lat:.3f},{lon:.3f}"
    if kind == AMAP:
        lat, lon = rounded(gcj02_of(rounded(place)))
        return f"https://uri.amap.com/marker?position={lon:.3f},{lat:.3f}&coordinate=gaode"
    return ""
