"""The scripted shift: what a cashier does in a day, and what is told of each act.

`tell` hands a line to whoever keeps the oracle, outside this process, before the next act
begins: whatever was told must hold after any fault.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from pos.domain.basket import EntryMethod
from pos.domain.card_payment import AttemptEvent
from pos.domain.card_refund import CardRefund, RefundAnswer
from pos.domain.money import Money
from pos.domain.printing import PrintJob, PrintState
from pos.domain.quantity import Quantity
from pos.domain.refund import RefundEvent
from pos.domain.ticket import Ticket, TicketState
from pos.domain.till_session import CashCount, MovementKind
from pos.open_till import OpenTill
from pos.services import park, pay, print_jobs, recover, refund_card, sell, till_session
from pos.services.workstation import SignOn
from tests.faults.shop_floor import CURRENCY, PRODUCTS, on_the_shelf
from tests.faults.taking_back import COMES_BACK, Piece, as_told, record

BUSINESS_DAY = "2026-11-22"
COUNTED = CashCount(CURRENCY, {50_00: 2})
TERMINAL = "T-1"

Tell = Callable[..., None]
Print = Callable[[PrintJob], None]
Act = Callable[[], None]


def tell_through(descriptor: int, answers: int | None = None) -> Tell:
    """Return a `tell` that writes one line at once, and waits for a byte of `answers` if given."""

    def tell(what: str, **said: Any) -> None:
        os.write(descriptor, (json.dumps({"told": what, **said}) + "\n").encode())
        if answers is not None:
            os.read(answers, 1)

    return tell


def no_printer(job: PrintJob) -> None:
    """Leave a job where it is."""


@dataclass
class Counter:
    """One person at one till."""

    till: OpenTill
    sign_on: SignOn
    tell: Tell
    print: Print = no_printer

    def acts(self) -> Iterator[tuple[str, Act]]:
        """Yield the acts of a shift in their order."""
        yield "open", self.open
        yield "cash sale", lambda: self.cash_sale(PRODUCTS[:3])
        yield "card sale", lambda: self.card_sale(PRODUCTS[3:5])
        yield "mixed sale", lambda: self.mixed_sale(PRODUCTS[5:8])
        yield "parked sale", self.park_and_resume
        for name, piece in COMES_BACK.items():
            yield name, partial(self.take_back, piece)
        yield "movement", self.move_cash
        yield "x", self.x_report
        yield "close", self.count_and_close

    def work(self) -> None:
        """Work a whole shift."""
        for _, act in self.acts():
            act()

    # -- acts

    def open(self) -> None:
        """Open the shift."""
        self.sign_on = till_session.open_session(
            self.sign_on, CashCount(CURRENCY, {20_00: 5}), business_day=BUSINESS_DAY
        )
        self.tell("session", session_id=self.sign_on.session_id)

    def ring_up(self, products: Any) -> Ticket:
        """Scan products, each line told once it is shown."""
        ticket: Ticket | None = None
        for item in products:
            found = on_the_shelf(self.till, item.sku)
            ticket = sell.add_product(
                self.sign_on, ticket, found, Quantity.each(1), EntryMethod.SCANNED
            )
            self.tell("lines", basket_id=ticket.basket.basket_id, lines=len(ticket.basket.lines))
        assert ticket is not None
        return ticket

    def cash_sale(self, products: Any) -> None:
        """Sell for cash and print the receipt."""
        ticket = pay.begin(self.sign_on, self.ring_up(products))
        self.take_cash(ticket, is_printed=True)

    def take_cash(self, ticket: Ticket, *, is_printed: bool = False) -> None:
        """Take what is due in cash, and a little too much."""
        due = ticket.payment.due
        step = pay.take_cash(self.sign_on, ticket, Money(due.minor + 5, due.currency))
        self.paid(step, is_printed=is_printed)

    def paid(self, step: object, *, is_printed: bool = False) -> None:
        """Show that a sale is recorded."""
        assert isinstance(step, pay.Paid)
        sale = step.sale
        self.tell(
            "sale", sale_id=sale.sale_id, number=str(sale.number), total=sale.total.minor,
            lines=len(sale.lines),
        )  # fmt: skip
        if is_printed:
            self.print(print_jobs.queue_receipt(self.sign_on, sale))

    def card_sale(self, products: Any) -> None:
        """Sell for a card."""
        ticket = pay.begin(self.sign_on, self.ring_up(products))
        self.charge(ticket)

    def charge(self, ticket: Ticket) -> None:
        """Charge what is due: told `charge`, the bank has taken the money."""
        due = ticket.payment.due
        attempt = pay.request_card(self.sign_on, ticket, due, terminal=TERMINAL)
        self.tell("charge", attempt_id=attempt.attempt_id, amount=due.minor)
        step = pay.settle_card(
            self.sign_on, ticket, attempt, AttemptEvent.APPROVAL, authorisation="A1"
        )
        self.paid(step)

    def mixed_sale(self, products: Any) -> None:
        """Sell partly for cash, the rest for a card."""
        ticket = pay.begin(self.sign_on, self.ring_up(products))
        step = pay.take_cash(self.sign_on, ticket, Money(1_00, CURRENCY))
        assert isinstance(step, pay.StillDue)
        self.charge(step.ticket)

    def park_and_resume(self) -> None:
        """Park a ticket, take it up again, void a line, and sell the rest."""
        ticket = self.ring_up(PRODUCTS[8:11])
        basket_id = ticket.basket.basket_id
        park.park(self.sign_on, ticket, label="Señora del paraguas")
        self.tell("parked", basket_id=basket_id)
        ticket = park.resume(self.sign_on, basket_id)
        ticket = sell.void_line(self.sign_on, ticket, 2)
        self.tell("lines", basket_id=basket_id, lines=len(ticket.basket.lines))
        self.take_cash(pay.begin(self.sign_on, ticket))

    def take_back(self, piece: Piece) -> None:
        """Take back what was sold in this shift; what came back already does not again."""
        document = record(self.sign_on, piece)
        if document is None:
            return
        self.tell("return", **as_told(document))
        for asked in refund_card.to_ask(document):
            self.pay_back(asked)
        if document.cash_paid_out:
            self.print(print_jobs.queue_receipt(self.sign_on, document))

    def pay_back(self, asked: CardRefund) -> None:
        """Ask for a refund: told `paid_back`, the bank gave the money; by one id just once."""
        self.tell("paid_back", refund_id=asked.refund_id, amount=asked.amount.minor)
        answer = RefundAnswer(RefundEvent.CONFIRMATION, "R1")
        step = refund_card.settle(self.sign_on, asked, answer)
        assert isinstance(step, refund_card.PaidBack)
        self.tell("refunded", refund_id=asked.refund_id)

    def move_cash(self) -> None:
        """Pay something out of the drawer and print its slip."""
        movement = till_session.move_cash(
            self.sign_on, MovementKind.PAID_OUT, Money(3_50, CURRENCY), reason="Pan"
        )
        self.tell("movement", movement_id=movement.movement_id, amount=movement.amount.minor)

    def x_report(self) -> None:
        """Take an X."""
        till_session.x_report(self.sign_on)
        self.tell("x")

    def count_and_close(self) -> None:
        """Count and close with the Z."""
        till_session.submit_count(self.sign_on, COUNTED)
        report = till_session.close_session(self.sign_on, reason="Faltaba cambio")
        self.tell("closed", session_id=self.sign_on.session_id, number=report.number)

    # -- after a fault

    def pick_up(self, bank: frozenset[str]) -> None:
        """Go on where a fault stopped the shift, as a person does, and close it.

        Args:
            bank: The card attempts for which money was taken, as the terminal knows.
        """
        found = recover.look_around(self.till.station)
        for attempt in found.open_cards:
            self.resolve(attempt.attempt_id, was_charged=attempt.attempt_id in bank)
        for job in found.prints:
            if job.state in {PrintState.QUEUED, PrintState.FAILED}:
                self.print(job)
        for asked in found.open_refunds:
            self.pay_back(asked)
        if self.sign_on.session is None:
            self.open()
        self.finish_current()
        for parked in park.parked_tickets(self.sign_on):
            self.finish(park.resume(self.sign_on, parked.basket.basket_id))
        self.cash_sale(PRODUCTS[11:13])
        for piece in COMES_BACK.values():
            self.take_back(piece)
        self.count_and_close()

    def resolve(self, attempt_id: str, *, was_charged: bool) -> None:
        """Settle a card attempt by what the terminal says of it."""
        with self.till.store.reading() as records:
            attempt = records.cards.get(attempt_id)
            assert attempt is not None
            ticket = records.tickets.get(attempt.basket_id)
        assert ticket is not None
        event = AttemptEvent.APPROVAL if was_charged else AttemptEvent.NEVER_REACHED
        step = pay.settle_card(self.sign_on, ticket, attempt, event)
        if isinstance(step, pay.Paid):
            self.paid(step)

    def finish_current(self) -> None:
        """Sell the ticket at the counter, if there is one."""
        with self.till.store.reading() as records:
            ticket = records.tickets.current()
        if ticket is not None:
            self.finish(ticket)

    def finish(self, ticket: Ticket) -> None:
        """Sell a ticket in whatever state it is."""
        if ticket.state is TicketState.OPEN:
            ticket = pay.begin(self.sign_on, ticket)
        self.take_cash(ticket)
