"""Open and parked tickets survive everything but being finished."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlcipher3 import dbapi2

from pos.domain.basket import Basket, Discount, DiscountKind, EntryMethod, PriceOverride
from pos.domain.quantity import Quantity, Unit
from pos.domain.tender import CashPolicy, Payment
from pos.domain.ticket import Ticket, TicketState
from pos.store.till_store import TillStore
from tests.builders import basket, eur, product, promoted, weighed


def full_basket() -> Basket:
    """Return a basket with everything a line can carry."""
    made = basket(3)
    kilo = product("2000123", 9_95, unit=Unit.KILOGRAM, brand="Alda", picture="x.png")
    made = made.with_product(
        kilo, Quantity(412, Unit.KILOGRAM), EntryMethod.SCANNED, extended_price=eur(4_10)
    )
    made = made.with_discount(1, Discount(DiscountKind.PERCENT, 10_00, "golpe", "eva"))
    made = made.with_price_override(2, PriceOverride(eur(50), "error de etiqueta", "eva"))
    made = made.with_note(2, "para Ñandú · 'comillas' \"dobles\"")
    made = made.with_line_voided(3)
    made = promoted(made, 35, 10, coupon="VERANO")
    return made.with_ticket_discount(Discount(DiscountKind.AMOUNT, 25, "redondeo"))


def test_a_ticket_comes_back_as_it_was(store: TillStore) -> None:
    made = full_basket()
    payment = Payment(made.totals.total).with_cash(eur(1_00), CashPolicy())
    ticket = Ticket(made, TicketState.PAYING, payment.tenders, "mesa 4", 1_790_000_000_123)

    with store.transaction() as records:
        records.tickets.save(ticket)

    with store.reading() as records:
        assert records.tickets.current() == ticket
        assert records.tickets.get(made.basket_id) == ticket
        assert records.tickets.parked() == ()


def test_only_the_lines_that_changed_are_written(store: TillStore) -> None:
    made = basket(2)
    changed = made.with_quantity(1, Quantity.each(5)).with_quantity(2, Quantity.each(7))

    with store.transaction() as records:
        records.tickets.save(Ticket(made))
    with store.transaction() as records:
        records.tickets.save(Ticket(changed), [changed.line(2)])

    with store.reading() as records:
        found = records.tickets.current()
        assert found is not None
        assert [line.quantity.thousandths for line in found.basket.lines] == [1000, 7000]


def test_parked_tickets_come_oldest_first(store: TillStore) -> None:
    late, early = basket(1), basket(2)

    with store.transaction() as records:
        records.tickets.save(Ticket(late, TicketState.PARKED, changed_at_ms=2))
        records.tickets.save(Ticket(early, TicketState.PARKED, changed_at_ms=1))

    with store.reading() as records:
        assert [ticket.basket for ticket in records.tickets.parked()] == [early, late]
        assert records.tickets.current() is None


def test_two_tickets_are_never_at_the_counter(store: TillStore) -> None:
    with store.transaction() as records:
        records.tickets.save(Ticket(basket(1)))

    with pytest.raises(dbapi2.IntegrityError), store.transaction() as records:
        records.tickets.save(Ticket(basket(1)))


def test_a_finished_ticket_leaves_no_line_behind(store: TillStore) -> None:
    made = weighed(412)

    with store.transaction() as records:
        records.tickets.save(Ticket(made))
        records.tickets.remove(made.basket_id, TicketState.RECORDED)
        records.tickets.save(Ticket(replace(made, lines=())))

    with store.reading() as records:
        found = records.tickets.current()
        assert found is not None
        assert found.basket.lines == ()


def test_a_living_ticket_is_not_forgotten(store: TillStore) -> None:
    with pytest.raises(ValueError, match="parked"), store.transaction() as records:
        records.tickets.remove("any", TicketState.PARKED)
