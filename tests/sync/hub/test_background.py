"""What the hub does beside answering: again and again, also after its database was away."""

from __future__ import annotations

import threading
from contextlib import closing

import pytest

from pos.domain.errors import StoreUnavailable
from sync.hub.background import Background, Rest

SOON_S = 0.001


def test_work_goes_on_after_the_database_was_away_and_the_log_says_that_it_was(
    caplog: pytest.LogCaptureFixture,
) -> None:
    tries: list[int] = []
    is_back = threading.Event()

    def work(_rest: Rest) -> None:
        tries.append(len(tries))
        if len(tries) < 3:
            raise StoreUnavailable("gone")
        is_back.set()

    with closing(Background("watch", work, every_s=SOON_S)):
        assert is_back.wait(30)

    told = [record for record in caplog.records if record.getMessage() == "database away"]
    assert [vars(record)["work"] for record in told] == ["watch", "watch"]


def test_work_that_failed_once_is_tried_again_and_the_log_says_why(
    caplog: pytest.LogCaptureFixture,
) -> None:
    is_back = threading.Event()
    tries: list[int] = []

    def work(_rest: Rest) -> None:
        tries.append(len(tries))
        if len(tries) == 1:
            raise KeyError("name")
        is_back.set()

    with closing(Background("payments", work, every_s=SOON_S)):
        assert is_back.wait(30)

    (told,) = [record for record in caplog.records if record.getMessage() == "work failed"]
    assert vars(told)["work"] == "payments"
    assert told.exc_info is not None


def test_work_that_rests_is_finished_at_once_at_the_end() -> None:
    has_begun, said = threading.Event(), list[str]()

    def work(rest: Rest) -> None:
        has_begun.set()
        rest(3_600)
        said.append("finished")

    with closing(Background("watch", work, every_s=SOON_S)):
        assert has_begun.wait(30)

    assert said == ["finished"]
