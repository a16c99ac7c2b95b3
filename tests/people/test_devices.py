"""One's own devices: a page of ours gets a token for its phone, its owner sees how it does, and shuts it out."""

from datetime import timedelta
from typing import Any

import pytest

from fieldwork import clock, journal
from fieldwork.people.devices import actions, queries
from fieldwork.people.devices.actions import DEVICES_MAX
from fieldwork.people.devices.models import FULL, SEND, Device
from fieldwork.people.devices.schemas import Health

MB = 1_000_000


def put(app: Any, token: str, path: str, **options: Any) -> Any:
    """A call of the API with this token, as a phone makes it."""
    return app.test_client().put(path, headers={"Authorization": f"Bearer {token}"}, **options)


def page_with(people: Any, log_in: Any, **health: Any) -> str:
    """The owner's page after the phone reported this of itself."""
    device, _ = actions.let_in(people.xiaolin, "旧手机", SEND)
    actions.report(device, Health(**health))
    return str(log_in(people.xiaolin).get("/me/devices").text)


# --- let in


def test_a_page_of_ours_gets_a_token_that_only_sends(app: Any, people: Any, log_in: Any) -> None:
    answer = log_in(people.xiaolin).post("/me/devices", json={"name": "旧手机"})
    assert answer.status_code == 201
    assert answer.json["person"] == {"id": str(people.xiaolin.uid), "name": "林岚"}
    device = Device.get(Device.uid == answer.json["device"])
    assert (device.name, device.scope, device.user_id) == ("旧手机", SEND, people.xiaolin.id)
    assert answer.json["expires_at"].startswith(device.expires_at.date().isoformat())
    assert put(app, answer.json["token"], "/api/v1/me/device", json={}).status_code == 204
    listing = {"Authorization": f"Bearer {answer.json['token']}"}
    assert app.test_client().get("/api/v1/visits", headers=listing).status_code == 403


def test_the_token_is_kept_nowhere(people: Any, log_in: Any) -> None:
    token = log_in(people.xiaolin).post("/me/devices", json={"name": "旧手机"}).json["token"]
    assert token not in str(list(Device.select().dicts()))
    entry = journal.history(Device.get().uid)[-1]
    assert entry.action == "device.let_in"
    assert token not in str(entry.detail)


@pytest.mark.parametrize("body", [{}, {"name": ""}, {"name": "长" * 101}, {"name": 5}, ["name"], "name"])
def test_a_device_without_a_proper_name_is_not_let_in(body: Any, people: Any, log_in: Any) -> None:
    answer = log_in(people.xiaolin).post("/me/devices", json=body)
    assert answer.status_code == (422 if isinstance(body, dict) else 400)
    assert not Device.select().exists()


def test_of_more_devices_than_anybody_has_the_one_least_heard_of_goes(people: Any) -> None:
    first, *others = [actions.let_in(people.xiaolin, f"手机 {number}")[0] for number in range(DEVICES_MAX)]
    Device.update(seen_at=clock.now() + timedelta(minutes=1)).where(Device.id == first.id).execute()
    theirs, _ = actions.let_in(people.laoma, "别人的手机")
    newest, _ = actions.let_in(people.xiaolin, "新手机")
    gone = {one.id for one in Device.select().where(Device.revoked_at.is_null(False))}
    assert gone == {others[0].id}
    assert {first.id, theirs.id, newest.id}.isdisjoint(gone)


def test_the_journal_does_not_say_which_phone_somebody_has(people: Any) -> None:
    device, _ = actions.let_in(people.xiaolin, "红色的旧手机")
    actions.revoke(people.xiaolin, device)
    assert len(journal.history(device.uid)) == 2
    assert "红色" not in str([entry.detail for entry in journal.history(device.uid)])


def test_brackets_without_end_are_no_name(people: Any, log_in: Any) -> None:
    answer = log_in(people.xiaolin).post("/me/devices", data=b"[" * 90_000, content_type="application/json")
    assert answer.status_code == 400


