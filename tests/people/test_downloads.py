"""Downloads inside WeChat: a page to be opened in the browser, where its address gives one file, for ten minutes."""

import io
import re
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from docx import Document
from flask import Flask
from itsdangerous import URLSafeSerializer
from openpyxl import load_workbook

from fieldwork import clock, downloads
from fieldwork.people import actions as people_actions
from fieldwork.people.models import Grant, User
from tests.problems import making as problems
from tests.review import making

WECHAT = "Mozilla/5.0 (Linux; Android 13; V2148A; wv) AppleWebKit/537.36 Chrome/107.0 MicroMessenger/8.0.40"
WECHAT_IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 16_3 like Mac OS X) AppleWebKit/605.1.15 MicroMessenger/8.0.40"
WEBVIEW = "Mozilla/5.0 (Linux; Android 12; SM-A515F; wv) AppleWebKit/537.36 Version/4.0 Chrome/112.0 Mobile"
CHROME = "Mozilla/5.0 (Linux; Android 12; SM-A515F) AppleWebKit/537.36 Chrome/112.0 Mobile Safari/537.36"
SAFARI = "Mozilla/5.0 (iPhone; CPU iPhone OS 15_0 like Mac OS X) AppleWebKit/605.1.15 Version/15.0 Mobile Safari/604.1"
DOWNLOAD_ENDINGS = re.compile(r"\.(docx|xlsx|html|zip|pdf)$")


def get(client: Any, url: str, agent: str) -> Any:
    return client.get(url, headers={"User-Agent": agent})


def link_for(client: Any, url: str) -> str:
    """Where a download leads inside WeChat."""
    answer = get(client, url, WECHAT)
    assert answer.status_code == 303, answer.status
    return str(answer.location)


@pytest.fixture
def case(people: Any) -> Any:
    return making.draft(people)


@pytest.fixture
def browser(app: Flask) -> Any:
    """The phone's own browser, where nobody is logged in."""
    return app.test_client()


# --- who is sent elsewhere


@pytest.mark.parametrize("agent", [WECHAT, WECHAT_IPHONE, WEBVIEW])
def test_inside_another_app_a_download_leads_to_a_page(agent: str, case: Any, people: Any, log_in: Any) -> None:
    client = log_in(people.xiaolin)
    answer = get(client, f"/cases/{case.uid}.docx", agent)
    assert answer.status_code == 303
    page = get(client, answer.location, agent)
    assert page.status_code == 200
    assert "在浏览器打开" in page.text
    assert answer.location in page.text


@pytest.mark.parametrize("agent", [CHROME, SAFARI, ""])
def test_a_browser_gets_the_file_itself(agent: str, case: Any, people: Any, log_in: Any) -> None:
    answer = get(log_in(people.xiaolin), f"/cases/{case.uid}.docx", agent)
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"].startswith("attachment")


def test_pages_are_shown_in_wechat_as_ever(case: Any, people: Any, log_in: Any) -> None:
    assert get(log_in(people.xiaolin), f"/cases/{case.uid}", WECHAT).status_code == 200


def test_whoever_is_not_logged_in_is_asked_to(case: Any, browser: Any) -> None:
    assert get(browser, f"/cases/{case.uid}.docx", WECHAT).location.startswith("/login")


def test_every_download_there_is_can_be_opened_elsewhere(app: Flask) -> None:
    found = {
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if DOWNLOAD_ENDINGS.search(rule.rule) and "GET" in (rule.methods or ())
    }
    assert found == downloads.DOWNLOADS


# --- what the link gives


def test_the_link_gives_the_file_without_a_login(case: Any, people: Any, log_in: Any, browser: Any) -> None:
    answer = get(browser, link_for(log_in(people.xiaolin), f"/cases/{case.uid}.docx"), CHROME)
    assert answer.status_code == 200
    assert case.title in "\n".join(one.text for one in Document(io.BytesIO(answer.data)).paragraphs)
    assert answer.headers["Cache-Control"] == "private, no-store"


def test_no_session_is_begun(case: Any, people: Any, log_in: Any, browser: Any) -> None:
    answer = get(browser, link_for(log_in(people.xiaolin), f"/cases/{case.uid}.docx"), CHROME)
    assert "Set-Cookie" not in answer.headers
    assert get(browser, f"/cases/{case.uid}.docx", CHROME).location.startswith("/login")
    assert get(browser, "/", CHROME).location.startswith("/login")


def test_the_query_goes_along(people: Any, log_in: Any, browser: Any) -> None:
    for text in ("渠道淤塞", "窗口无人值守"):
        problems.problem(people, text=text)
    link = link_for(log_in(people.office), "/problems/export.xlsx?q=%E6%B7%A4%E5%A1%9E&urgency=normal")
    book = load_workbook(io.BytesIO(get(browser, link, CHROME).data))
    cells = [str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row]
    assert "渠道淤塞" in cells
    assert "窗口无人值守" not in cells


