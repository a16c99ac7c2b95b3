"""What reviewers are told of when and where: plain words, to who checks a record or wrote it, and to nobody else."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from PIL.ExifTags import GPS, Base

from fieldwork import clock
from fieldwork.ids import uuid7
from fieldwork.people.models import Setting, Unit, User
from fieldwork.records.facts import facts_of
from fieldwork.visits.actions import record_visit
from fieldwork.visits.models import Visit
from fieldwork.visits.schemas import VisitIn
from tests.photos.sending import ready
from tests.support.pictures import drawn, encoded, exif_of

NOW = datetime(2026, 11, 23, 2, 15, tzinfo=UTC)  # a quarter past ten in Shanghai
HERE = {"lat": 31.8291, "lon": 105.62, "accuracy_m": 25}


def recorded(people: Any, captured: datetime = NOW, begun: datetime | None = None, **more: Any) -> Visit:
    """A visit that reaches the server NOW; `begun` is when the phone made its id."""
    said = {"unit": people.units.stones.uid, "text": "渠道淤塞", "captured_at": clock.local(captured)} | more
    uid = uuid7(int((begun or captured).timestamp() * 1000))
    with clock.at(NOW):
        return record_visit(people.xiaolin, VisitIn(id=uid, **said))


def words(user: Any, visit: Visit) -> str:
    """All that the person is told of the record itself."""
    found = facts_of(user, visit)
    assert found is not None
    return "\n".join(found.lines)


def taken(at: str, offset: str = "") -> bytes:
    """A photo of a phone 1 km north of the village."""
    camera = {Base.DateTimeOriginal: at} | ({Base.OffsetTimeOriginal: offset} if offset else {})
    gps = {
        GPS.GPSLatitudeRef: "N", GPS.GPSLatitude: (31.0, 49.0, 44.76), GPS.GPSLongitudeRef: "E",
        GPS.GPSLongitude: (105.0, 37.0, 12.0), GPS.GPSHPositioningError: 12.0,
    }  # fmt: skip
    return encoded(drawn(), exif=exif_of(camera=camera, gps=gps))


# --- who is told


def test_those_who_check_a_record_and_its_author_are_told(people: Any) -> None:
    visit = recorded(people)
    everybody = set(vars(people)) - {"units", "terms"}
    told = {name for name in everybody if facts_of(getattr(people, name), visit) is not None}
    assert told == {"xiaolin", "county", "city", "office", "leader"}


def test_a_reader_of_the_page_sees_no_facts(people: Any, log_in: Any) -> None:
    visit = recorded(people, **HERE)
    Unit.update(lat=31.82, lon=105.62).where(Unit.id == people.units.stones.id).execute()
    page = log_in(people.county).get(f"/visits/{visit.uid}").text
    assert "距青石坳村坐标约 1.0 公里" in page
    User.update(unit=visit.author_unit).where(User.id == people.laoma.id).execute()
    page = log_in(people.laoma).get(f"/visits/{visit.uid}").text
    assert "渠道淤塞" in page
    assert "31.82" not in page and "公里" not in page


def test_a_program_of_a_mere_reader_is_told_the_hamlet_and_not_the_house(people: Any, log_in: Any) -> None:
    visit = recorded(people, lat=31.8291234, lon=105.6204321, accuracy_m=25)
    User.update(unit=visit.author_unit).where(User.id == people.laoma.id).execute()
    places = [log_in(one).get(f"/api/v1/visits/{visit.uid}").json["place"] for one in (people.county, people.laoma)]
    assert places[0]["lat"] == pytest.approx(31.8291234, abs=1e-5) and places[0]["accuracy_m"] == 25
    assert places[1] == {"lat": 31.829, "lon": 105.62, "accuracy_m": None}


# --- when


def test_recorded_on_the_spot_it_says_both_clocks_and_nothing_more(people: Any) -> None:
    said = words(people.county, recorded(people, NOW - timedelta(minutes=3)))
    assert "手机时间 2026-11-23 10:12 记录，服务器 2026-11-23 10:15 收到" in said
    assert "天" not in said


def test_written_down_three_days_later_is_said_as_a_fact(people: Any) -> None:
    said = words(people.county, recorded(people, NOW - timedelta(days=3), begun=NOW))
    assert "走访后 3 天记录" in said and "相差" not in said


def test_written_at_once_and_sent_days_later_for_want_of_a_line_is_not_late(people: Any) -> None:
    said = words(people.county, recorded(people, NOW - timedelta(days=3)))
    assert "天记录" not in said
    assert "手机时间与服务器相差约 3 天：手机时间偏慢，或写好后隔了一段时间才联网发出" in said


@pytest.mark.parametrize(("days", "why"), [(1, "手机时间偏快"), (-1, "手机时间偏慢")])
def test_a_phone_a_day_off_is_told_plainly(people: Any, days: int, why: str) -> None:
    said = words(people.county, recorded(people, NOW + timedelta(days=days)))
    assert f"手机时间与服务器相差约 1 天：{why}" in said and "天记录" not in said


def test_a_phone_in_another_zone_shows_its_own_time(people: Any) -> None:
    elsewhere = datetime.fromisoformat("2026-11-23T05:15:00+03:00")
    said = words(people.county, recorded(people, NOW, captured_at=elsewhere))
    assert "手机时间 2026-11-23 05:15（UTC+03:00） 记录" in said


# --- where


def test_a_place_says_where_it_comes_from_how_exact_and_how_far_from_the_unit(people: Any) -> None:
    assert "位置 31.82910，105.62000（手机定位，误差约 25 米），距青石坳村坐标约 1.0 公里" in words(
        people.county, recorded(people, **HERE)
    )
    by_hand = HERE | {"accuracy_m": None, "place_note": "村委会门口"}
    said = words(people.county, recorded(people, **by_hand))
    assert "（手填），距青石坳村" in said and "地点 村委会门口（手填）" in said


def test_no_place_is_no_fault(people: Any) -> None:
    assert words(people.county, recorded(people)).endswith("没有记位置")
    Unit.update(lat=None, lon=None).where(Unit.id == people.units.stones.id).execute()
    assert "单位没有坐标" in words(people.county, recorded(people, **HERE))


# --- photos


@pytest.mark.parametrize(("offset", "said"), [("+08:00", "（照片 EXIF）"), ("", "（照片 EXIF，没有时区，按本市时间）")])
def test_a_photo_says_what_its_camera_wrote(people: Any, offset: str, said: str) -> None:
    [photo] = ready(people.xiaolin, taken("2026:11:22 09:30:00", offset))
    found = facts_of(people.county, recorded(people, held=[photo.sha256]))
    assert found is not None
    when, where = found.photos[0].lines
    assert when.startswith(f"拍摄 2026-11-22 09:30{said}，服务器 ")
    assert where == "位置 31.82910，105.62000（照片 EXIF，误差约 12 米），距青石坳村坐标约 1.0 公里"


def test_a_photo_that_says_nothing_is_said_to_say_nothing(people: Any, drawn_jpeg: bytes) -> None:
    [photo] = ready(people.xiaolin, drawn_jpeg)
    found = facts_of(people.county, recorded(people, held=[photo.sha256]))
    assert found is not None
    assert found.photos[0].lines[0].startswith("照片里没有拍摄时间，服务器 ")
    assert found.photos[0].lines[1] == "照片里没有位置"


# --- the map


@pytest.mark.parametrize(
    ("setting", "link"),
    [
        (None, ""),
        ("off", ""),
        ("geo", "geo:31.829,105.620"),
        ("amap", "https://uri.amap.com/marker?position=105.624,31.827&coordinate=gaode"),
    ],
)
def test_a_place_leads_to_a_map_only_if_the_site_lets_it(
    people: Any, log_in: Any, setting: str | None, link: str
) -> None:
    if setting:
        Setting.create(key="map", value=setting)
    visit = recorded(people, **HERE)
    found = facts_of(people.county, visit)
    assert found is not None and found.map_url == link
    page = log_in(people.county).get(f"/visits/{visit.uid}").text.replace("&amp;", "&")
    assert ("在地图中查看" in page) == bool(link) and link in page