def test_another_site_gets_no_token(people: Any, log_in: Any) -> None:
    client = log_in(people.xiaolin)
    answer = client.post("/me/devices", json={"name": "手机"}, headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 403
    assert not Device.select().exists()


def test_nobody_gets_a_token_without_a_login(log_in: Any) -> None:
    assert log_in(None).post("/me/devices", json={"name": "手机"}).status_code in {303, 401}
    assert not Device.select().exists()


# --- the owner's page


def test_the_owner_sees_how_each_device_does(people: Any, log_in: Any) -> None:
    page = page_with(
        people, log_in, app_version="3.2", unsent=2, oldest_unsent_at=clock.now(),
        used_bytes=30 * MB, quota_bytes=100 * MB, is_persistent=False,
    )  # fmt: skip
    assert all(words in page for words in ("旧手机", "2 条", "30 MB", "共 100 MB", "可能被清理", "3.2", "只能发送"))
    assert 'data-tone="red"' not in page.partition('id="main"')[2]


def test_the_own_page_leads_to_the_devices(people: Any, log_in: Any) -> None:
    assert 'href="/me/devices"' in log_in(people.xiaolin).get("/me/").text


@pytest.mark.parametrize(("hours", "warned"), [(23, False), (25, True)])
def test_what_lies_unsent_for_more_than_a_day_is_pointed_out(
    hours: int, warned: bool, people: Any, log_in: Any
) -> None:
    page = page_with(people, log_in, unsent=3, oldest_unsent_at=clock.now() - timedelta(hours=hours))
    assert ("有 3 条内容超过一天没有发出" in page) is warned


def test_once_all_is_sent_nothing_is_pointed_out(people: Any, log_in: Any) -> None:
    page = page_with(people, log_in, unsent=0, oldest_unsent_at=clock.now() - timedelta(days=3))
    assert "超过一天" not in page


@pytest.mark.parametrize(("used_mb", "warned"), [(80, False), (81, True)])
def test_a_nearly_full_phone_is_pointed_out(used_mb: int, warned: bool, people: Any, log_in: Any) -> None:
    page = page_with(people, log_in, used_bytes=used_mb * MB, quota_bytes=100 * MB)
    assert ("存储空间快满了" in page) is warned


def test_a_browser_that_tells_no_quota_is_not_called_full(people: Any, log_in: Any) -> None:
    assert "存储空间快满了" not in page_with(people, log_in, used_bytes=0, quota_bytes=0)


def test_nobody_else_sees_the_devices_of_a_person(people: Any, log_in: Any) -> None:
    page_with(people, log_in)
    for other in (people.admin, people.office, people.laoma):
        assert "旧手机" not in log_in(other).get("/me/devices").text


# --- shut out


def test_a_lost_phone_is_shut_out(app: Any, people: Any, log_in: Any) -> None:
    device, token = actions.let_in(people.xiaolin, "旧手机", FULL)
    answer = log_in(people.xiaolin).post(f"/me/devices/{device.uid}/revocation")
    assert (answer.status_code, answer.location) == (303, "/me/devices")
    assert put(app, token, "/api/v1/me/device", json={}).status_code == 401
    assert queries.devices_of(people.xiaolin) == []
    assert journal.history(device.uid)[-1].action == "device.revoked"


def test_to_shut_out_twice_is_told_once(people: Any, log_in: Any) -> None:
    device, _ = actions.let_in(people.xiaolin, "旧手机")
    client = log_in(people.xiaolin)
    for _ in range(2):
        assert client.post(f"/me/devices/{device.uid}/revocation").status_code == 303
    assert [entry.action for entry in journal.history(device.uid)] == ["device.let_in", "device.revoked"]


def test_not_even_an_administrator_shuts_out_the_phone_of_another(people: Any, log_in: Any) -> None:
    device, _ = actions.let_in(people.xiaolin, "旧手机")
    for other in (people.admin, people.office, people.laoma):
        assert log_in(other).post(f"/me/devices/{device.uid}/revocation").status_code == 404
    assert Device.get_by_id(device.id).revoked_at is None


def test_the_other_device_stays_in(people: Any, log_in: Any) -> None:
    lost, _ = actions.let_in(people.xiaolin, "旧手机")
    actions.let_in(people.xiaolin, "新手机")
    client = log_in(people.xiaolin)
    client.post(f"/me/devices/{lost.uid}/revocation")
    page = client.get("/me/devices").text
    assert "新手机" in page
    assert "<h2>旧手机</h2>" not in page
