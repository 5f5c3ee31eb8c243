"""Back-off, the light, cursors and the outbox table."""

from __future__ import annotations

from itertools import pairwise, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.protocol.backoff import FIRST_MS, LONGEST_MS, PROBE_EVERY_MS, Backoff, delay_ms
from sync.protocol.cursors import Advance, Resync, read_page
from sync.protocol.link import Link, LinkState
from sync.protocol.outbox import TRANSITIONS, Event, IllegalTransition, State, next_state


def test_the_pause_doubles_from_one_second_to_five_minutes() -> None:
    pauses = [delay_ms(failures, 0.0) for failures in range(1, 15)]

    assert pauses[0] == FIRST_MS
    assert pauses[-1] == LONGEST_MS
    assert all(after in {2 * before, LONGEST_MS} for before, after in pairwise(pauses))


@given(failures=st.integers(1, 100), jitter=st.floats(0, 1, exclude_max=True))
def test_chance_shortens_a_pause_by_at_most_half(failures: int, jitter: float) -> None:
    whole = delay_ms(failures, 0.0)

    assert whole / 2 <= delay_ms(failures, jitter) <= whole


def test_a_wait_the_hub_asks_for_is_kept() -> None:
    backoff = Backoff().after_failure(0, 0.9, is_silent=False, retry_after_ms=30_000)

    assert not backoff.is_due(29_999)
    assert backoff.is_due(30_000)
    assert not backoff.wants_probe(20_000)
    assert backoff.wait_ms(10_000) == 20_000


def test_a_silent_hub_is_looked_for_and_tried_at_once_when_seen() -> None:
    backoff = Backoff()
    for _ in range(9):
        backoff = backoff.after_failure(0, 0.0, is_silent=True)

    unseen = backoff.after_probe(PROBE_EVERY_MS, reached=False)
    seen = unseen.after_probe(2 * PROBE_EVERY_MS, reached=True)

    assert backoff.wants_probe(PROBE_EVERY_MS)
    assert not unseen.wants_probe(PROBE_EVERY_MS + 1)
    assert unseen.wants_probe(2 * PROBE_EVERY_MS)
    assert seen.is_due(2 * PROBE_EVERY_MS)
    assert Backoff().after_failure(0, 0.0, is_silent=True).after_success().is_due(0)


@pytest.mark.parametrize(
    ("contact", "failed", "now", "oldest", "state"),
    [
        pytest.param(None, False, 1_000, None, LinkState.DELAYED, id="just started"),
        pytest.param(None, True, 10_001, None, LinkState.OFFLINE, id="never reached"),
        pytest.param(0, False, 14_999, None, LinkState.ONLINE, id="fresh"),
        pytest.param(0, True, 10_000, None, LinkState.ONLINE, id="one failure is no outage"),
        pytest.param(0, True, 10_001, None, LinkState.OFFLINE, id="failing for ten seconds"),
        pytest.param(0, False, 15_000, None, LinkState.DELAYED, id="quiet"),
        pytest.param(0, False, 60_001, None, LinkState.OFFLINE, id="silent for a minute"),
        pytest.param(0, False, 1_000, 60_001, LinkState.DELAYED, id="a fact waits"),
        pytest.param(0, False, 1_000, 60_000, LinkState.ONLINE, id="a fact waits a little"),
    ],
)
def test_the_light_follows_contact_failures_and_the_queue(
    contact: int | None, failed: bool, now: int, oldest: int | None, state: LinkState
) -> None:
    link = Link(started_at_ms=0)
    if contact is not None:
        link = link.after_contact(contact)
    if failed:
        link = link.after_failure()

    assert link.state(now, oldest_queued_age_ms=oldest) is state


def test_a_page_moves_the_cursor_and_a_hub_that_went_back_begins_again() -> None:
    assert read_page(5, cursor=9, more=True, items=4) == Advance(9, more=True)
    assert read_page(5, cursor=5, more=False, items=0) == Advance(5, more=False)
    assert read_page(5, cursor=4, more=False, items=0) == Resync()


def test_a_till_that_missed_changes_the_hub_let_go_of_begins_again() -> None:
    assert read_page(5, cursor=9, more=False, items=1, complete_after=6) == Resync()
    assert read_page(6, cursor=9, more=False, items=1, complete_after=6) == Advance(9, more=False)
    assert read_page(0, cursor=9, more=False, items=1, complete_after=6) == Advance(9, more=False)


def test_a_page_that_promises_more_and_does_not_move_is_the_last_one() -> None:
    assert read_page(5, cursor=5, more=True, items=3) == Advance(5, more=False)
    assert read_page(5, cursor=6, more=True, items=0) == Advance(6, more=False)


@pytest.mark.parametrize(("state", "event"), list(product(State, Event)), ids=str)
def test_every_event_has_one_meaning_or_is_a_bug(state: State, event: Event) -> None:
    if (state, event) in TRANSITIONS:
        assert next_state(state, event) is TRANSITIONS[state, event]
    else:
        with pytest.raises(IllegalTransition):
            next_state(state, event)


def test_what_was_acknowledged_ends_nowhere_but_with_a_person() -> None:
    ends = {state for (before, _), state in TRANSITIONS.items() if before is State.ACKNOWLEDGED}

    assert ends == {State.PARKED}
