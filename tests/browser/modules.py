"""The scripts' modules called by themselves, in a page of the site, with real files and real bytes."""

import base64
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from playwright.sync_api import FilePayload, Page

_CALL = """async (given) => {
  const m = await import("/static/js/capture/%s.js");
  const files = Array.from((document.getElementById("files") || {files: []}).files);
  const bytesOf = (blob) => new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result).split(",")[1] || "");
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(blob);
  });
  %s
}"""
_INPUT = """() => {
  const former = document.getElementById("files");
  if (former) former.remove();
  const input = document.body.appendChild(document.createElement("input"));
  Object.assign(input, {id: "files", type: "file", multiple: true});
}"""


def call(page: Page, module: str, code: str, given: Any = None) -> Any:
    """What the code returns; `m` is the module, `files` what was chosen last, `bytesOf` gives a blob's bytes."""
    return page.evaluate(_CALL % (module, code), given)


def choose(page: Page, files: Sequence[bytes | Path]) -> None:
    """Choose these files, as a person does from the album. All bytes are called photo.jpg."""
    page.evaluate(_INPUT)
    payloads = [FilePayload(name="photo.jpg", mimeType="image/jpeg", buffer=f) for f in files if isinstance(f, bytes)]
    page.locator("#files").set_input_files(payloads or [f for f in files if isinstance(f, Path)])


def unpacked(encoded: str) -> bytes:
    """The bytes that `bytesOf` gave."""
    return base64.b64decode(encoded)
