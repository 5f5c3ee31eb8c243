"""Open and parked tickets: a head and its lines, each line saved when it changes."""

from __future__ import annotations

from collections.abc import Sequence

from pos.domain.basket import Basket, Line
from pos.domain.ticket import Ticket, TicketState
from pos.store.shop_tickets import TAKEN_ELSEWHERE
from pos.store.snapshots import (
    cart_from_json,
    cart_to_json,
    coupons_from_json,
    coupons_to_json,
    discount_from_json,
    discount_to_json,
    line_from_json,
    line_to_json,
    promotions_from_json,
    promotions_to_json,
    tenders_from_json,
    tenders_to_json,
)
from pos.store.statements import Row, Statements, from_json, to_json

_HEAD = (
    "basket_id, state, currency, opened_at_ms, opened_by, catalogue_generation, discount,"
    " tenders, label, changed_at_ms, promotions, coupons, holds, customer_id, cart"
)
_SELECT = f"SELECT {_HEAD} FROM ticket"  # noqa: S608 - our own names
_UPDATE = (
    "UPDATE ticket SET state = ?, at_counter = ?, catalogue_generation = ?, discount = ?,"
    " tenders = ?, label = ?, changed_at_ms = ?, promotions = ?, coupons = ?, holds = ?,"
    " customer_id = ?, cart = ? WHERE basket_id = ?"
)
_INSERT = (
    "INSERT INTO ticket (state, at_counter, catalogue_generation, discount, tenders, label,"
    " changed_at_ms, promotions, coupons, holds, customer_id, cart, basket_id, currency,"
    " opened_at_ms, opened_by) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
_PUT_LINE = (
    "INSERT INTO ticket_line (basket_id, number, body) VALUES (?, ?, ?)"
    " ON CONFLICT (basket_id, number) DO UPDATE SET body = excluded.body"
)


class StoredTickets:
    """`ports.Tickets` on the tables ticket and ticket_line."""

    def __init__(self, statements: Statements) -> None:
        self._sql = statements

    def current(self) -> Ticket | None:
        """Return the ticket at the counter (open or being paid), if there is one."""
        row = self._sql.one(f"{_SELECT} WHERE at_counter = 1")
        return None if row is None else self._ticket(row)

    def parked(self) -> tuple[Ticket, ...]:
        """Return the parked tickets that no other till went on with, the oldest first."""
        rows = self._sql.rows(
            f"{_SELECT} WHERE at_counter IS NULL AND NOT {TAKEN_ELSEWHERE}"
            " ORDER BY changed_at_ms, rowid"
        )
        return tuple(self._ticket(row) for row in rows)

    def get(self, basket_id: str) -> Ticket | None:
        """Return a ticket that is open, being paid or parked."""
        row = self._sql.one(f"{_SELECT} WHERE basket_id = ?", (basket_id,))
        return None if row is None else self._ticket(row)

    def save(self, ticket: Ticket, changed: Sequence[Line] = ()) -> None:
        """Store the ticket's head and tenders, and the lines in `changed` (all when new)."""
        basket = ticket.basket
        head = (
            ticket.state.value,
            None if ticket.state is TicketState.PARKED else 1,
            basket.catalogue_generation,
            discount_to_json(basket.ticket_discount),
            tenders_to_json(ticket.tenders),
            ticket.label,
            ticket.changed_at_ms,
            promotions_to_json(basket.promotions),
            coupons_to_json(basket.coupons),
            to_json(ticket.holds),
            basket.customer_id,
            cart_to_json(basket.cart),
            basket.basket_id,
        )
        lines = changed
        if not self._sql.run(_UPDATE, head):
            self._sql.run(_INSERT, (*head, basket.currency, basket.opened_at_ms, basket.opened_by))
            lines = basket.lines
        self._sql.run_many(
            _PUT_LINE, ((basket.basket_id, line.number, line_to_json(line)) for line in lines)
        )

    def remove(self, basket_id: str, final: TicketState) -> None:
        """Forget a ticket that was recorded or cancelled; its facts stay in the journal.

        Raises:
            ValueError: `final` is a state in which a ticket is still alive.
        """
        if final not in {TicketState.RECORDED, TicketState.CANCELLED}:
            raise ValueError(f"a ticket that is {final.value} is not forgotten")
        self._sql.run("DELETE FROM ticket WHERE basket_id = ?", (basket_id,))

    def _ticket(self, row: Row) -> Ticket:
        (basket_id, state, currency, opened_at_ms, opened_by, generation, *rest) = row
        discount, tenders, label, changed_at_ms, promotions, coupons, holds, *whose = rest
        customer_id, cart = whose
        lines = self._sql.rows(
            "SELECT number, body FROM ticket_line WHERE basket_id = ? ORDER BY number",
            (basket_id,),
        )
        basket = Basket(
            basket_id=basket_id,
            currency=currency,
            opened_at_ms=opened_at_ms,
            opened_by=opened_by,
            catalogue_generation=generation,
            lines=tuple(line_from_json(number, body, currency) for number, body in lines),
            ticket_discount=discount_from_json(discount),
            promotions=promotions_from_json(promotions, currency),
            coupons=coupons_from_json(coupons),
            customer_id=customer_id,
            cart=cart_from_json(cart),
        )
        return Ticket(
            basket=basket,
            state=TicketState(state),
            tenders=tenders_from_json(tenders, currency),
            label=label,
            changed_at_ms=changed_at_ms,
            holds=tuple(from_json(holds)),
        )
