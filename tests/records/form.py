"""The form of 记一笔 as a browser has it before itself: what stands in it, so that it can be sent again as it is."""

from html.parser import HTMLParser
from typing import Any


class Fields(HTMLParser):
    """Collects what a form would send: hidden and typed fields, ticked boxes, texts; no buttons, no files."""

    def __init__(self) -> None:
        super().__init__()
        self.sent: dict[str, list[str]] = {}
        self._text: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        name, kind = given.get("name"), given.get("type") or "text"
        if tag == "textarea" and name:
            self._text = name
            self.sent.setdefault(name, []).append("")
        if tag != "input" or not name or kind in {"file", "submit"}:
            return
        if kind not in {"checkbox", "radio"} or "checked" in given:
            self.sent.setdefault(name, []).append(given.get("value") or "")

    def handle_data(self, data: str) -> None:
        if self._text:
            self.sent[self._text][-1] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea" and self._text:
            self.sent[self._text][-1] = self.sent[self._text][-1].removeprefix("\n")  # as browsers do
            self._text = None


def standing_in(page: str, start: str = '<form class="capture"') -> dict[str, list[str]]:
    """The values of the form on this page, by name."""
    fields = Fields()
    fields.feed(page[page.index(start) :].partition("</form>")[0])
    return fields.sent


def post(client: Any, url: str, fields: dict[str, Any]) -> Any:
    """Send it as a browser does, photos or not."""
    return client.post(url, data=fields, content_type="multipart/form-data")
