"""What names a photo and a record on the phone: its bytes, and the moment it was begun."""

import hashlib
import time
import uuid

import pytest
from playwright.sync_api import Page

from tests.browser.modules import call, choose

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("content", [b"", b"abc", bytes(range(256)) * 4096], ids=["nothing", "three", "a megabyte"])
def test_a_photo_is_named_by_the_sha256_of_its_bytes(page: Page, content: bytes) -> None:
    choose(page, [content])
    assert call(page, "digest", "return m.sha256(files[0])") == hashlib.sha256(content).hexdigest()


def test_a_record_is_named_by_its_moment_and_by_chance(page: Page) -> None:
    before = time.time_ns() // 1_000_000
    names = call(page, "desk", "return Array.from({length: 2000}, () => m.uuid7())")
    after = time.time_ns() // 1_000_000
    made = [uuid.UUID(name) for name in names]
    assert [str(one) for one in made] == names
    assert {(one.version, one.variant) for one in made} == {(7, uuid.RFC_4122)}
    assert all(before <= one.int >> 80 <= after for one in made)
    assert len(set(made)) == 2000


def test_what_was_begun_later_sorts_later(page: Page) -> None:
    code = "const one = m.uuid7(); await new Promise((r) => setTimeout(r, 5)); return [one, m.uuid7()]"
    one, other = call(page, "desk", code)
    assert one < other
