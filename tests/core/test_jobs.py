"""Queued work: begun after the commit, done once more where it failed, found again where it was lost."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from fieldwork.core import jobs
from fieldwork.core.db import transaction

NAME = "tests.note"


class _Worker:
    def __init__(self) -> None:
        self.noted: list[str] = []
        self.failures = 0
        self.left: list[str] = []

    def note(self, words: str) -> None:
        if self.failures:
            self.failures -= 1
            raise OSError(words)
        self.noted.append(words)
        if words in self.left:
            self.left.remove(words)

    def resume(self) -> None:
        for words in self.left:
            jobs.later(NAME, words)


@pytest.fixture
def worker(app: Flask) -> Iterator[_Worker]:
    """Somebody who notes what the queue hands out; the queue is empty before and after."""
    made = _Worker()
    jobs.queue().flush()
    jobs.learn(NAME, made.note, made.resume)
    yield made
    jobs._resumptions.remove(made.resume)
    jobs.queue().flush()


def test_work_waits_for_the_commit_and_for_a_worker(worker: _Worker) -> None:
    with transaction():
        jobs.later(NAME, "one")
        assert jobs.queue().pending_count() == 0
    assert (jobs.queue().pending_count(), worker.noted) == (1, [])
    assert jobs.work_off() == 1
    assert worker.noted == ["one"]


def test_nothing_is_done_for_what_was_rolled_back(worker: _Worker) -> None:
    with pytest.raises(ZeroDivisionError), transaction():
        jobs.later(NAME, "one")
        raise ZeroDivisionError
    assert jobs.work_off() == 0


def test_work_that_failed_is_planned_again(worker: _Worker) -> None:
    worker.failures = 1
    jobs.later(NAME, "one")
    jobs.work_off()
    assert (worker.noted, jobs.queue().scheduled_count()) == ([], 1)


def test_what_was_lost_is_found_again(worker: _Worker) -> None:
    worker.left = ["one", "two"]
    jobs.resume()
    jobs.work_off()
    assert (worker.noted, worker.left) == (["one", "two"], [])


def test_nothing_is_looked_for_while_there_is_work_enough(worker: _Worker) -> None:
    worker.left = ["two"]
    jobs.later(NAME, "one")
    jobs.resume()
    assert jobs.queue().pending_count() == 1


def test_a_queue_that_cannot_be_written_costs_nobody_the_answer(
    worker: _Worker, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    before = list(jobs._places)
    jobs.use("sqlite:///somewhere", tmp_path / "not made")
    try:
        with transaction():
            jobs.later(NAME, "one")
    finally:
        jobs._places[:] = before
    assert "job.unqueued" in caplog.messages
