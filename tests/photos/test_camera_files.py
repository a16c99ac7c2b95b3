"""Every camera photo we have: right side up, in the right colours, with the time and place its camera wrote."""

import io
from datetime import UTC, datetime
from typing import Any

import pytest
from PIL import Image

from fieldwork.photos import files
from tests.photos.sending import ready
from tests.support.pictures import folder, photo, photos

ARE_REAL = photo("DSCN0012.jpg").is_file()
SCENE_WIDE, SCENE_HIGH = "737568 7e7f6c 5c514a 3a382f", "777a6c 7d7f74 707454 6a6b4e"
AREZZO = {
    "DSCN0010.jpg": ("16:28:39", 43.467448, 11.885127, "b4a565 a99752 817040 83673e"),
    "DSCN0012.jpg": ("16:29:49", 43.467157, 11.885395, "959089 5e5237 5f4c36 6c5a48"),
    "DSCN0021.jpg": ("16:38:20", 43.467082, 11.884538, "544f2c 5a5938 7e6b52 88775c"),
    "DSCN0025.jpg": ("16:43:21", 43.468365, 11.881635, "9e9386 7b6c59 64605e 615b55"),
    "DSCN0027.jpg": ("16:44:01", 43.468442, 11.881515, "989281 706c5c 78645d 6c5a53"),
    "DSCN0029.jpg": ("16:46:53", 43.468243, 11.880172, "969283 696459 68625b 6e675e"),
    "DSCN0038.jpg": ("16:52:15", 43.467255, 11.879213, "8e7b69 b39479 766256 685c54"),
    "DSCN0040.jpg": ("16:55:37", 43.466012, 11.879112, "b9b6ac 726b5e 615e56 4b483f"),
    "DSCN0042.jpg": ("17:00:07", 43.464455, 11.881478, "635a51 7d756a 4e433a 645647"),
}
OTHERS = {
    "HMD_Nokia_8.3_5G.jpg": (
        "2022-08-14 11:12:31",
        180,
        (60.146706, 24.906772),
        (320, 137),
        "4888d3 4484d0 41618c 3f5f89",
    ),
    "IMG_5195.HEIC": (
        "2021-04-11 20:47:53",
        -300,
        (39.051344, -94.288772),
        (248, 320),
        "838173 748968 776186 837474",
    ),  # Display P3
    "iphone_hdr_YES.jpg": (
        "2015-04-10 12:12:23",
        None,
        (40.446972, -3.724753),
        (320, 240),
        "7f7976 4f574a 8c7e83 726d75",
    ),
    "corrupted.jpg": ("2015-09-08 03:02:17", None, None, (320, 240), "666d5b 423f35 666f60 605c4e"),
    "image00971.jpg": (None, None, None, (320, 114), "dac8c3 a38c83 e6d2ce 64575d"),
    "image01088.jpg": (None, None, None, (320, 90), "dad9dc a49fa7 e0dad8 dad9de"),
    "long_description.jpg": (None, None, None, (100, 73), "c89867 c08e5a 8a5a2e a8733c"),
    **{f"landscape_{held}.jpg": (None, None, None, (320, 240), SCENE_WIDE) for held in (1, 3, 6, 8)},
    **{f"portrait_{held}.jpg": (None, None, None, (240, 320), SCENE_HIGH) for held in (1, 3, 6, 8)},
}
"""By name: the time in UTC, minutes east of it where the camera knew them, the place, the size of the derivative and
the colours of its quarters, which a conversion of the whole original by Little CMS gives, too."""

EXPECTED = OTHERS | {
    name: (f"2008-10-22 {int(time[:2]) - 8:02}{time[2:]}", None, (lat, lon), (320, 240), colours)
    for name, (time, lat, lon, colours) in AREZZO.items()
}  # a camera that knows no zone is taken to show the time of the municipality, eight hours ahead of UTC

pytestmark = pytest.mark.skipif(not ARE_REAL, reason="the camera files are not here")


def test_no_photo_is_left_out() -> None:
    here = {path.name for path in photos() if path.stat().st_size}
    assert here - EXPECTED.keys() == set(), f"in {folder()}"


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_a_photo_comes_upright_in_its_colours_with_its_time_and_place(app: Any, people: Any, name: str) -> None:
    taken, offset, place, size, colours = EXPECTED[name]
    [path] = [path for path in photos() if path.name == name]
    [kept] = ready(people.xiaolin, path.read_bytes())
    assert kept.taken_at == (datetime.fromisoformat(taken).replace(tzinfo=UTC) if taken else None)
    assert kept.taken_offset_min == offset
    where = pytest.approx(place, abs=1e-5) if place else (None, None)  # a metre, as exact as PostgreSQL's REAL
    assert (kept.lat, kept.lon) == where
    small = Image.open(io.BytesIO(files.derived(kept.sha256, 320)))
    quarters = small.resize((2, 2), Image.Resampling.BOX).tobytes()
    assert small.size == size
    assert max(abs(a - b) for a, b in zip(quarters, bytes.fromhex(colours), strict=True)) <= 4
