"""The orders to collect that the album shows, each placed and prepared as far as it says."""

from __future__ import annotations

import datetime
import secrets
from collections.abc import Iterable
from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, select

from pos.commands.demonstration.opening import Opened
from pos.commands.hub_database import open_hub
from pos.domain.collection import IdentityMethod, Order, OrderState, PaymentState
from pos.domain.collection_events import (
    CustomerArrived,
    Event,
    Identity,
    LabelPrinted,
    LineDelivered,
    LinePicked,
    OrderHandedOver,
    OrderPicked,
    OrderStaged,
    ParcelInHand,
    ParcelPlaced,
    PickingBegun,
)
from pos.domain.quantity import THOUSAND
from pos.system import SystemClock, Uuid7
from sync.hub.database import begin
from sync.hub.orders import book, codes, holding, sending
from sync.hub.orders.placing import Chance, place_order
from sync.hub.orders.shop_policy import policy_of
from sync.hub.tables import product
from sync.wire.v1.placing import DispatchOrder, PlaceOrder

MINUTE_MS = 60_000
DAY_MIN = 24 * 60
OIL, HONEY, CUP, MOKA, JAR = (
    "8436012340018", "8436012340087", "8436012340179", "8436012340254", "8436012340278",
)  # fmt: skip
BLANKET, CUSHION, CLOTH, CANDLE, SOAP = (
    "8436012340292", "8436012340315", "8436012340391", "8436012340407", "8436012340438",
)  # fmt: skip
CHANCE = Chance(Uuid7().new, secrets.token_bytes)
LAST_TODAY_MIN = 95


@dataclass(frozen=True, slots=True)
class Wanted:
    """An order of the picture; times in minutes before now, `promised` after it.

    `until` is how far it came: placed, picking, picked, ready, sent or collected. `took` is
    how long after `placed` it stood on its shelves, `waited` how long its customer stood here.
    """

    customer: str
    articles: tuple[str, ...]
    until: str = "placed"
    is_prepaid: bool = True
    placed: float = 0
    promised: float = 0
    shelves: tuple[str, ...] = ()
    took: float = 20
    waited: float = 0
    channel: str = "web"
    picker: str = "diego"
    ends_today: bool = False


TO_PAY = Wanted("Carmen Ortega Vidal", (MOKA, CLOTH, CUSHION), "ready", is_prepaid=False,
                placed=DAY_MIN, shelves=("B3", "B3"), waited=2)  # fmt: skip
TO_PICK = Wanted("Javier Montes", (MOKA, CUP, CUP, JAR, CUSHION, CUSHION), placed=16,
                 promised=9, channel="app")  # fmt: skip
TO_STAGE = Wanted("Óscar Téllez", (BLANKET, CUSHION), "picked", placed=58, promised=31)
TO_RECEIVE = Wanted("Sofía Márquez", (BLANKET, CUSHION), "sent", placed=DAY_MIN)
PAID = Wanted("Pilar Gómez", (CANDLE, SOAP), "ready", placed=DAY_MIN + 300, shelves=("A4",),
              channel="app")  # fmt: skip
ALONE = Wanted("Andrés Lasa", (OIL, HONEY, SOAP), "ready", placed=2 * DAY_MIN,
               shelves=("C2",))  # fmt: skip
