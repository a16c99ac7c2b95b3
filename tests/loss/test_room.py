"""Rows 11, 12, 17: large photos, a phone without room, a form that has changed since."""

import io
from typing import Any

from PIL import Image
from playwright.sync_api import expect

from tests.loss.phone import heavy, picture
from tests.loss.program import sha256

WIDTH, HEIGHT = 4000, 3000
LONGEST = 2048
COUNT_DECODED = """
window.decodedNow = window.decodedAtOnce = window.decoded = 0;
const decode = window.createImageBitmap;
window.createImageBitmap = async (...given) => {
  window.decodedNow += 1;
  const bitmap = await decode(...given);
  window.decoded += 1;
  window.decodedAtOnce = Math.max(window.decodedAtOnce, window.decodedNow);
  const close = bitmap.close.bind(bitmap);
  bitmap.close = () => { window.decodedNow -= 1; close(); };
  return bitmap;
};"""
ASKED = """
window.asked = 0;
const persist = navigator.storage.persist.bind(navigator.storage);
navigator.storage.persist = () => { sessionStorage.setItem("asked", "yes"); return persist(); };"""
QUOTA = 8_000_000
API = "(PUT|POST|PATCH|HEAD) /api/v1/"
FULL = "手机存储空间已满"


def test_row_11_nine_photos_of_twelve_megapixels(phone: Any, program: Any, tried: Any) -> None:
    mine, photos = phone("xiaolin"), [camera_picture(number) for number in range(9)]
    mine.context.add_init_script(COUNT_DECODED)
    mine.open()
    mine.write("九张一千二百万像素的照片")
    for photo in photos:  # the next one is chosen while the one before is still shrunk
        choose(mine, photo)
    expect(mine.page.locator("photo-picker .photo[data-sha256]")).to_have_count(9, timeout=120_000)
    assert mine.page.evaluate("[window.decoded, window.decodedAtOnce, window.decodedNow]") == [9, 1, 0]
    mine.save()
    entry = mine.arrive("九张一千二百万像素的照片", within_s=120)
    tried(9)
    reader = program("xiaolin")
    hashes = [photo["sha256"] for photo in entry["photos"]]
    assert len(set(hashes)) == 9
    for number, sha in enumerate(hashes):
        held = reader.photo(sha) or b""
        assert sha256(held) == sha
        with Image.open(io.BytesIO(held)) as shrunk:
            assert shrunk.size == (LONGEST, LONGEST * HEIGHT // WIDTH)
            red, green, blue = shrunk.convert("RGB").getpixel((1000, 1000))  # type: ignore[misc]
            assert abs(red - number * 25) < 8 and abs(green - 120) < 8 and abs(blue - 200) < 8


def test_row_12_no_room_on_the_phone(phone: Any, line: Any, program: Any) -> None:
    """The browser looks at its quota now and then only, so the phone is small from the beginning."""
    mine, text, photo = phone(None), "手机存满时写的走访", heavy(1600, 1600)
    assert len(photo) > QUOTA
    tools = mine.context.new_cdp_session(mine.page)
    tools.send("Storage.overrideQuotaForOrigin", {"origin": line.address, "quotaSize": QUOTA})
    mine.log_in("xiaolin")
    mine.context.add_init_script(ASKED)
    line.lose_request(API, times=None)
    mine.record("之前没有发出的", [picture(120)])
    mine.open()
    assert mine.page.evaluate("sessionStorage.getItem('asked')") == "yes"
    mine.write(text)
    mine.wait(lambda: mine.find(text) is not None)
    choose(mine, photo)
    expect(mine.page.locator("[data-kept]")).to_contain_text(FULL, timeout=20_000)
    expect(mine.page.locator("[data-kept]")).to_contain_text("“待发送”里还有 1 条，最早的写于")
    mine.page.locator("textarea[name=text]").fill(f"{text}，又写了一句")
    mine.page.locator(".capture .buttons button[type=submit]:not([name])").last.click()
    mine.page.wait_for_timeout(1000)
    expect(mine.page.locator("form[data-capture][data-busy]")).to_have_count(0, timeout=30_000)  # it has tried
    expect(mine.page.locator("[data-kept]")).to_contain_text(FULL)
    assert "/visits/new" in mine.page.url  # the form stays, with all that is in it
    expect(mine.page.locator("textarea[name=text]")).to_have_value(f"{text}，又写了一句")
    expect(mine.page.locator("photo-picker .photo")).to_have_count(1)

    tools.send("Storage.overrideQuotaForOrigin", {"origin": line.address})
    mine.save()
    line.good()
    mine.send()
    mine.arrive(text)
    mine.arrive("之前没有发出的")
    reader = program("xiaolin")
    assert sorted(one["text"] for one in reader.visits()) == ["之前没有发出的", f"{text}，又写了一句"]
    assert sha256(reader.photo(sha256(photo)) or b"") == sha256(photo)


def test_row_17_a_draft_from_before_a_form_change(phone: Any, program: Any, tried: Any) -> None:
    """One field of it is no more, a choice is offered no more, and what the form asks today it knew nothing of."""
    mine, text = phone("xiaolin"), "改版以前写的问题"
    mine.open("problem")
    mine.write(text)
    mine.page.evaluate(
        """() => {
          const one = document.querySelector("form[data-capture] [name=category]");
          one.value = "rural";
          one.dispatchEvent(new Event("change", {bubbles: true}));
        }"""
    )
    mine.wait(lambda: ["category", "rural"] in (mine.find(text) or {"fields": []})["fields"])
    mine.page.goto("/me/")
    older = """value.fields = value.fields.filter(([name]) => name !== "urgency" && name !== "captured_at");
      value.fields = value.fields.map(([name, one]) => [name, name === "category" ? "abolished" : one]);
      value.fields.push(["weather", "小雨"], ["companions", "甲"], ["companions", "乙"]);
      delete value.page; delete value.next_at; value.shade = "blue"; store.put(value)"""
    mine.change("records", mine.entry(text)["id"], older)
    unknown = [["weather", "小雨"], ["companions", "甲"], ["companions", "乙"]]

    mine.open("problem")
    expect(mine.page.locator("textarea[name=text]")).to_have_value(text)
    expect(mine.page.locator("select[name=category] option:checked")).to_have_attribute("value", "abolished")
    mine.page.locator("textarea[name=text]").fill(f"{text}，改版以后接着写")
    mine.wait(lambda: "接着写" in str(mine.entry(text)["fields"]))
    kept = mine.entry(text)
    assert [field for field in kept["fields"] if field[0] in {"weather", "companions"}] == unknown
    assert ["category", "abolished"] in kept["fields"]  # nothing chosen is dropped without a word
    assert kept["shade"] == "blue"
    mine.page.locator("select[name=category]").select_option("roads")
    mine.save()
    mine.arrive(text)
    assert [field for field in mine.entry(text)["fields"] if field[0] in {"weather", "companions"}] == unknown
    [held] = program("xiaolin").listed("problems")
    whole = program("xiaolin").get(f"/problems/{held['id']}").json()
    assert (whole["text"], whole["category"]) == (f"{text}，改版以后接着写", "roads")
    tried(3)


def choose(mine: Any, photo: bytes) -> None:
    payload = {"name": "image.jpg", "mimeType": "image/jpeg", "buffer": photo}
    mine.page.locator("photo-picker input[type=file]:not([capture])").last.set_input_files(payload)


def camera_picture(number: int) -> bytes:
    """A plain picture of 12 megapixels, each of another colour."""
    buffer = io.BytesIO()
    Image.new("RGB", (WIDTH, HEIGHT), (number * 25, 120, 200)).save(buffer, "JPEG", quality=90)
    return buffer.getvalue()
