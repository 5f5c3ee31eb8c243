"""What people do at a till, by the product's own services, after looking what was left there."""

from __future__ import annotations

import datetime
from contextlib import suppress

from pos.domain.basket import Discount, DiscountKind, EntryMethod
from pos.domain.card_payment import CardAttempt
from pos.domain.catalogue import Product
from pos.domain.money import Money
from pos.domain.printing import PrintEvent, PrintJob, PrintState
from pos.domain.quantity import Quantity
from pos.domain.sale import Sale
from pos.domain.scan import ScannedCode, ScanSource
from pos.domain.staff import Act, Approval, Approved, Capability
from pos.domain.tax import TaxRate
from pos.domain.ticket import Ticket, TicketState
from pos.domain.till_session import CashCount, MovementKind
from pos.services import override, park, pay, print_jobs, recover, scan, sell, till_session
from pos.services.at_counter import TicketChanged
from pos.services.workstation import SignOn
from tests.simulator.chance import Chance
from tests.simulator.goods import GTINS
from tests.simulator.people import BADGES, CASHIER, LEAD, MANAGER
from tests.simulator.returning import Returning
from tests.simulator.shared_tickets import SharedTickets
from tests.simulator.till_machine import TillMachine

LARGEST_CASH_SALE_MINOR = 900_00


