"""A phone: a real Chromium with its own storage and service worker, on a bad line, with a person's thumb on it."""

import io
import os
import time
from contextlib import suppress
from typing import Any

from PIL import Image
from playwright.sync_api import Browser, BrowserContext, FilePayload, Page, expect
from playwright.sync_api import TimeoutError as Timeout

from tests.loss.line import Line
from tests.support.cast import PASSWORD

SIZE = {"width": 390, "height": 844}
ARRIVES_WITHIN_S = 30
READ = """(store) => new Promise((resolve, reject) => {
  const opening = indexedDB.open("fieldwork");
  opening.onerror = () => reject(opening.error);
  opening.onsuccess = () => {
    const db = opening.result;
    if (!db.objectStoreNames.contains(store)) { db.close(); resolve([]); return; }
    const asking = db.transaction(store).objectStore(store).getAll();
    asking.onsuccess = () => {
      const plain = asking.result.map((one) => ({...one, bytes: one.bytes ? one.bytes.byteLength : undefined}));
      db.close();
      resolve(plain);
    };
  };
})"""
CHANGE = """([store, key]) => new Promise((resolve, reject) => {
  const opening = indexedDB.open("fieldwork");
  opening.onsuccess = () => {
    const db = opening.result;
    const tx = db.transaction(store, "readwrite");
    const change = (store, key, value) => { CODE };
    const asking = tx.objectStore(store).get(key);
    asking.onsuccess = () => change(tx.objectStore(store), key, asking.result);
    tx.oncomplete = () => { db.close(); resolve(); };
    tx.onabort = () => { db.close(); reject(tx.error); };
  };
})"""


class Phone:
    """`page` is what its owner looks at. `entries()` is what lies on it."""

    def __init__(self, browser: Browser, line: Line, **options: Any) -> None:
        self.line = line
        self.context: BrowserContext = browser.new_context(
            viewport=SIZE, base_url=line.address, locale="zh-CN", has_touch=True, is_mobile=True, **options
        )
        self.page: Page = self.context.new_page()
        self.errors: list[str] = []
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))

    def close(self) -> None:
        self.context.close()

    def log_in(self, username: str) -> "Phone":
        """Log in, and let the phone get a token of its own."""
        self.page.goto("/login")
        self.page.get_by_label("用户名").fill(username)
        self.page.get_by_label("密码").fill(PASSWORD)
        self.page.get_by_role("button", name="登录").click()
        self.page.wait_for_url("**/")
        self.page.goto("/outbox/")
        self.wait(lambda: any(person.get("token") for person in self.read("people")))
        return self

    def log_out(self) -> None:
        """Log out by the button on 我的; says yes when asked about unsent records."""
        self.page.once("dialog", lambda dialog: dialog.accept())
        self.page.goto("/me/")
        self.page.get_by_role("button", name="退出登录").click()
        self.page.wait_for_url("**/login*")

    def open(self, kind: str = "visit", query: str = "") -> Page:
        """Open 记一笔 and wait until the phone keeps what is typed."""
        self.page.goto(f"/{kind}s/new{query}")
        expect(self.page.locator("form[data-ready]")).to_be_attached()
        return self.page

    def write(self, text: str, unit: str = "青石坳村") -> None:
        """One sentence at a unit, which is all a record needs."""
        if unit:
            self.page.locator("[data-units] label.chip", has_text=unit).first.click()
        self.page.locator("textarea[name=text]").fill(text)

    def add_photo(self, content: bytes, name: str = "image.jpg") -> None:
        """Choose a photo from the album."""
        kept = self.page.locator("photo-picker .photo[data-sha256]")
        before = kept.count()
        payload = FilePayload(name=name, mimeType="image/jpeg", buffer=content)
        self.page.locator("photo-picker input[type=file]:not([capture])").last.set_input_files(payload)
        expect(kept).to_have_count(before + 1, timeout=20_000)

    def save(self) -> None:
        """Press the red button and be on 待发送."""
        self.page.locator(".capture .buttons button[type=submit]:not([name])").last.click()
        self.page.wait_for_url("**/outbox/**")

    def record(self, text: str, photos: list[bytes] | None = None, kind: str = "visit") -> dict[str, Any]:
        """The whole of it; returns the entry as it lies on the phone."""
        self.open(kind)
        self.write(text)
        for photo in photos or []:
            self.add_photo(photo)
        self.save()
        return self.entry(text)

    # --- what lies on it

    def read(self, store: str) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.page.evaluate(READ, store)
        return found

    def entries(self) -> list[dict[str, Any]]:
        return sorted(self.read("records"), key=lambda entry: entry["created_at"])

    def find(self, text: str) -> dict[str, Any] | None:
        """The one whose text or title holds these words; None while it is not there."""
        named = (e for e in self.entries() if any(text[:40] in v for n, v in e["fields"] if n in {"text", "title"}))
        return next(named, None)

    def entry(self, text: str) -> dict[str, Any]:
        """The same, which is there."""
        found = self.find(text)
        assert found is not None, [entry["fields"] for entry in self.entries()]
        return found

    def trouble(self, text: str) -> str:
        """Why it does not get on; empty while nothing is known of that."""
        found = self.find(text)
        return ((found or {}).get("trouble") or {}).get("code", "")

    def states(self) -> list[tuple[str, Any]]:
        """How far everything on it has come, and what holds it up."""
        return [(entry["state"], entry["trouble"]) for entry in self.entries()]

    def change(self, store: str, key: str, code: str) -> None:
        """Do something to what lies on it, behind the app's back: `code` has store, key and value."""
        self.page.evaluate(CHANGE.replace("CODE", code), [store, key])

    def send(self) -> None:
        """立即发送, unless nothing waits any more: the button goes with the last entry, which may just have left."""
        if "/outbox/" not in self.page.url:
            self.page.goto("/outbox/")
        with suppress(Timeout):
            self.page.locator("[data-send]").click(timeout=5000)

    def arrive(self, text: str, state: str = "receipted", within_s: float = ARRIVES_WITHIN_S) -> dict[str, Any]:
        """Wait until this record has come so far."""
        self.wait(lambda: (self.find(text) or {}).get("state") == state, within_s, self.states)
        return self.entry(text)

    def wait(self, is_so: Any, within_s: float = ARRIVES_WITHIN_S, shown: Any = None) -> None:
        """Wait until something is so, the page working on meanwhile."""
        deadline = time.monotonic() + within_s
        while not is_so():
            assert time.monotonic() < deadline, shown() if shown else "it never was so"
            self.page.wait_for_timeout(100)


def picture(seed: int, width: int = 800, height: int = 600) -> bytes:
    """A JPEG unlike any other."""
    image = Image.effect_noise((width // 8, height // 8), 60 + seed % 40).resize((width, height)).convert("RGB")
    image.putpixel((seed % width, 0), (seed % 256, 0, 0))
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", quality=80)
    return buffer.getvalue()


def heavy(width: int, height: int) -> bytes:
    """A JPEG of about four bytes a pixel that no phone makes smaller."""
    noise = Image.frombytes("RGB", (width, height), os.urandom(3 * width * height))
    buffer = io.BytesIO()
    noise.save(buffer, "JPEG", quality=100, subsampling=0)
    return buffer.getvalue()
