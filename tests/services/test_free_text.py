"""No card number gets into notes, reasons, labels or codes."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from pos.domain.basket import Discount, DiscountKind, EntryMethod
from pos.domain.free_text import LooksLikeCardNumber
from pos.domain.money import Money
from pos.domain.quantity import Quantity
from pos.domain.staff import Act, Capability
from pos.domain.ticket import Ticket
from pos.domain.till_session import MovementKind
from pos.services import override, park, pay, sell, till_session
from pos.services.workstation import SignOn
from tests.services.conftest import HUGO, MARTA, OIL, PINS, Shop

CARD = "tarjeta 4111 1111 1111 1111"
EURO = Money(1_00, "EUR")


def _resolve(sign_on: SignOn, ticket: Ticket) -> object:
    paying = pay.begin(sign_on, ticket)
    attempt = pay.request_card(sign_on, paying, EURO, terminal="t")
    return pay.resolve_card_by_hand(sign_on, paying, attempt, was_charged=True, authorisation=CARD)


ACTS: dict[str, Callable[[SignOn, Ticket], object]] = {
    "note": lambda s, t: sell.set_note(s, t, 1, CARD),
    "discount": lambda s, t: sell.give_discount(
        s, t, 1, Discount(DiscountKind.PERCENT, 1_00, CARD)
    ),
    "price": lambda s, t: sell.override_price(s, t, 1, EURO, reason=CARD),
    "cancel": lambda s, t: sell.cancel(s, t, reason=CARD),
    "park": lambda s, t: park.park(s, t, label=CARD),
    "movement": lambda s, t: till_session.move_cash(s, MovementKind.DROP, EURO, reason=CARD),
    "drawer": lambda s, t: till_session.open_drawer(s, reason=CARD),
    "close": lambda s, t: till_session.close_session(s, reason=CARD),
    "approval": lambda s, t: override.approve(
        s, Act(Capability.OPEN_DRAWER), HUGO, PINS["hugo"], reason=CARD
    ),
    "authorisation": _resolve,
}


@pytest.mark.parametrize("act", ACTS)
def test_a_card_number_is_not_written_down(shop: Shop, at_work: SignOn, act: str) -> None:
    manager = SignOn(shop.station, MARTA, at_work.session)
    ticket = sell.add_product(manager, None, OIL, Quantity.each(1), EntryMethod.SCANNED)

    with pytest.raises(LooksLikeCardNumber):
        ACTS[act](manager, ticket)

    assert not any("4111" in fact.body_json for fact in shop.facts())


def test_a_note_loses_what_cannot_be_seen(at_work: SignOn) -> None:
    ticket = sell.add_product(at_work, None, OIL, Quantity.each(1), EntryMethod.SCANNED)

    ticket = sell.set_note(at_work, ticket, 1, " caja\x1b\n \u202e7 \ud83d" + "x" * 300)

    assert ticket.basket.lines[0].note == "caja   7 " + "x" * 191
