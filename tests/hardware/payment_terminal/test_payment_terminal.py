"""Every payment terminal keeps the promises of the port; no money is taken twice."""

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
    PaymentTerminal,
    StillUnknown,
    TerminalOutcome,
)
from hardware.payment_terminal.simulator import (
    AMOUNT_MAGIC,
    Approve,
    Cancel,
    Decline,
    LoseAnswer,
    SimulatedTerminal,
    Step,
    WaitForCard,
)
from hardware.payment_terminal.standalone import Question, StandaloneTerminal

WAIT_S = 10.0  # far more than any step takes; only a broken test waits so long


class Rig:
    """A terminal, a customer or cashier at it, and the worker thread that pays."""

    def __init__(self, pool: ThreadPoolExecutor) -> None:
        self._pool = pool
        self.terminal: PaymentTerminal

    def start(self, reference: str, amount_minor: int = 1250) -> Future[TerminalOutcome]:
        """Begin a payment and return once the terminal waits for a person."""
        future = self._pool.submit(self.terminal.pay, reference, amount_minor, "EUR")
        self.wait_until_paying()
        return future

    def wait_until_paying(self) -> None: ...

    def approve(self, reference: str) -> None: ...

    def decline(self, reference: str) -> None: ...


class SimulatorRig(Rig):
    def __init__(self, pool: ThreadPoolExecutor) -> None:
        super().__init__(pool)
        self.simulator = SimulatedTerminal(deadline_s=WAIT_S)
        self.terminal = self.simulator

    def start(self, reference: str, amount_minor: int = 1250) -> Future[TerminalOutcome]:
        self.simulator.script(WaitForCard())
        return super().start(reference, amount_minor)

    def wait_until_paying(self) -> None:
        assert self.simulator.wait_until_paying(WAIT_S)

    def approve(self, reference: str) -> None:
        self.simulator.present_card()

    def decline(self, reference: str) -> None:
        self.simulator.refuse_card()


class StandaloneRig(Rig):
    def __init__(self, pool: ThreadPoolExecutor) -> None:
        super().__init__(pool)
        self.standalone = StandaloneTerminal(deadline_s=WAIT_S)
        self.terminal = self.standalone

    def wait_until_paying(self) -> None:
        assert self.standalone.wait_for_question(WAIT_S)

    def approve(self, reference: str) -> None:
        self.standalone.confirm(reference, is_approved=True, auth_code="A12345")

    def decline(self, reference: str) -> None:
        self.standalone.confirm(reference, is_approved=False)


@pytest.fixture(params=[SimulatorRig, StandaloneRig])
def rig(request: pytest.FixtureRequest) -> Iterator[Rig]:
    with ThreadPoolExecutor(2) as pool:
        built: Rig = request.param(pool)
        yield built


def test_an_approved_payment(rig: Rig) -> None:
    paying = rig.start("sale-1")

    rig.approve("sale-1")

    outcome = paying.result(WAIT_S)
    assert isinstance(outcome, Approved)
    assert outcome.is_verified == rig.terminal.capabilities.is_integrated
    assert rig.terminal.query("sale-1") == outcome


def test_a_declined_payment(rig: Rig) -> None:
    paying = rig.start("sale-1")

    rig.decline("sale-1")

    assert isinstance(paying.result(WAIT_S), Declined)
    assert isinstance(rig.terminal.query("sale-1"), Declined)


def test_the_cashier_breaks_off(rig: Rig) -> None:
    paying = rig.start("sale-1")

    rig.terminal.abort()

    assert paying.result(WAIT_S) == Cancelled()
    assert rig.terminal.query("sale-1") == Cancelled()


def test_while_the_customer_is_at_it_nobody_knows(rig: Rig) -> None:
    paying = rig.start("sale-1")

    assert rig.terminal.query("sale-1") == StillUnknown()

    rig.approve("sale-1")
    paying.result(WAIT_S)


def test_one_payment_at_a_time(rig: Rig) -> None:
    paying = rig.start("sale-1")

    with pytest.raises(DeviceBusy):
        rig.terminal.pay("sale-2", 500, "EUR")

    rig.approve("sale-1")
    assert isinstance(paying.result(WAIT_S), Approved)


def test_a_reference_is_charged_once(rig: Rig) -> None:
    paying = rig.start("sale-1")
    rig.approve("sale-1")
    outcome = paying.result(WAIT_S)

    with pytest.raises(DeviceRefused):
        rig.terminal.pay("sale-1", 1250, "EUR")

    assert rig.terminal.query("sale-1") == outcome


def test_breaking_off_nothing_is_harmless(rig: Rig) -> None:
    rig.terminal.abort()

    paying = rig.start("sale-1")
    rig.approve("sale-1")
    assert isinstance(paying.result(WAIT_S), Approved)


@pytest.mark.parametrize(
    ("reference", "amount_minor", "currency"),
    [("", 100, "EUR"), ("sale-1", 0, "EUR"), ("sale-1", -5, "EUR"), ("sale-1", 100, "euro")],
)
def test_what_cannot_be_paid_is_refused_before_anything_is_sent(
    rig: Rig, reference: str, amount_minor: int, currency: str
) -> None:
    with pytest.raises(ValueError, match=r".+"):
        rig.terminal.pay(reference, amount_minor, currency)

    paying = rig.start("sale-1")
    rig.approve("sale-1")
    assert isinstance(paying.result(WAIT_S), Approved)


