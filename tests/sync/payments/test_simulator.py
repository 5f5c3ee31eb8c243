"""The simulated provider: does each thing once, keeps it through a kill, misbehaves as told."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from sync.payments.http_provider import HttpProvider
from sync.payments.port import Answer, Found, ProviderUnreachable, Standing
from tests.sync.payments.kit import Simulator, simulated_provider
from tests.sync.serving import Exchange, misbehaving


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Simulator]:
    with simulated_provider(tmp_path_factory.mktemp("payments")) as simulator:
        yield simulator


@pytest.fixture
def simulator(running: Simulator) -> Simulator:
    """Return the provider in a good mood."""
    running.behave(
        decline=0, refuse_refund=0, refunds_pending=0, errors=0, lose_answer=0, die=0, slow_ms=0
    )
    return running


def paid(simulator: Simulator, payment_id: str, amount: int = 20_00) -> HttpProvider:
    provider = simulator.provider
    provider.authorise(payment_id, amount, "EUR")
    provider.capture(payment_id, amount)
    return provider


def test_the_same_payment_twice_is_one_charge(simulator: Simulator) -> None:
    before = simulator.ledger()

    for _ in range(3):
        paid(simulator, "twice")

    after = simulator.ledger()
    assert after["captured"] - before["captured"] == 20_00
    assert after["payments"] - before["payments"] == 1


def test_an_id_that_is_taken_pays_no_other_amount(simulator: Simulator) -> None:
    provider = paid(simulator, "taken")

    assert provider.authorise("taken", 30_00, "EUR").answer is Answer.DECLINED
    assert provider.capture("taken", 10_00).answer is Answer.DECLINED


def test_a_declined_payment_stays_declined(simulator: Simulator) -> None:
    simulator.behave(decline=1)
    provider = simulator.provider

    answers = [provider.authorise("poor", 20_00, "EUR").answer for _ in range(2)]

    assert answers == [Answer.DECLINED, Answer.DECLINED]
    assert provider.capture("poor", 20_00).answer is Answer.DECLINED


def test_what_is_let_go_cannot_be_taken(simulator: Simulator) -> None:
    provider = simulator.provider
    provider.authorise("let-go", 20_00, "EUR")

    assert provider.void("let-go").answer is Answer.APPROVED
    assert provider.capture("let-go", 20_00).answer is Answer.DECLINED


def test_never_more_is_given_back_than_was_taken(simulator: Simulator) -> None:
    provider = paid(simulator, "back")

    assert provider.refund("b-1", "back", 15_00).answer is Answer.APPROVED
    assert provider.refund("b-1", "back", 15_00).answer is Answer.APPROVED
    assert provider.refund("b-2", "back", 6_00).answer is Answer.DECLINED
    assert provider.look_up("back") == Found(Standing.CAPTURED, 20_00, 15_00)


def test_a_refund_waits_until_it_is_confirmed(simulator: Simulator) -> None:
    provider = paid(simulator, "waits")
    simulator.behave(refunds_pending=1)

    first = provider.refund("w-1", "waits", 5_00).answer
    simulator.behave(confirm_refunds=True)

    assert first is Answer.PENDING
    assert provider.refund("w-1", "waits", 5_00).answer is Answer.APPROVED


@pytest.mark.parametrize("mood", ["errors", "lose_answer"])
def test_an_answer_that_does_not_come_says_nothing(simulator: Simulator, mood: str) -> None:
    simulator.behave(**{mood: 1})

    with pytest.raises(ProviderUnreachable):
        simulator.provider.authorise(f"no-answer-{mood}", 20_00, "EUR")

    found = simulator.provider.look_up(f"no-answer-{mood}")
    assert (found is None) == (mood == "errors")


def test_a_slow_answer_is_not_waited_for_for_ever(simulator: Simulator) -> None:
    simulator.behave(slow_ms=2_000)
    provider = HttpProvider(simulator.url, read_s=0.2)

    with pytest.raises(ProviderUnreachable):
        provider.authorise("slow", 20_00, "EUR")

    simulator.behave(slow_ms=0)
    found = simulator.provider.look_up("slow")
    assert found is not None
    assert found.standing is Standing.AUTHORISED


def test_what_was_done_before_a_kill_was_done(simulator: Simulator) -> None:
    simulator.behave(die=1)
    with pytest.raises(ProviderUnreachable):
        simulator.provider.authorise("killed", 20_00, "EUR")

    simulator.start_again()

    found = simulator.provider.look_up("killed")
    assert found is not None
    assert found.standing is Standing.AUTHORISED


@pytest.mark.parametrize(
    ("status", "said"),
    [
        (200, b"<html>sign in to the network</html>"),
        (200, b'{"answer": "maybe"}'),
        (302, b""),
        (404, b"not here"),
    ],
)
def test_what_is_no_answer_of_the_provider_says_nothing(status: int, said: bytes) -> None:
    def script(exchange: Exchange, handler: object) -> None:
        handler.send_response(status)  # type: ignore[attr-defined]
        handler.send_header("Content-Length", str(len(said)))  # type: ignore[attr-defined]
        handler.end_headers()  # type: ignore[attr-defined]
        handler.wfile.write(said)  # type: ignore[attr-defined]

    with misbehaving(script) as server:
        provider = HttpProvider(server.url)
        with pytest.raises(ProviderUnreachable):
            provider.authorise("p", 20_00, "EUR")
        with pytest.raises(ProviderUnreachable):
            provider.look_up("p")
