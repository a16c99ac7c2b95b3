"""Complaints and suggestions: sent once, answered, every wording kept."""

from datetime import UTC, datetime, timedelta

import pytest

from fieldwork import clock, journal
from fieldwork.errors import Stale
from fieldwork.feedback import actions, queries
from fieldwork.feedback.models import Feedback
from fieldwork.feedback.schemas import Answer, FeedbackIn
from fieldwork.ids import uuid7
from fieldwork.people.throttle import TooMany
from tests.support.cast import Cast

NOON = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)
HERE = "192.0.2.1"


def test_what_is_sent_is_kept_with_its_page_and_written_down(people: Cast) -> None:
    kept = actions.send(people.xiaolin, FeedbackIn(text="同一数据报三次", page="/visits/new"), HERE)
    assert (kept.author, kept.text, kept.page, kept.state) == (people.xiaolin, "同一数据报三次", "/visits/new", "open")
    assert [entry.action for entry in journal.history(kept.uid)] == ["feedback.sent"]


def test_the_same_form_twice_is_one_entry(people: Cast) -> None:
    sent = FeedbackIn(id=uuid7(), text="同一数据报三次")
    assert actions.send(people.xiaolin, sent, HERE).id == actions.send(people.xiaolin, sent, HERE).id
    unsigned = FeedbackIn(id=uuid7(), text="没有登录")
    assert actions.send(None, unsigned, HERE).id == actions.send(None, unsigned, HERE).id
    assert Feedback.select().count() == 2


def test_an_id_somebody_else_used_is_not_taken_over(people: Cast) -> None:
    sent = FeedbackIn(id=uuid7(), text="同一数据报三次")
    first = actions.send(people.xiaolin, sent, HERE)
    second = actions.send(people.laoma, sent, HERE)
    assert first.uid != second.uid


def test_the_sixth_in_a_quarter_of_an_hour_has_to_wait(people: Cast) -> None:
    with clock.at(NOON):
        for number in range(5):
            actions.send(None, FeedbackIn(text=f"意见{number}"), HERE)
        with pytest.raises(TooMany):
            actions.send(None, FeedbackIn(text="意见"), HERE)
        actions.send(None, FeedbackIn(text="别处的意见"), "192.0.2.2")
        actions.send(people.xiaolin, FeedbackIn(text="登录的人的意见"), HERE)
    with clock.at(NOON + timedelta(minutes=16)):
        actions.send(None, FeedbackIn(text="意见"), HERE)


def test_an_answer_is_kept_and_so_is_the_one_before_it(people: Cast) -> None:
    kept = actions.send(people.xiaolin, FeedbackIn(text="同一数据报三次"), HERE)
    answered = actions.answer(people.office, kept, 1, Answer(reply="正在合并报表"))
    assert (answered.state, answered.replied_by, answered.version) == ("answered", people.office, 2)
    again = actions.answer(people.office, answered, 2, Answer(reply="报表已合并"))
    assert again.reply == "报表已合并"
    replies = [entry.detail["reply"] for entry in journal.history(kept.uid)[1:]]
    assert replies == ["正在合并报表", "报表已合并"]


def test_the_second_of_two_who_answer_at_once_is_refused(people: Cast) -> None:
    kept = actions.send(people.xiaolin, FeedbackIn(text="同一数据报三次"), HERE)
    actions.answer(people.office, kept, 1, Answer(reply="正在合并报表"))
    with pytest.raises(Stale) as refused:
        actions.answer(people.admin, kept, 1, Answer(reply="请找信息科"))
    assert (refused.value.record.reply, refused.value.yours) == ("正在合并报表", {"reply": "请找信息科"})
    assert len(journal.history(kept.uid)) == 2


def test_each_sees_their_own_and_those_who_answer_see_all(people: Cast) -> None:
    actions.send(people.xiaolin, FeedbackIn(text="小林的意见"), HERE)
    actions.send(people.laoma, FeedbackIn(text="老马的意见"), HERE)
    actions.send(None, FeedbackIn(text="没有登录的意见"), HERE)
    assert [row.text for row in queries.feedback_page(people.xiaolin, None, None)] == ["小林的意见"]
    assert len(queries.feedback_page(people.office, None, None)) == 3
    assert len(queries.feedback_page(people.county, None, None)) == 0


def test_open_and_answered_are_listed_apart(people: Cast) -> None:
    first = actions.send(people.xiaolin, FeedbackIn(text="先提的"), HERE)
    actions.send(people.xiaolin, FeedbackIn(text="后提的"), HERE)
    actions.answer(people.office, first, 1, Answer(reply="已办"))
    assert [row.text for row in queries.feedback_page(people.office, "open", None)] == ["后提的"]
    assert [row.text for row in queries.feedback_page(people.office, "answered", None)] == ["先提的"]
