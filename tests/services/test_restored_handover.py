"""A till lost while a card was charged for an order comes back with the whole of the handover."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from pos.domain.card_payment import AttemptEvent
from pos.domain.collection import OrderState
from pos.services import handover, pay
from pos.services.hand_over_payment import back_to_counter, to_ticket
from pos.services.workstation import SignOn
from pos.store.engine import make_engine, transaction
from pos.store.facts import TillIdentity
from pos.store.rebuild import Rebuilder
from pos.store.statements import Statements
from pos.store.till_store import TillStore
from tests.services.conftest import KEY
from tests.services.handover_kit import Counter, counter, pay_in_shop
from tests.services.pickup_things import know
from tests.templates import new_till

__all__ = ["counter"]


@contextmanager
def restored(counter: Counter, tmp_path: Path) -> Iterator[Counter]:
    """Set the till up again from its facts alone, on another disk."""
    path = tmp_path / "again.db"
    new_till(path, key=KEY, identity=TillIdentity("FUEN-2", "FUEN", 2, 1))
    engine = make_engine(path, key=KEY)
    with transaction(engine) as connection:
        rebuilder = Rebuilder(Statements(connection))
        for fact in counter.shop.facts():
            rebuilder.take(fact)
    engine.dispose()
    with closing(TillStore(path, key=KEY)) as store:
        station = replace(counter.shop.station, store=store)
        shop = replace(counter.shop, station=station, path=path)
        sign_on = SignOn(station, counter.sign_on.operator, counter.sign_on.session)
        yield Counter(shop, sign_on)


@pytest.mark.parametrize("is_known", [True, False], ids=["mirrored again", "not told yet"])
def test_a_card_charged_for_an_order_hands_it_over_after_a_restore(
    is_known: bool, counter: Counter, tmp_path: Path
) -> None:
    order = pay_in_shop()
    counter.prepare(order)
    paying = to_ticket(counter.sign_on, order.order_id, None)
    attempt = pay.request_card(counter.sign_on, paying, paying.payment.due, terminal="t")

    with restored(counter, tmp_path) as again:
        if is_known:
            know(again.shop, order)
        done = pay.settle_card(again.sign_on, paying, attempt, AttemptEvent.APPROVAL)

        assert isinstance(done, pay.Paid)
        body = again.last("order.handed_over")
        assert (body["sale_id"], body["balance"]) == (done.sale.sale_id, order.total.minor)
        assert body["parcels"] == [
            {"number": 1, "print_number": 1},
            {"number": 2, "print_number": 1},
        ]
        assert again.drafts() == 0
        if is_known:
            assert again.order(order).state is OrderState.COLLECTED


def test_a_card_that_was_declined_leaves_the_restored_handover_on_the_counter(
    counter: Counter, tmp_path: Path
) -> None:
    order = pay_in_shop()
    counter.prepare(order)
    paying = to_ticket(counter.sign_on, order.order_id, None)
    attempt = pay.request_card(counter.sign_on, paying, paying.payment.due, terminal="t")

    with restored(counter, tmp_path) as again:
        know(again.shop, order)
        pay.settle_card(again.sign_on, paying, attempt, AttemptEvent.DECLINE)
        assert back_to_counter(again.sign_on, paying) is None
        draft = handover.look(again.sign_on, order.order_id).draft

        assert (draft.basket_id, draft.carried, draft.fence) == ("", None, 7)
        assert draft.identity is not None


def test_a_handover_whose_ticket_was_given_up_can_be_begun_again_after_a_restore(
    counter: Counter, tmp_path: Path
) -> None:
    order = pay_in_shop()
    counter.prepare(order)
    paying = to_ticket(counter.sign_on, order.order_id, None)
    attempt = pay.request_card(counter.sign_on, paying, paying.payment.due, terminal="t")
    pay.settle_card(counter.sign_on, paying, attempt, AttemptEvent.DECLINE)
    back_to_counter(counter.sign_on, paying)

    with restored(counter, tmp_path) as again:
        know(again.shop, order)

        assert handover.give_up(again.sign_on, order.order_id) == 7
        assert again.drafts() == 0