class Cashier:
    """One person at one till for the length of one event."""

    def __init__(self, machine: TillMachine, chance: Chance) -> None:
        self._machine = machine
        self._chance = chance
        self._returning = Returning(machine, chance)

    def work(self, act: str) -> bool:
        """Put right what was left, then do one act in a shift that is open.

        False at a till that was revoked or stopped: no shift is opened there any more.
        """
        try:
            self.look_around()
            self._do(act)
        except till_session.TillEnded:
            return False
        return True

    def _do(self, act: str) -> None:
        match act:
            case "sell":
                self._pay(self._rung_up(self._at_work()))
            case "park":
                sign_on = self._at_work()
                park.park(sign_on, self._rung_up(sign_on), label=self._chance.hex(4))
            case "resume":
                self._resume(self._at_work())
            case "cancel":
                sign_on = self._at_work()
                sell.cancel(sign_on, self._rung_up(sign_on), reason="se lo piensa")
            case "return":
                self._returning.take_back(self._at_work())
            case "cash":
                self._move_cash(self._at_work())
            case "x":
                till_session.x_report(self._at_work())
            case "close":
                self._close(self._at_work())

    def look_around(self) -> None:
        """Begin like a till that was switched on: finish what has no outcome."""
        found = recover.look_around(self._machine.station)
        if found.last_sale is not None:
            self._machine.tell(found.last_sale)
        for job in found.prints:
            self._follow_up(job)
        sign_on = self._sign_on(LEAD)
        for attempt in found.open_cards:
            self._ask_terminal(sign_on, attempt)
        self._returning.see_to_refunds(sign_on)
        self._finish_ticket(sign_on)

    def finish(self) -> None:
        """Leave nothing at the counter, and close the shift."""
        with suppress(till_session.TillEnded):
            self.look_around()
        sign_on = self._sign_on(LEAD)
        if sign_on.session is not None:
            self._close(sign_on)

    # -- the shift

    def _sign_on(self, staff_id: str) -> SignOn:
        return self._machine.sign_on(staff_id)

    def _at_work(self) -> SignOn:
        sign_on = self._sign_on(LEAD if self._chance.happens(0.2) else CASHIER)
        if sign_on.session is not None:
            return sign_on
        day = datetime.datetime.fromtimestamp(
            self._machine.clock.world.ms / 1000, datetime.UTC
        ).date()
        return till_session.open_session(
            sign_on, CashCount("EUR", {20_00: 5}), business_day=day.isoformat()
        )

    def _close(self, sign_on: SignOn) -> None:
        counted = CashCount("EUR", {1: self._chance.between(0, 500_00)})
        with self._machine.station.store.reading() as records:
            session = records.sessions.current()
        if session is not None and session.may_recount:
            till_session.submit_count(sign_on, counted)
        till_session.close_session(sign_on, reason="cierre")

    def _move_cash(self, sign_on: SignOn) -> None:
        kind = list(MovementKind)[self._chance.below(3)]
        amount = Money(self._chance.between(1, 50_00), "EUR")
        approval = self._approval(sign_on, Act(Capability.CASH_MOVEMENT))
        till_session.move_cash(sign_on, kind, amount, reason="cambio", approval=approval)

    def _approval(self, sign_on: SignOn, act: Act) -> Approval | None:
        if isinstance(sign_on.decide(act), Approved):
            return None
        return override.approve_by_badge(sign_on, act, BADGES[MANAGER], reason="vale")

    # -- the ticket

    def _rung_up(self, sign_on: SignOn) -> Ticket:
        ticket: Ticket | None = None
        for _ in range(self._chance.between(1, 4)):
            code = f"{GTINS[self._chance.below(len(GTINS))]:013d}"
            outcome = scan.scan(
                sign_on,
                ticket,
                ScannedCode(code, None, ScanSource.WEDGE),
                count=self._chance.between(1, 3),
            )
            if isinstance(outcome, scan.Added):
                ticket = outcome.ticket
        if ticket is None:
            ticket = self._keyed(sign_on)
        return self._changed(sign_on, ticket)

    def _keyed(self, sign_on: SignOn) -> Ticket:
        """Ring something up at a till that has no catalogue yet."""
        product = Product("bolsa", None, "Bolsa", Money(15, "EUR"), TaxRate(2100, "IVA"))
        return sell.add_product(sign_on, None, product, Quantity.each(1), EntryMethod.KEYED)

    def _changed(self, sign_on: SignOn, ticket: Ticket) -> Ticket:
        if self._chance.happens(0.15):
            off = Discount(DiscountKind.PERCENT, self._chance.between(1, 50) * 100, "roto")
            act = sell.discount_act(ticket, sell.WHOLE_TICKET, off)
            approval = self._approval(sign_on, act)
            ticket = sell.give_discount(sign_on, ticket, sell.WHOLE_TICKET, off, approval)
        if self._chance.happens(0.1):
            price = Money(self._chance.between(1, 500), "EUR")
            approval = self._approval(sign_on, Act(Capability.PRICE_OVERRIDE))
            ticket = sell.override_price(
                sign_on, ticket, 1, price, reason="etiqueta", approval=approval
            )
        if len(ticket.basket.live_lines) > 1 and self._chance.happens(0.15):
            ticket = sell.void_line(sign_on, ticket, ticket.basket.live_lines[-1].number)
        return ticket

    def _resume(self, sign_on: SignOn) -> None:
        ticket = SharedTickets(self._machine, self._chance).resume(sign_on)
        if ticket is None:
            return
        if self._chance.happens(0.2):
            park.park(sign_on, ticket, label="otra vez")
        else:
            self._pay(ticket)

    def _finish_ticket(self, sign_on: SignOn) -> None:
        with self._machine.station.store.reading() as records:
            ticket = records.tickets.current()
        if ticket is None:
            return
        if sign_on.session is None:
            sign_on = self._at_work()
        if ticket.state is TicketState.OPEN and self._chance.happens(0.3):
            sell.cancel(sign_on, ticket, reason="se fue")
        else:
            self._pay(ticket)

    # -- money

    def _pay(self, ticket: Ticket) -> None:
        """Pay until the sale is recorded; a card that is declined becomes cash."""
        sign_on = self._at_work()
        if ticket.basket.is_empty:
            sell.cancel(sign_on, ticket, reason="vacío")
            return
        if ticket.state is TicketState.OPEN:
            ticket = pay.begin(sign_on, ticket)
        if ticket.payment.is_complete:
            self._paid(sign_on, pay.complete_free(sign_on, ticket).sale)
            return
        if self._chance.happens(0.1) and ticket.payment.due.minor > 1:
            half = Money(ticket.payment.due.minor // 2, "EUR")
            ticket = self._still_due(sign_on, ticket, half)
        step: pay.CardStep
        if (
            self._chance.happens(0.35)
            or ticket.basket.totals.total.minor > LARGEST_CASH_SALE_MINOR
        ):
            step = self._by_card(sign_on, ticket)
        else:
            given = Money(ticket.payment.due.minor + self._chance.below(5_00), "EUR")
            step = pay.take_cash(sign_on, ticket, given)
        if isinstance(step, pay.Paid):
            self._paid(sign_on, step.sale)
            if self._chance.happens(0.05):
                self._press_again(sign_on, ticket)
        else:
            self._finish_ticket(sign_on)

    def _still_due(self, sign_on: SignOn, ticket: Ticket, part: Money) -> Ticket:
        if ticket.basket.totals.total.minor > LARGEST_CASH_SALE_MINOR:
            return ticket
        step = pay.take_cash(sign_on, ticket, part)
        assert isinstance(step, pay.StillDue)
        return step.ticket

    def _by_card(self, sign_on: SignOn, ticket: Ticket) -> pay.CardStep:
        attempt = pay.request_card(sign_on, ticket, ticket.payment.due, terminal="datafono")
        self._machine.crashes.step()
        event = self._machine.terminal.charge(attempt, self._chance)
        self._machine.crashes.step()
        step = pay.settle_card(sign_on, ticket, attempt, event, authorisation="A1")
        return self._asked(sign_on, step)

    def _asked(self, sign_on: SignOn, step: pay.CardStep) -> pay.CardStep:
        if not isinstance(step, pay.OutcomeOpen):
            return step
        event = self._machine.terminal.status(step.attempt)
        return pay.settle_card(sign_on, step.ticket, step.attempt, event, authorisation="A1")

    def _ask_terminal(self, sign_on: SignOn, attempt: CardAttempt) -> None:
        with self._machine.station.store.reading() as records:
            ticket = records.tickets.get(attempt.basket_id)
        assert ticket is not None, f"{attempt.attempt_id} without a ticket"
        event = self._machine.terminal.status(attempt)
        step = pay.settle_card(sign_on, ticket, attempt, event, authorisation="A1")
        if isinstance(step, pay.Paid):
            self._paid(sign_on, step.sale)

    def _press_again(self, sign_on: SignOn, ticket: Ticket) -> None:
        """Press the key once more on a screen that has not caught up: nothing may happen."""
        try:
            pay.take_cash(sign_on, ticket, ticket.payment.due)
        except TicketChanged:
            return
        raise AssertionError("a ticket was paid twice")

    # -- paper

    def _paid(self, sign_on: SignOn, sale: Sale) -> None:
        self._machine.tell(sale)
        if self._chance.happens(0.4):
            job = print_jobs.queue_receipt(sign_on, sale)
            job = print_jobs.advance(self._machine.station, job, PrintEvent.SENDING)
            ends = (PrintEvent.PRINTER_CONFIRMED, PrintEvent.ANSWER_LOST, PrintEvent.NOTHING_SENT)
            end = ends[0] if self._chance.happens(0.8) else ends[self._chance.below(3)]
            print_jobs.advance(self._machine.station, job, end)

    def _follow_up(self, job: PrintJob) -> None:
        station = self._machine.station
        match job.state:
            case PrintState.UNKNOWN:
                print_jobs.advance(station, job, PrintEvent.LOOKED_AT)
            case PrintState.FAILED:
                print_jobs.advance(station, job, PrintEvent.TRIED_AGAIN)
            case PrintState.QUEUED:
                sent = print_jobs.advance(station, job, PrintEvent.SENDING)
                print_jobs.advance(station, sent, PrintEvent.PRINTER_CONFIRMED)
            case _:
                return
