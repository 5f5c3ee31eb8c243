"""Every payment terminal gives back once by each refund's id; no money goes back twice."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware.errors import DeviceBusy, DeviceRefused, DeviceUnreachable, OutcomeUnknown
from hardware.payment_terminal.port import (
    Approved,
    Cancelled,
    Declined,
    DeclineReason,
    NeverReached,
    StillUnknown,
    TerminalOutcome,
)
from hardware.payment_terminal.simulator import (
    Approve,
    Cancel,
    Contradict,
    Decline,
    LoseAnswer,
    SimulatedTerminal,
    Step,
    WaitForCard,
)
from hardware.payment_terminal.standalone import Question, StandaloneTerminal
from tests.hardware.payment_terminal.test_payment_terminal import (
    WAIT_S,
    Rig,
    SimulatorRig,
    StandaloneRig,
)


@pytest.fixture(params=[SimulatorRig, StandaloneRig])
def rig(request: pytest.FixtureRequest) -> Iterator[Rig]:
    with ThreadPoolExecutor(2) as pool:
        built: Rig = request.param(pool)
        if isinstance(built, SimulatorRig):
            built.simulator.script_refunds(WaitForCard())
        yield built


def begun(rig: Rig, refund_id: str = "refund-1") -> Future[TerminalOutcome]:
    """Begin a refund and return once the terminal waits for a person."""
    future = rig._pool.submit(rig.terminal.refund, refund_id, 500, "EUR", "sale-1")
    rig.wait_until_paying()
    return future


def test_a_refund_that_is_made_is_told_again_and_made_once(rig: Rig) -> None:
    refunding = begun(rig)
    rig.approve("refund-1")

    outcome = refunding.result(WAIT_S)

    assert isinstance(outcome, Approved)
    assert outcome.is_verified == rig.terminal.capabilities.is_integrated
    assert rig.terminal.query_refund("refund-1") == outcome
    assert rig.terminal.refund("refund-1", 500, "EUR", "sale-1") == outcome


def test_a_declined_refund_stays_declined(rig: Rig) -> None:
    refunding = begun(rig)
    rig.decline("refund-1")

    assert isinstance(refunding.result(WAIT_S), Declined)
    assert isinstance(rig.terminal.refund("refund-1", 500, "EUR", "sale-1"), Declined)


def test_the_cashier_breaks_a_refund_off(rig: Rig) -> None:
    refunding = begun(rig)

    rig.terminal.abort()

    assert refunding.result(WAIT_S) == Cancelled()


def test_nothing_else_goes_while_a_refund_is_under_way(rig: Rig) -> None:
    refunding = begun(rig)

    with pytest.raises(DeviceBusy):
        rig.terminal.pay("sale-2", 500, "EUR")
    with pytest.raises(DeviceBusy):
        rig.terminal.refund("refund-2", 500, "EUR", "sale-1")
    assert rig.terminal.query_refund("refund-1") == StillUnknown()

    rig.approve("refund-1")
    assert isinstance(refunding.result(WAIT_S), Approved)


def test_an_id_is_of_one_refund_only(rig: Rig) -> None:
    refunding = begun(rig)
    rig.approve("refund-1")
    refunding.result(WAIT_S)

    with pytest.raises(DeviceRefused):
        rig.terminal.refund("refund-1", 900, "EUR", "sale-1")
    with pytest.raises(DeviceRefused):
        rig.terminal.refund("refund-1", 500, "EUR", "sale-2")


@pytest.mark.parametrize(
    ("refund_id", "amount_minor", "currency", "original"),
    [
        ("", 100, "EUR", "sale-1"),
        ("refund-1", 0, "EUR", "sale-1"),
        ("refund-1", 100, "eur", "sale-1"),
        ("refund-1", 100, "EUR", ""),
    ],
)
def test_what_cannot_be_given_back_is_refused_before_anything_is_sent(
    rig: Rig, refund_id: str, amount_minor: int, currency: str, original: str
) -> None:
    with pytest.raises(ValueError, match=r".+"):
        rig.terminal.refund(refund_id, amount_minor, currency, original)


def test_no_more_goes_back_than_was_taken() -> None:
    terminal = SimulatedTerminal()
    terminal.pay("sale-1", 1000, "EUR")

    assert isinstance(terminal.refund("refund-1", 700, "EUR", "sale-1"), Approved)
    refused = terminal.refund("refund-2", 301, "EUR", "sale-1")
    assert isinstance(terminal.refund("refund-3", 300, "EUR", "sale-1"), Approved)

    assert refused == Declined(DeclineReason.ALREADY_REFUNDED)
    assert terminal.given_back == {"refund-1": 700, "refund-3": 300}


def test_a_payment_of_another_terminal_is_given_back_too() -> None:
    terminal = SimulatedTerminal()

    assert isinstance(terminal.refund("refund-1", 700, "EUR", "taken elsewhere"), Approved)


def test_a_lost_answer_of_a_refund_is_found_again() -> None:
    terminal = SimulatedTerminal()
    terminal.script_refunds(LoseAnswer(Approve(), queries_in_progress=1))

    with pytest.raises(OutcomeUnknown):
        terminal.refund("refund-1", 700, "EUR", "sale-1")

    assert terminal.query_refund("refund-1") == StillUnknown()
    assert isinstance(terminal.query_refund("refund-1"), Approved)


def test_a_refund_that_never_arrived_can_be_asked_for_by_the_same_id() -> None:
    terminal = SimulatedTerminal()
    terminal.script_refunds(LoseAnswer(None))

    with pytest.raises(OutcomeUnknown):
        terminal.refund("refund-1", 700, "EUR", "sale-1")

    assert terminal.query_refund("refund-1") == NeverReached()
    assert isinstance(terminal.refund("refund-1", 700, "EUR", "sale-1"), Approved)


def test_a_slow_terminal_leaves_the_refund_unknown_until_asked() -> None:
    terminal = SimulatedTerminal(deadline_s=0.01)
    terminal.script_refunds(WaitForCard())

    with pytest.raises(OutcomeUnknown):
        terminal.refund("refund-1", 700, "EUR", "sale-1")

    assert isinstance(terminal.query_refund("refund-1"), Approved)


def test_a_terminal_can_say_one_thing_and_then_another() -> None:
    terminal = SimulatedTerminal()
    terminal.script_refunds(Contradict(told=Decline(), truth=Approve()))

    said = terminal.refund("refund-1", 700, "EUR", "sale-1")

    assert isinstance(said, Declined)
    assert isinstance(terminal.query_refund("refund-1"), Approved)
    assert terminal.given_back == {"refund-1": 700}


def test_an_unplugged_terminal_gives_nothing_back() -> None:
    terminal = SimulatedTerminal()
    terminal.is_plugged_in = False

    with pytest.raises(DeviceUnreachable):
        terminal.refund("refund-1", 700, "EUR", "sale-1")
    with pytest.raises(DeviceUnreachable):
        terminal.query_refund("refund-1")


def test_the_terminal_remembers_refunds_while_the_till_starts_again(tmp_path: Path) -> None:
    memory = tmp_path / "terminal.jsonl"
    terminal = SimulatedTerminal(memory=memory)
    terminal.pay("sale-1", 1000, "EUR")
    terminal.script_refunds(LoseAnswer(Approve()), Cancel())
    with pytest.raises(OutcomeUnknown):
        terminal.refund("refund-1", 700, "EUR", "sale-1")
    terminal.refund("refund-2", 100, "EUR", "sale-1")

    restarted = SimulatedTerminal(memory=memory)

    assert isinstance(restarted.query_refund("refund-1"), Approved)
    assert restarted.query_refund("refund-2") == Cancelled()
    assert restarted.given_back == {"refund-1": 700}
    assert restarted.refund("refund-3", 301, "EUR", "sale-1") == Declined(
        DeclineReason.ALREADY_REFUNDED
    )


@given(
    st.lists(
        st.sampled_from(
            [
                Approve(),
                Decline(),
                LoseAnswer(Approve()),
                LoseAnswer(None),
                Contradict(told=Decline(), truth=Approve()),
            ]
        ),
        max_size=8,
    ),
    st.lists(st.tuples(st.sampled_from(["a", "b", "c"]), st.integers(1, 2000)), max_size=12),
)
def test_however_often_refunds_are_asked_for_a_payment_is_given_back_once(
    steps: list[Step], asked: list[tuple[str, int]]
) -> None:
    terminal = SimulatedTerminal()
    terminal.pay("sale-1", 1000, "EUR")
    terminal.script_refunds(*steps)

    for refund_id, amount_minor in asked:
        try:
            terminal.refund(refund_id, amount_minor, "EUR", "sale-1")
        except (OutcomeUnknown, DeviceRefused):
            terminal.query_refund(refund_id)

    assert sum(terminal.given_back.values()) <= 1000
    for refund_id, moved in terminal.given_back.items():
        assert (refund_id, moved) in asked


def test_the_till_asks_the_cashier_which_payment_to_give_back() -> None:
    with ThreadPoolExecutor(1) as pool:
        terminal = StandaloneTerminal(deadline_s=WAIT_S)
        refunding = pool.submit(terminal.refund, "refund-1", 1250, "EUR", "sale-1")

        question = terminal.wait_for_question(WAIT_S)
        terminal.confirm("refund-1", is_approved=True, auth_code="A12345")

        assert question == Question("refund-1", 1250, "EUR", "sale-1")
        assert refunding.result(WAIT_S) == Approved("A12345", is_verified=False)


def test_a_refund_nobody_spoke_of_is_unknown_at_a_terminal_without_a_cable() -> None:
    terminal = StandaloneTerminal(deadline_s=0.01)
    with pytest.raises(OutcomeUnknown):
        terminal.refund("refund-1", 1250, "EUR", "sale-1")

    assert terminal.query_refund("refund-1") == StillUnknown()
    terminal.confirm("refund-1", is_approved=False)
    assert terminal.refund("refund-1", 1250, "EUR", "sale-1") == Declined()
