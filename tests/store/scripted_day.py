"""Days at a till made of moves, through the real services on a real file."""

from __future__ import annotations

import random
import uuid
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

from pos.country import load_country
from pos.domain.basket import Discount, DiscountKind, EntryMethod
from pos.domain.card_payment import AttemptEvent
from pos.domain.money import Money
from pos.domain.printing import PrintEvent
from pos.domain.promotion import (
    Coupon,
    CouponUse,
    Goods,
    MultiBuy,
    OffTotal,
    PercentOff,
    Promotion,
)
from pos.domain.quantity import Quantity, Unit
from pos.domain.sale import Sale
from pos.domain.staff import Act, Approval, Lockout
from pos.domain.ticket import Ticket, TicketState
from pos.domain.till_session import CashCount, MovementKind
from pos.fiscal.none import NoFiscalModule
from pos.services import coupons, park, pay, print_jobs, sell, sign_in, till_session
from pos.services.workstation import SignOn, Workstation
from pos.store.engine import make_engine, transaction
from pos.store.outbox import AgentStore
from pos.store.statements import Statements
from pos.store.till_store import TillStore
from tests.builders import KEY
from tests.fakes.promotions import KnownPromotions
from tests.services.conftest import (
    COFFEE,
    GIFT_WRAP,
    HUGO,
    LUCIA,
    MARTA,
    OIL,
    OTHER_TWIN,
    PINS,
    TWIN,
    PlainPins,
    ShelfCatalogue,
)
from tests.store import scripted_returns

START_MS = 1_790_000_000_000
_OIL_3X2 = Promotion(
    "3x2", "3x2 en aceite", MultiBuy(3, 2), START_MS, 2 * START_MS,
    Goods(frozenset({OIL.sku, COFFEE.sku})),
)  # fmt: skip
PROMOTIONS = (
    _OIL_3X2,
    replace(_OIL_3X2, promotion_id="five", offer=OffTotal(60_00, minor=5_00), goods=Goods()),
    replace(
        _OIL_3X2, promotion_id="summer", offer=PercentOff(15_00), goods=Goods(),
        coupon=CouponUse.SHARED, code="VERANO",
    ),
)  # fmt: skip


class TickingClock:
    """Goes on by a millisecond each time it is read: nothing happens at the same moment."""

    def __init__(self, start_ms: int = START_MS) -> None:
        self.ms = start_ms

    def now_ms(self) -> int:
        self.ms += 1
        return self.ms


class SeededIds:
    """Identifiers that no other seed gives."""

    def __init__(self, seed: str) -> None:
        self._random = random.Random(seed)

    def new(self) -> str:
        return str(uuid.UUID(int=self._random.getrandbits(128), version=4))


