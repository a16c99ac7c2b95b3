"""A small town and its people, the same in every test: two counties, six units, somebody for every part of the work."""

from dataclasses import dataclass
from functools import cache
from types import SimpleNamespace

from fieldwork.people import passwords, spelling
from fieldwork.people.models import Grant, Term, Unit, User

PASSWORD = "Correct-Horse-7"


@dataclass(frozen=True)
class Cast:
    """`xiaolin` records; `village` handles; the others review, run the office, decide, administer."""

    xiaolin: User  # a cadre of the city committee
    laoma: User  # a cadre of another city organ
    village: User  # handles for the village of the north county
    stranger: User  # a cadre of a unit in the east county
    county: User  # reviews the north county
    east: User  # reviews the east county
    sector: User  # head of the health sector, over both counties
    city: User
    office: User
    leader: User
    admin: User
    units: SimpleNamespace
    terms: SimpleNamespace


TERMS = (
    ("area", "north", "北部片", None, None),
    ("area", "north-county", "北峰县", "north", None),
    ("area", "east", "东部片", None, None),
    ("area", "east-county", "东屏区", "east", None),
    ("sector", "health", "民生保障", None, None),
    ("sector", "farming", "农业农村", None, None),
    ("unit_type", "organ", "市直机关", None, None),
    ("unit_type", "village", "村", None, None),
    ("unit_type", "window", "窗口单位", None, None),
    ("programme", "pairs", "双联", None, None),
    ("programme", "resident", "驻村帮扶", None, None),
    ("category", "rural", "乡村与基层", None, None),
    ("category", "roads", "基础设施", "rural", None),
    ("case_type", "governance", "基层治理", None, None),
    ("channel", "bulletin", "《简报》", None, None),
    ("stage", "recommend", "待推荐", None, "county"),
    ("stage", "examine", "待初审", None, "city"),
    ("stage", "approve", "待审定", None, "leader"),
)
UNITS = (
    ("committee", "市直机关工委", "east-county", None, "organ", None, None),
    ("agency", "市农业农村局", "east-county", "farming", "organ", None, None),
    ("north-committee", "北峰县直机关工委", "north-county", None, "organ", 31.8, 105.6),
    ("east-committee", "东屏区直机关工委", "east-county", None, "organ", 31.5, 105.3),
    ("stones", "青石坳村", "north-county", "farming", "village", 31.82, 105.62),
    ("hospital", "东屏区人民医院", "east-county", "health", "window", 31.51, 105.31),
)
PEOPLE = (
    ("xiaolin", "林岚", "committee", (("cadre", None, None),)),
    ("laoma", "马骁", "agency", (("cadre", None, None), ("handler", None, None))),
    ("village", "石磊", "stones", (("handler", None, None),)),
    ("stranger", "单青", "hospital", (("cadre", None, None), ("handler", None, None))),
    ("county", "曾敏", "north-committee", (("county", "north-county", None),)),
    ("east", "解芳", "east-committee", (("county", "east-county", None),)),
    ("sector", "区宁", "agency", (("county", None, "health"),)),
    ("city", "仇玉", "committee", (("city", None, None),)),
    ("office", "盖然", "committee", (("office", None, None),)),
    ("leader", "唐岩", "committee", (("leader", None, None),)),
    ("admin", "何静", "committee", (("admin", None, None),)),
)


def fill() -> None:
    """Write the town into an empty database."""
    terms: dict[str, Term] = {}
    for position, (kind, code, name, parent, role) in enumerate(TERMS):
        terms[code] = Term.create(
            kind=kind, code=code, name=name, parent=terms.get(parent or ""), role=role, position=position
        )
    units = {}
    for code, name, area, sector, unit_type, lat, lon in UNITS:
        units[code] = Unit.create(
            code=code,
            name=name,
            area=terms[area],
            sector=terms.get(sector or ""),
            unit_type=terms[unit_type],
            lat=lat,
            lon=lon,
            **spelling.of_unit(name),
        )
    for username, name, unit, grants in PEOPLE:
        user = User.create(
            username=username,
            name=name,
            unit=units[unit],
            password_hash=_hash(),
            must_change_password=False,
            **spelling.of_person(name),
        )
        for role, area, sector in grants:
            Grant.create(user=user, role=role, area=terms.get(area or ""), sector=terms.get(sector or ""))


def gather() -> Cast:
    """The people, units and terms as they stand in the database."""
    by_name = {user.username: user for user in User.select()}
    units = {unit.code.replace("-", "_"): unit for unit in Unit.select()}
    terms = {term.code.replace("-", "_"): term for term in Term.select()}
    return Cast(**by_name, units=SimpleNamespace(**units), terms=SimpleNamespace(**terms))


@cache
def _hash() -> str:
    return passwords.hash_of(PASSWORD)
