"""What becomes of a refund that went to a card: told once, and the ledger knows it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from pos.domain.card_payment import AttemptEvent
from pos.domain.money import Money
from pos.domain.quantity import THOUSAND
from pos.domain.refund import IllegalRefundTransition, RefundEvent, RefundState
from pos.domain.return_ledger import Ledger, ledger_of
from pos.domain.return_purchase import Means
from pos.domain.returns import Return
from pos.domain.sale import Sale
from pos.services import pay
from pos.services.record_return import resolve_refund, with_own_returns
from pos.services.workstation import SignOn
from tests.services.conftest import Shop
from tests.services.return_things import draft, own_ledger, taken_back, untouched
from tests.services.test_promoted import sold as on_ticket

Resolve = Callable[[RefundEvent], RefundState]


def by_card(sign_on: SignOn) -> Sale:
    ticket = pay.begin(sign_on, on_ticket(sign_on, 2))
    attempt = pay.request_card(sign_on, ticket, ticket.payment.due, terminal="T1")
    step = pay.settle_card(sign_on, ticket, attempt, AttemptEvent.APPROVAL, authorisation="A1")
    assert isinstance(step, pay.Paid)
    return step.sale


@pytest.fixture
def sale(at_work: SignOn) -> Sale:
    return by_card(at_work)


@pytest.fixture
def document(at_work: SignOn, sale: Sale) -> Return:
    """One piece came back to the card, which nobody asked yet."""
    made = draft(
        at_work, untouched(sale), (1, THOUSAND), means=Means.CARD, state=RefundState.REQUESTED
    )
    to_card = replace(made.refunds[0], reference=sale.tenders[0].reference)
    return taken_back(at_work, replace(made, refunds=(to_card,)))


@pytest.fixture
def resolve(at_work: SignOn, document: Return) -> Resolve:
    def resolve(event: RefundEvent) -> RefundState:
        (refund,) = document.refunds
        with at_work.station.store.transaction() as records:
            return resolve_refund(
                at_work, records, document.return_id, refund.refund_id, event, "R-77", "aceptada"
            ).state

    return resolve


def still_due_to_the_card(sign_on: SignOn, sale: Sale) -> Money:
    ledger = own_ledger(sign_on, sale)
    return ledger.refundable_to(ledger.purchase.paid[0])


def test_a_refund_to_a_card_waits_until_somebody_asks(at_work: SignOn, document: Return) -> None:
    with at_work.station.store.reading() as records:
        assert records.returns.open_refunds() == ((document.return_id, document.refunds[0]),)


def test_what_the_card_says_is_kept_and_told(
    shop: Shop, at_work: SignOn, document: Return, resolve: Resolve
) -> None:
    assert resolve(RefundEvent.CONFIRMATION) is RefundState.CONFIRMED

    fact = shop.facts()[-1]
    assert fact.kind.value == "refund.resolved"
    assert fact.body == {
        "session_id": at_work.session_id,
        "return_id": document.return_id,
        "refund_id": document.refunds[0].refund_id,
        "state": "confirmed",
        "reference": "R-77",
        "detail": "aceptada",
    }
    with at_work.station.store.reading() as records:
        kept = records.returns.get(document.return_id)
        assert kept is not None
        assert [refund.state for refund in kept.refunds] == [RefundState.CONFIRMED]
        assert kept.refunds[0].reference == document.refunds[0].reference
        assert records.returns.open_refunds() == ()


def test_the_same_answer_is_told_once(shop: Shop, resolve: Resolve) -> None:
    resolve(RefundEvent.REFUSAL)
    resolve(RefundEvent.NEVER_REACHED)

    assert shop.kinds().count("refund.resolved") == 1


def test_a_lost_answer_counts_as_paid_until_somebody_knows(
    at_work: SignOn, sale: Sale, resolve: Resolve
) -> None:
    resolve(RefundEvent.ANSWER_LOST)
    assert still_due_to_the_card(at_work, sale).minor == 7_95

    resolve(RefundEvent.REFUSAL)

    with at_work.station.store.reading() as records:
        (part,) = records.returns.of_purchase(sale.sale_id)
        assert part.owed.minor == 7_95
        assert records.returns.open_refunds() == ()


def test_answers_that_contradict_each_other_are_refused(shop: Shop, resolve: Resolve) -> None:
    resolve(RefundEvent.CONFIRMATION)

    with pytest.raises(IllegalRefundTransition):
        resolve(RefundEvent.REFUSAL)

    assert shop.kinds().count("refund.resolved") == 1


def test_a_refund_nobody_recorded_is_not_resolved(at_work: SignOn, document: Return) -> None:
    for return_id, refund_id in (("no", "no"), (document.return_id, "no")):
        with (
            pytest.raises(LookupError, match="no"),
            at_work.station.store.transaction() as records,
        ):
            resolve_refund(at_work, records, return_id, refund_id, RefundEvent.CONFIRMATION)


def heard_as(ledger: Ledger, state: RefundState) -> Ledger:
    """Return the ledger as the hub would tell it, its refunds in that state."""
    told = tuple(
        replace(one, paid_out=tuple(replace(part, state=state) for part in one.paid_out))
        for one in ledger.returns
    )
    return ledger_of(ledger.purchase, told)


@pytest.mark.parametrize(
    ("known", "told", "believed"),
    [
        (None, RefundState.CONFIRMED, RefundState.CONFIRMED),
        (None, RefundState.FAILED, RefundState.FAILED),
        (RefundEvent.CONFIRMATION, RefundState.REQUESTED, RefundState.CONFIRMED),
        (RefundEvent.REFUSAL, RefundState.REQUESTED, RefundState.FAILED),
        (RefundEvent.REFUSAL, RefundState.CONFIRMED, RefundState.CONFIRMED),  # so a person said
    ],
)
def test_whoever_knows_what_became_of_a_refund_is_believed(
    at_work: SignOn,
    sale: Sale,
    resolve: Resolve,
    known: RefundEvent | None,
    told: RefundState,
    believed: RefundState,
) -> None:
    if known is not None:
        resolve(known)
    from_hub = heard_as(own_ledger(at_work, sale), told)

    with at_work.station.store.reading() as records:
        ledger = with_own_returns(records, from_hub)

    assert [part.state for one in ledger.returns for part in one.paid_out] == [believed]
