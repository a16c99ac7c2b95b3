"""Names in pinyin: in the order people expect, found by the letters they type."""

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldwork.core.hanzi.pinyin import initials, person_sort_key, reading, reading_of_person, sort_key


def in_order(*names: str) -> bool:
    return sorted(names, key=sort_key) == list(names)


@pytest.mark.parametrize(
    ("name", "surname"),
    [
        ("曾敏", "zeng"),
        ("单青", "shan"),
        ("解芳", "xie"),
        ("仇玉", "qiu"),
        ("区宁", "ou"),
        ("盖然", "ge"),
        ("查良", "zha"),
        ("任重", "ren"),
        ("华罗", "hua"),
        ("朴真", "piao"),
        ("覃勇", "qin"),
        ("柏林", "bai"),
        ("尉迟敬德", "yuchi"),
        ("长孙无忌", "zhangsun"),
        ("令狐冲", "linghu"),
    ],
)
def test_a_surname_is_read_as_a_surname(name: str, surname: str) -> None:
    assert reading_of_person(name).spelling.startswith(surname)
    assert person_sort_key(name).replace("0", "").startswith(surname)


def test_only_the_first_character_of_a_person_is_a_surname() -> None:
    assert reading_of_person("李解放").spelling == "lijiefang"


def test_people_stand_in_the_order_of_their_names() -> None:
    names = ["区宁", "林岚", "石磊", "曾敏", "解芳", "单青", "马骁"]
    assert sorted(names, key=person_sort_key) == ["林岚", "马骁", "区宁", "单青", "石磊", "解芳", "曾敏"]


def test_a_number_in_a_persons_name_is_part_of_the_name() -> None:
    assert person_sort_key("张三") == "zhang0san"


@pytest.mark.parametrize(
    ("name", "spelled"),
    [
        ("重安镇", "chonganzhen"),
        ("长岭村", "changlingcun"),
        ("北峰县长坪乡", "beifengxianchangpingxiang"),
        ("单家村", "shanjiacun"),
        ("曾家沟", "zengjiagou"),
        ("朝阳社区", "chaoyangshequ"),
        ("重庆", "chongqing"),
        ("镇长", "zhenzhang"),
        ("农业银行分行", "nongyeyinhangfenhang"),
        ("国家税务局", "guojiashuiwuju"),
        ("吕梁", "lvliang"),
    ],
)
def test_a_place_is_read_as_people_there_say_it(name: str, spelled: str) -> None:
    assert reading(name).spelling == spelled


def test_a_unit_is_known_by_its_initials() -> None:
    assert initials("青石坳村") == "qsac"
    assert initials("市第三实验学校") == "sdssyxx"
    assert initials("WPS办公中心") == "wpsbgzx"


def test_issues_stand_in_the_order_of_their_numbers() -> None:
    assert in_order("第二期", "第3期", "第九期", "第十期", "第十二期", "第12期增刊", "第二十期", "第一百零一期")


def test_groups_of_a_village_stand_in_the_order_of_their_numbers() -> None:
    assert in_order("青石坳村", "青石坳村二组", "青石坳村三组", "青石坳村十组", "青石坳村十一组", "青石坳村委会")


def test_numbers_that_are_names_sort_as_names() -> None:
    assert in_order("绿苑社区", "三峡镇", "十里堡", "万州")


def test_a_shorter_syllable_stands_before_a_longer_one() -> None:
    assert in_order("西安路", "先锋村")


def test_somebody_who_knows_better_overrides_the_reading() -> None:
    assert sort_key("重安镇", "Zhòng ān zhèn") == "zhong0an0zhen"
    assert person_sort_key("盖然", "gai ran") == "gai0ran"
    assert initials("绿汁镇", "lǜ zhī zhèn") == "lzz"
    assert sort_key("重安镇", "  ") == sort_key("重安镇")


def test_a_character_no_dictionary_knows_sorts_last_and_breaks_nothing() -> None:
    assert in_order("左岸村", "𱁬田村")
    assert reading("𱁬田村").spelling == "tiancun"


@given(st.text())
def test_every_key_sorts_alike_in_every_collation(name: str) -> None:
    for key in (sort_key(name), person_sort_key(name), reading(name).spelling, reading_of_person(name).initials):
        assert key == "" or (key.isascii() and key.isalnum() and key == key.lower())


@given(st.integers(0, 10**12), st.integers(0, 10**12))
def test_numbers_sort_as_numbers(one: int, other: int) -> None:
    one, other = one % 10**9, other % 10**9
    assert (sort_key(f"第{one}期") < sort_key(f"第{other}期")) == (one < other)


def test_a_process_that_writes_no_name_does_not_load_the_dictionary() -> None:
    program = "import sys, fieldwork.core.hanzi.pinyin; sys.exit('pypinyin' in sys.modules)"
    subprocess.run([sys.executable, "-c", program], check=True)