class Counter:
    """A till and who works at it; a move that is not possible now is passed over."""

    def __init__(
        self, path: Path, *, seed: str, clock: TickingClock | None = None, key: bytes = KEY
    ) -> None:
        """Open the till whose database is `path`; its staff and identity are in it."""
        spain = load_country("ES")
        self.path = path
        self.store = TillStore(path, key=key)
        self._random = random.Random(f"moves {seed}")
        identity = self.store.identity
        self.station = Workstation(
            shop=identity.shop,
            till=identity.till,
            till_number=identity.number,
            currency="EUR",
            store=self.store,
            catalogues=ShelfCatalogue(OIL, COFFEE, TWIN, OTHER_TWIN, GIFT_WRAP),
            clock=clock or TickingClock(),
            ids=SeededIds(seed),
            fiscal=NoFiscalModule(),
            pins=PlainPins(),
            cash_policy=spain.cash_policy,
            denominations=spain.denominations,
            promotions=KnownPromotions(*PROMOTIONS),
        )
        self._tills: dict[str, Callable[[SignOn], None]] = {
            "cash": self._cash,
            "card": self._card,
            "declined": self._declined,
            "lost card": self._lost_card,
            "two tenders": self._two_tenders,
            "left at card": self._left_at_card,
            "discounts": self._discounts,
            "void": self._void,
            "coupon": self._coupon,
            "cancel": self._cancel,
            "park": self._park,
            "resume": self._resume,
            "movement": self._movement,
            "drawer": self._drawer,
            "return": self._return,
            "card refund": self._card_refund,
            "owed": self._owed,
            "x": self._x,
            "count": self._count,
            "close": self._close,
            "reprint": self._reprint,
            "wrong pin": self._wrong_pin,
            "lock": sign_in.lock,
        }

    def play(self, moves: Iterable[str]) -> None:
        """Do what the script says, opening a shift when there is none."""
        for move in moves:
            self._tills[move](self._at_work())

    def close(self) -> None:
        self.store.close()

    # -- who and what

    def _at_work(self) -> SignOn:
        signed_on = sign_in.sign_on(self.station, LUCIA, method="pin")
        if signed_on.session is not None:
            return signed_on
        day = f"2026-11-{self._random.randint(10, 28)}"
        return till_session.open_session(
            signed_on, CashCount("EUR", {50_00: 1, 10_00: 5}), business_day=day
        )

    def _approval(self, act: Act) -> Approval:
        return Approval(
            act,
            "lucia",
            "marta",
            "vale",
            approval_id=self.station.ids.new(),
            granted_at_ms=self.station.clock.now_ms(),
        )

    def _ticket(self, sign_on: SignOn) -> Ticket:
        """Return the ticket at the counter with something more on it."""
        ticket = self._current()
        if ticket is not None and ticket.state is TicketState.PAYING:
            return ticket
        for _ in range(self._random.randint(1, 3)):
            product = self._random.choice((OIL, COFFEE, TWIN, OTHER_TWIN))
            measured = product.unit is Unit.KILOGRAM
            quantity = (
                Quantity(self._random.randint(50, 2_000), Unit.KILOGRAM)
                if measured
                else Quantity.each(self._random.randint(1, 3))
            )
            entry = self._random.choice(list(EntryMethod))
            ticket = sell.add_product(sign_on, ticket, product, quantity, entry)
        assert ticket is not None
        return ticket

    def _current(self) -> Ticket | None:
        with self.store.reading() as records:
            return records.tickets.current()

    def _paying(self, sign_on: SignOn) -> Ticket | None:
        ticket = self._ticket(sign_on)
        with self.store.reading() as records:
            asked = records.cards.of_basket(ticket.basket.basket_id)
        if any(attempt.is_open for attempt in asked):
            return None
        return ticket if ticket.state is TicketState.PAYING else pay.begin(sign_on, ticket)

    # -- moves

    def _cash(self, sign_on: SignOn) -> None:
        ticket = self._paying(sign_on)
        if ticket is None:
            return
        due = ticket.payment.due
        step = pay.take_cash(sign_on, ticket, due + Money(self._random.choice((0, 5)), "EUR"))
        assert isinstance(step, pay.Paid)
        self._receipt(sign_on, step.sale)

    def _card(self, sign_on: SignOn) -> None:
        ticket = self._paying(sign_on)
        if ticket is None:
            return
        attempt = pay.request_card(sign_on, ticket, ticket.payment.due, terminal="T1")
        step = pay.settle_card(
            sign_on, ticket, attempt, AttemptEvent.APPROVAL, authorisation="A1B2C3"
        )
        assert isinstance(step, pay.Paid)
        self._receipt(sign_on, step.sale)

    def _declined(self, sign_on: SignOn) -> None:
        ticket = self._paying(sign_on)
        if ticket is None:
            return
        event = self._random.choice((AttemptEvent.DECLINE, AttemptEvent.CANCELLATION))
        attempt = pay.request_card(sign_on, ticket, ticket.payment.due, terminal="T1")
        pay.settle_card(sign_on, ticket, attempt, event)

    def _lost_card(self, sign_on: SignOn) -> None:
        ticket = self._paying(sign_on)
        if ticket is None:
            return
        attempt = pay.request_card(sign_on, ticket, ticket.payment.due, terminal="T1")
        step = pay.settle_card(sign_on, ticket, attempt, AttemptEvent.ANSWER_LOST)
        assert isinstance(step, pay.OutcomeOpen)
        lead = SignOn(self.station, HUGO, sign_on.session)
        pay.resolve_card_by_hand(
            lead, step.ticket, step.attempt, was_charged=True, authorisation="77"
        )

    def _two_tenders(self, sign_on: SignOn) -> None:
        ticket = self._paying(sign_on)
        if ticket is None or ticket.payment.due.minor < 2:
            return
        half = Money(ticket.payment.due.minor // 2, "EUR")
        attempt = pay.request_card(sign_on, ticket, half, terminal="T1")
        pay.settle_card(sign_on, ticket, attempt, AttemptEvent.APPROVAL, authorisation="H1")

    def _left_at_card(self, sign_on: SignOn) -> None:
        ticket = self._paying(sign_on)
        if ticket is not None:
            pay.request_card(sign_on, ticket, ticket.payment.due, terminal="T1")

    def _discounts(self, sign_on: SignOn) -> None:
        ticket = self._ticket(sign_on)
        if ticket.state is not TicketState.OPEN or ticket.basket.is_empty:
            return
        line = ticket.basket.live_lines[0].number
        for target in (line, sell.WHOLE_TICKET):
            offer = Discount(DiscountKind.PERCENT, self._random.choice((500, 3_000)), "oferta")
            act = sell.discount_act(ticket, target, offer)
            ticket = sell.give_discount(sign_on, ticket, target, offer, self._approval(act))
        ticket = sell.set_note(sign_on, ticket, line, "para regalo")

    def _void(self, sign_on: SignOn) -> None:
        ticket = self._ticket(sign_on)
        if ticket.state is TicketState.OPEN and len(ticket.basket.live_lines) > 1:
            sell.void_line(sign_on, ticket, ticket.basket.live_lines[0].number)

    def _coupon(self, sign_on: SignOn) -> None:
        ticket = self._ticket(sign_on)
        if ticket.state is TicketState.OPEN:
            coupons.use_coupon(sign_on, ticket, Coupon("VERANO", "summer"))

    def _cancel(self, sign_on: SignOn) -> None:
        ticket = self._ticket(sign_on)
        if ticket.state is TicketState.OPEN:
            sell.cancel(sign_on, ticket, reason="se lo piensa")

    def _park(self, sign_on: SignOn) -> None:
        ticket = self._ticket(sign_on)
        if ticket.state is TicketState.OPEN:
            park.park(sign_on, ticket, label="señora del abrigo")

    def _resume(self, sign_on: SignOn) -> None:
        waiting = park.parked_tickets(sign_on)
        if waiting and self._current() is None:
            park.resume(sign_on, waiting[0].basket.basket_id)

    def _movement(self, sign_on: SignOn) -> None:
        lead = SignOn(self.station, HUGO, sign_on.session)
        kind = self._random.choice(list(MovementKind))
        amount = Money(self._random.randint(1, 50_00), "EUR")
        till_session.move_cash(lead, kind, amount, reason="cambio")

    def _drawer(self, sign_on: SignOn) -> None:
        lead = SignOn(self.station, HUGO, sign_on.session)
        till_session.open_drawer(lead, reason="cambio")

    def _x(self, sign_on: SignOn) -> None:
        till_session.x_report(sign_on)

    def _count(self, sign_on: SignOn) -> None:
        assert sign_on.session is not None
        with self.store.reading() as records:
            session = records.sessions.current()
        if session is not None and session.may_recount:
            pieces = {20_00: self._random.randint(0, 9), 5: self._random.randint(0, 9)}
            till_session.submit_count(sign_on, CashCount("EUR", pieces))

    def _close(self, sign_on: SignOn) -> None:
        if self._current() is not None or scripted_returns.waits_for_a_card(self.store):
            return
        self._count(sign_on)
        till_session.close_session(sign_on, reason="faltaba cambio")

    def _return(self, sign_on: SignOn) -> None:
        scripted_returns.take_something_back(sign_on, self._random)

    def _card_refund(self, sign_on: SignOn) -> None:
        scripted_returns.hear_of_refunds(sign_on, self._random)

    def _owed(self, sign_on: SignOn) -> None:
        scripted_returns.pay_what_is_owed(sign_on, self._random)

    def _receipt(self, sign_on: SignOn, sale: Sale) -> None:
        if self._random.random() < 0.7:
            job = print_jobs.queue_receipt(sign_on, sale)
            for event in (PrintEvent.SENDING, PrintEvent.PRINTER_CONFIRMED):
                job = print_jobs.advance(self.station, job, event)

    def _reprint(self, sign_on: SignOn) -> None:
        with self.store.reading() as records:
            recent = records.sales.recent(3)
        if recent:
            print_jobs.reprint(sign_on, self._random.choice(recent))

    def _wrong_pin(self, _: SignOn) -> None:
        with self.store.transaction() as records:
            records.staff.save_lockout("marta", Lockout())
        sign_in.check_pin(self.station, "marta", "0000")


MOVES = (
    "cash", "card", "declined", "lost card", "two tenders", "left at card", "discounts", "void",
    "cancel", "park", "resume", "movement", "drawer", "x", "count", "close", "reprint",
    "wrong pin", "lock", "coupon", "return", "card refund", "owed",
)  # fmt: skip


def add_staff(path: Path, key: bytes = KEY) -> None:
    """Tell a till who works in the shop."""
    agent = AgentStore(path, key=key)
    try:
        agent.apply_staff([(who, PINS[who.staff_id]) for who in (LUCIA, HUGO, MARTA)], 1)
    finally:
        agent.close()


def dump(
    path: Path, tables: Iterable[str], key: bytes = KEY
) -> dict[str, list[tuple[object, ...]]]:
    """Return the rows of tables, in the order of their keys."""
    engine = make_engine(path, key=key, read_only=True)
    try:
        with transaction(engine) as connection:
            sql = Statements(connection)
            return {
                table: sorted(sql.rows(f"SELECT * FROM {table}"), key=repr) for table in tables
            }
    finally:
        engine.dispose()