def test_whose_browser_it_is_does_not_matter(case: Any, people: Any, log_in: Any) -> None:
    link, other = link_for(log_in(people.xiaolin), f"/cases/{case.uid}.docx"), log_in(people.laoma)
    assert get(other, link, CHROME).status_code == 200
    assert get(other, f"/cases/{case.uid}.docx", CHROME).status_code == 404
    assert people.laoma.name in get(other, "/me/", CHROME).text


# --- when it gives nothing


def is_ended(answer: Any) -> bool:
    return answer.status_code == 410 and "下载链接已失效" in answer.text


@pytest.mark.parametrize(("minutes", "ended"), [(9, False), (11, True)])
def test_it_ends_after_ten_minutes(
    minutes: int, ended: bool, case: Any, people: Any, log_in: Any, browser: Any
) -> None:
    link = link_for(log_in(people.xiaolin), f"/cases/{case.uid}.docx")
    with clock.at(clock.now() + timedelta(minutes=minutes)):
        assert is_ended(get(browser, link, CHROME)) is ended
        assert is_ended(get(browser, link, WECHAT)) is ended


@pytest.mark.parametrize(
    "change", [lambda link: link[:-1], lambda link: link[:4] + "x" + link[5:], lambda _: "/d/x.y.z"]
)
def test_an_altered_link_gives_nothing(change: Any, case: Any, people: Any, log_in: Any, browser: Any) -> None:
    assert is_ended(get(browser, change(link_for(log_in(people.xiaolin), f"/cases/{case.uid}.docx")), CHROME))


def test_a_signature_of_another_kind_is_none(app: Flask, people: Any, browser: Any) -> None:
    until = int(clock.now().timestamp()) + 60
    said = ["/problems/export.xlsx", people.office.get_id(), until]
    other = URLSafeSerializer(str(app.secret_key), salt="last-person").dumps(said)
    assert is_ended(get(browser, f"/d/{other}", CHROME))


def test_a_disabled_account_opens_nothing(case: Any, people: Any, log_in: Any, browser: Any) -> None:
    link = link_for(log_in(people.xiaolin), f"/cases/{case.uid}.docx")
    User.update(is_active=False).where(User.id == people.xiaolin.id).execute()
    assert is_ended(get(browser, link, CHROME))


def test_a_password_to_be_changed_opens_nothing(case: Any, people: Any, log_in: Any, browser: Any) -> None:
    link = link_for(log_in(people.xiaolin), f"/cases/{case.uid}.docx")
    User.update(must_change_password=True).where(User.id == people.xiaolin.id).execute()
    assert is_ended(get(browser, link, CHROME))


def test_logging_out_everywhere_ends_the_link_too(case: Any, people: Any, log_in: Any, browser: Any) -> None:
    link = link_for(log_in(people.xiaolin), f"/cases/{case.uid}.docx")
    people_actions.end_sessions(people.xiaolin)
    assert is_ended(get(browser, link, CHROME))


def test_permission_is_asked_afresh(people: Any, log_in: Any, browser: Any) -> None:
    link = link_for(log_in(people.office), "/problems/export.xlsx")
    Grant.delete().where(Grant.user == people.office.id).execute()
    assert get(browser, link, CHROME).status_code == 403


def test_what_exists_no_more_for_the_person_is_not_given(case: Any, people: Any, log_in: Any, browser: Any) -> None:
    link = link_for(log_in(people.xiaolin), f"/cases/{case.uid}.docx")
    type(case).update(deleted_at=clock.now()).where(type(case).id == case.id).execute()
    assert get(browser, link, CHROME).status_code == 404


def test_a_stranger_gains_nothing_by_wechat(case: Any, people: Any, log_in: Any, browser: Any) -> None:
    link = link_for(log_in(people.laoma), f"/cases/{case.uid}.docx")
    assert get(browser, link, CHROME).status_code == 404


@pytest.mark.parametrize("path", ["/", "/me/", "/cases/", "/nowhere", "/api/v1/me", "/logout", "//elsewhere.example/x"])
def test_only_downloads_can_be_signed_for(path: str, app: Flask, people: Any, browser: Any) -> None:
    with app.test_request_context():
        signed = downloads._signed(people.xiaolin, path)
    assert get(browser, f"/d/{signed}", CHROME).status_code == 404


def test_nobody_can_sign_for_a_person_who_is_none(app: Flask, people: Any, browser: Any) -> None:
    with app.test_request_context():
        ghost = User(uid=UUID(int=7), session_epoch=0)
        signed = downloads._signed(ghost, "/problems/export.xlsx")
    assert is_ended(get(browser, f"/d/{signed}", CHROME))