def test_a_lost_answer_is_found_again() -> None:
    terminal = SimulatedTerminal()
    terminal.script(LoseAnswer(Approve(), queries_in_progress=2))

    with pytest.raises(OutcomeUnknown):
        terminal.pay("sale-1", 1250, "EUR")

    assert terminal.query("sale-1") == StillUnknown()
    assert terminal.query("sale-1") == StillUnknown()
    assert isinstance(terminal.query("sale-1"), Approved)
    assert terminal.charged == {"sale-1": 1250}


def test_a_request_that_never_arrived_charged_nothing_and_may_be_made_again() -> None:
    terminal = SimulatedTerminal()
    terminal.script(LoseAnswer(None))

    with pytest.raises(OutcomeUnknown):
        terminal.pay("sale-1", 1250, "EUR")

    assert terminal.query("sale-1") == NeverReached()
    assert terminal.charged == {}
    assert isinstance(terminal.pay("sale-1", 1250, "EUR"), Approved)


def test_a_terminal_that_is_late_leaves_the_outcome_unknown_until_asked() -> None:
    terminal = SimulatedTerminal(deadline_s=0.01)
    terminal.script(WaitForCard())

    with pytest.raises(OutcomeUnknown):
        terminal.pay("sale-1", 1250, "EUR")

    assert isinstance(terminal.query("sale-1"), Approved)


def test_an_unplugged_terminal_was_sent_nothing() -> None:
    terminal = SimulatedTerminal()
    terminal.is_plugged_in = False

    with pytest.raises(DeviceUnreachable):
        terminal.pay("sale-1", 1250, "EUR")
    with pytest.raises(DeviceUnreachable):
        terminal.query("sale-1")

    terminal.is_plugged_in = True
    assert terminal.query("sale-1") == NeverReached()


def test_the_terminal_remembers_while_the_till_starts_again(tmp_path: Path) -> None:
    memory = tmp_path / "terminal.jsonl"
    terminal = SimulatedTerminal(memory=memory)
    terminal.script(LoseAnswer(Approve()), Decline(DeclineReason.WRONG_PIN), Cancel())
    with pytest.raises(OutcomeUnknown):
        terminal.pay("sale-1", 1250, "EUR")
    terminal.pay("sale-2", 300, "EUR")
    terminal.pay("sale-3", 300, "EUR")

    restarted = SimulatedTerminal(memory=memory)

    assert isinstance(restarted.query("sale-1"), Approved)
    assert restarted.query("sale-2") == Declined(DeclineReason.WRONG_PIN)
    assert restarted.query("sale-3") == Cancelled()
    assert restarted.charged == {"sale-1": 1250}


@pytest.mark.parametrize(
    ("amount_minor", "expected"), [(1291, Declined()), (1292, Cancelled()), (1290, Approved)]
)
def test_amounts_bring_about_what_the_table_says(amount_minor: int, expected: object) -> None:
    terminal = SimulatedTerminal(heeds_amounts=True)

    outcome = terminal.pay("sale-1", amount_minor, "EUR")

    assert outcome == expected or type(outcome) is expected
    assert isinstance(SimulatedTerminal().pay("sale-1", amount_minor, "EUR"), Approved)
    assert 90 not in AMOUNT_MAGIC


@given(
    st.lists(
        st.sampled_from([Approve(), Decline(), Cancel(), LoseAnswer(Approve()), LoseAnswer(None)]),
        max_size=8,
    )
)
def test_asking_before_paying_again_takes_the_money_once(steps: list[Step]) -> None:
    terminal = SimulatedTerminal()
    terminal.script(*steps)
    attempt = 0

    outcome: object = NeverReached()
    while not isinstance(outcome, Approved):
        attempt += 1
        try:
            outcome = terminal.pay(f"sale-1/{attempt}", 1250, "EUR")
        except OutcomeUnknown:
            outcome = terminal.query(f"sale-1/{attempt}")

    assert list(terminal.charged.values()) == [1250]


def test_the_till_asks_the_cashier_what_to_key() -> None:
    with ThreadPoolExecutor(1) as pool:
        terminal = StandaloneTerminal(deadline_s=WAIT_S)
        paying = pool.submit(terminal.pay, "sale-1", 1250, "EUR")

        assert terminal.wait_for_question(WAIT_S) == Question("sale-1", 1250, "EUR")
        terminal.confirm("sale-1", is_approved=True, auth_code="A12345", brand="Visa")

        assert paying.result(WAIT_S) == Approved("A12345", "Visa", is_verified=False)
        assert terminal.question is None


def test_an_answer_after_the_deadline_still_settles_the_payment() -> None:
    terminal = StandaloneTerminal(deadline_s=0.01)
    with pytest.raises(OutcomeUnknown):
        terminal.pay("sale-1", 1250, "EUR")
    assert terminal.query("sale-1") == StillUnknown()

    terminal.confirm("sale-1", is_approved=True, auth_code="A12345")

    assert terminal.query("sale-1") == Approved("A12345", is_verified=False)


def test_an_answer_nobody_asked_for_is_refused() -> None:
    terminal = StandaloneTerminal()

    with pytest.raises(ValueError, match="sale-1"):
        terminal.confirm("sale-1", is_approved=True)


@pytest.mark.parametrize("forged", ["4111111111111111", "A-1", "1234567890123"])
def test_a_card_number_fits_nowhere(forged: str) -> None:
    with pytest.raises(ValueError, match="authorisation code"):
        Approved(auth_code=forged)
    with pytest.raises(ValueError, match="four digits"):
        Approved(auth_code="1", last4=forged)