ORDERS = (
    Wanted("Nuria Prieto", (OIL, OIL, HONEY, CANDLE), "picking", placed=44, promised=-6),
    TO_PAY,
    TO_PICK,
    Wanted("Inés Robledo", (CANDLE, SOAP), is_prepaid=False, placed=2, promised=23),
    TO_STAGE,
    TO_RECEIVE,
    Wanted("Elena Sanchís", (BLANKET,), "ready", placed=7 * DAY_MIN - LAST_TODAY_MIN + 20,
           shelves=("A1",), ends_today=True),
    PAID,
    ALONE,
    Wanted("Fátima El Idrissi", (CUP, JAR), "ready", is_prepaid=False, placed=5 * DAY_MIN,
           shelves=("A2", "C5")),
)  # fmt: skip
BEFORE = tuple(
    Wanted("Aya Benali", articles, "collected", placed=day * DAY_MIN + 150 + 37 * place,
           shelves=("D1",), took=14 + (7 * place + 5 * day) % 19,
           waited=1 + (place + day) % 4)
    for day in range(7)
    for place, articles in enumerate(((CUP,), (SOAP, OIL), (HONEY,), (CANDLE,))[: 2 + day % 3])
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Placed:
    """An order as the hub has it, with the text of the QR that its customer shows."""

    order: Order
    code: str


def place_all(opened: Opened, wanted: Iterable[Wanted]) -> dict[str, Placed]:
    """Place orders at the hub; return them by the name of their customers."""
    placed: dict[str, Placed] = {}
    with open_hub(opened.db_url) as engine:
        for one in wanted:
            with begin(engine) as connection:
                order = _Placing(connection, opened, one).place()
                code = codes.pickup_code_of(order, codes.signing_key(connection))
            placed[one.customer] = Placed(order, code)
    return placed


class _Placing:
    """Places one order and takes it as far as it is wanted."""

    def __init__(self, connection: Connection, opened: Opened, wanted: Wanted) -> None:
        self._connection, self._opened, self._wanted = connection, opened, wanted
        self._now_ms = SystemClock().now_ms()
        self._placed_ms = self._before(wanted.placed)
        self._staged_ms = self._placed_ms + round(wanted.took * MINUTE_MS)

    def place(self) -> Order:
        wanted = self._wanted
        order_id = place_order(self._connection, self._request(), self._placed_ms, CHANCE).order_id
        promised = 0 if wanted.until == "sent" else self._now_ms + wanted.promised * MINUTE_MS
        paid = PaymentState.CAPTURED if wanted.is_prepaid else PaymentState.NONE
        self._amend(order_id, promised_at_ms=round(promised), payment=paid)
        if wanted.until == "sent":
            asked = DispatchOrder(op_id=CHANCE.new_id(), parcels=2)
            sending.dispatch(self._connection, order_id, asked, self._placed_ms)
        else:
            self._prepare(order_id)
        return book.known(self._connection, order_id)

    def _request(self) -> PlaceOrder:
        wanted, lines = self._wanted, []
        for gtin in dict.fromkeys(wanted.articles):
            sku, price = self._connection.execute(
                select(product.c.sku, product.c.price).where(product.c.gtin == int(gtin))
            ).one()
            pieces = wanted.articles.count(gtin)
            lines.append({"sku": sku, "quantity": pieces * THOUSAND, "unit_price": price,
                          "paid": pieces * price})  # fmt: skip
        return PlaceOrder.model_validate(
            {
                "op_id": CHANCE.new_id(),
                "shop": self._opened.shop.code,
                "currency": self._opened.shop.currency,
                "prepaid": wanted.is_prepaid,
                "customer": {"name": wanted.customer, "phone": "+34 600 123 456"},
                "lines": lines,
                "channel": wanted.channel,
                "from_shop": "GOYA" if wanted.until == "sent" else "",
            }
        )

    def _prepare(self, order_id: str) -> None:
        until, who = self._wanted.until, self._wanted.picker
        lines = book.known(self._connection, order_id).lines
        if until == "placed":
            return
        self._happen(PickingBegun(order_id, who), self._placed_ms + MINUTE_MS)
        picked = lines[:-1] if until == "picking" else lines
        at_ms = self._staged_ms - MINUTE_MS
        for line in picked:
            self._happen(LinePicked(order_id, who, line.number, line.quantity), at_ms)
        if until == "picking":
            return
        self._happen(OrderPicked(order_id, who), at_ms)
        if until != "picked":
            self._stage(order_id)

    def _stage(self, order_id: str) -> None:
        wanted, who = self._wanted, self._wanted.picker
        numbers = range(1, len(wanted.shelves) + 1)
        for number in numbers:
            self._happen(LabelPrinted(order_id, who, number, 1), self._staged_ms)
        places = tuple(map(ParcelPlaced, numbers, wanted.shelves))
        self._happen(OrderStaged(order_id, who, places), self._staged_ms)
        policy = policy_of(self._connection, self._opened.shop.code)
        holding.make_ready(self._connection, order_id, policy, self._staged_ms)
        if wanted.until == "collected":
            self._collect(order_id)
        elif wanted.waited:
            self._happen(CustomerArrived(order_id, who), self._before(wanted.waited))
        if wanted.ends_today:
            self._amend(order_id, hold_until_ms=self._last_today_ms())

    def _collect(self, order_id: str) -> None:
        order, who = book.known(self._connection, order_id), self._wanted.picker
        came_ms = self._staged_ms + 40 * MINUTE_MS
        self._happen(CustomerArrived(order_id, who), came_ms)
        fact = OrderHandedOver(
            order_id,
            who,
            tuple(LineDelivered(line.number, line.in_parcel, 0) for line in order.lines),
            tuple(ParcelInHand(one.number, one.print_number) for one in order.parcels),
            Identity(IdentityMethod.SIGNED_CODE, order.customer_name),
            order.assignment_epoch,
        )
        self._happen(fact, came_ms + round(self._wanted.waited * MINUTE_MS))

    def _happen(self, event: Event, at_ms: int) -> None:
        till = f"{self._opened.shop.code}-{self._opened.shop.till_number}"
        at_ms = min(at_ms, self._now_ms)
        happened = book.Happened(CHANCE.new_id(), at_ms, till, self._wanted.picker)
        book.happen(self._connection, event, happened)

    def _amend(self, order_id: str, **values: int | PaymentState | OrderState) -> None:
        """Set what no web shop and no till may say, so that the picture has it."""
        known = book.held(self._connection, order_id)
        book.save(self._connection, known, replace(known.order, **values))  # type: ignore[arg-type]

    def _before(self, minutes: float) -> int:
        return self._now_ms - round(minutes * MINUTE_MS)

    def _last_today_ms(self) -> int:
        zone = ZoneInfo(str(self._opened.shop.settings["time_zone"]))
        now = datetime.datetime.fromtimestamp(self._now_ms / 1000, zone)
        night = now.replace(hour=23, minute=59, second=0, microsecond=0)
        return min(self._now_ms + LAST_TODAY_MIN * MINUTE_MS, round(night.timestamp() * 1000))
