"""What sales, shifts, cash and cards do at the hub."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable, Mapping

from sqlalchemy import Connection, select

from sync.hub import tables
from sync.hub.carts.cart import CartLine
from sync.hub.carts.holding import Paid, take_out
from sync.hub.counter import coupons
from sync.hub.counter.coupons import Brought, CouponSale
from sync.hub.intake import effects_customers, effects_value
from sync.hub.intake.effects import Act, Effects, Origin, Reader, text_field
from sync.hub.tables_returns import return_document, return_reissue
from sync.wire.v1 import facts
from sync.wire.v1.carts import SaleCart
from sync.wire.v1.push import Op

OF_A_SHIFT = frozenset({"sale.completed", "return.completed", "refund.issued"})
TOTALS_DIFFER = "totals_differ"
OTHER_SHOP = "other_shop"
CART_GONE_ON = "cart_gone_on"  # somebody else went on with it meanwhile


def session_days(connection: Connection, ops: Iterable[Op]) -> dict[str, str]:
    """Return the business day of every shift that sales and returns belong to, where known."""
    wanted = {
        session_id
        for op in ops
        if op.kind in OF_A_SHIFT and op.body_json
        if (session_id := text_field(op.body_json, "session_id"))
    }
    session = tables.till_session.c
    rows = connection.execute(
        select(session.session_id, session.business_day).where(session.session_id.in_(wanted))
    )
    return {row.session_id: row.business_day for row in rows}


def _sale(op: Op, body: str, origin: Origin, effects: Effects) -> str:
    sale = facts.SaleCompleted.model_validate_json(body)
    day = origin.days.get(sale.session_id) or utc_day(sale.completed_at_ms)
    sale_id = _row_id(sale, op, origin)
    effects.insert(
        tables.sale,
        sale_id, op.op_id, origin.till, origin.shop, sale.number, sale.session_id,
        sale.staff_id, day, sale.completed_at_ms, sale.currency, sale.total, sale.source,
        origin.fork, sale.customer_id,
    )  # fmt: skip
    lines = effects.rows.setdefault(tables.sale_line.name, [])
    sold = effects.sold.setdefault(origin.shop, Counter())
    net = 0
    for line in sale.lines:
        lines.append(
            (sale_id, line.number, line.sku, line.gtin, line.name, line.quantity, line.unit,
             line.unit_price, line.gross,
             line.discount + line.promotion + line.ticket_discount, line.net,
             line.tax_basis_points, line.void)
        )  # fmt: skip
        if not line.void:
            net += line.net
            sold[line.sku] += line.quantity
    for position, tender in enumerate(sale.tenders, start=1):
        effects.insert(
            tables.sale_tender, sale_id, position, tender.kind, tender.amount,
            tender.tendered, tender.reference, tender.verified,
        )  # fmt: skip
    effects_value.redeem(sale, op, origin, effects)
    if sale.coupons:
        effects.act(_coupons(sale, sale_id, origin))
    if sale.customer_id:
        effects.act(effects_customers.seen(sale.customer_id, origin))
    if sale.cart:
        effects.act(_out_of_cart(sale.cart, op, origin, effects))
    if sale.shop != origin.shop:
        return OTHER_SHOP
    paid = sum(tender.amount for tender in sale.tenders)
    return "" if sale.total == net == paid else TOTALS_DIFFER


def _coupons(sale: facts.SaleCompleted, sale_id: str, origin: Origin) -> Act:
    """Return what becomes of the codes of a sale: used up where a promotion was given for them."""
    taken_off: Counter[str] = Counter()
    for given in sale.promotions:
        taken_off[given.coupon] += sum(share.amount for share in given.lines)
    brought = tuple(
        Brought(each.code, each.promotion_id, each.fence, taken_off[each.code])
        for each in sale.coupons
        if each.code
    )
    use = CouponSale(
        sale_id, origin.shop, origin.till, sale.number, sale.staff_id, sale.currency, sale.total,
        sale.completed_at_ms,
    )  # fmt: skip
    return lambda connection: coupons.take_in(connection, use, brought)


def _out_of_cart(cart: SaleCart, op: Op, origin: Origin, effects: Effects) -> Act:
    """Return what becomes of the cart that lines came from: they are wanted there no more."""
    paid = Paid(
        cart.customer_id,
        origin.shop,
        origin.till,
        cart.fence,
        tuple(CartLine(line.sku, line.quantity) for line in cart.lines),
        op.op_id,
        origin.now_ms,
    )

    def act(connection: Connection) -> None:
        if not take_out(connection, paid):
            effects.note_exception(op.op_id, CART_GONE_ON)

    return act


def _row_id(sale: facts.SaleCompleted, op: Op, origin: Origin) -> str:
    """Return what the sale's rows are found by: the ticket's id, which both copies of a till may
    have sold under; beside the other's it is made one of its own.
    """
    return f"{sale.sale_id}~{op.op_id}" if origin.fork or origin.is_beside else sale.sale_id


def _session_opened(op: Op, body: str, origin: Origin, effects: Effects) -> str:
    session = facts.SessionOpened.model_validate_json(body)
    origin.days[session.session_id] = session.business_day
    effects.insert(
        tables.till_session,
        session.session_id, origin.till, session.number, session.business_day,
        session.staff_id, op.occurred_at_ms, session.currency, session.float_total,
        None, None, None, None, None, None,
    )  # fmt: skip
    # What came before its shift went to the day of its clock.
    if origin.is_late or origin.fork:
        effects.updates += [
            of_shift.update()
            .where(of_shift.c.till == origin.till, of_shift.c.session_id == session.session_id)
            .values(business_day=session.business_day)
            for of_shift in (tables.sale, return_document, return_reissue)
        ]
    return ""


def _session_closed(op: Op, body: str, origin: Origin, effects: Effects) -> str:
    closed = facts.SessionClosed.model_validate_json(body)
    session = tables.till_session.c
    wanted = [session.session_id == closed.session_id, session.till == origin.till]
    if origin.fork:  # the shift may be that of the original, which has closed it
        wanted.append(session.closed_at_ms.is_(None))
    effects.updates.append(
        tables.till_session.update()
        .where(*wanted)
        .values(
            closed_at_ms=op.occurred_at_ms,
            sales=closed.sales,
            total=closed.total,
            expected=closed.expected,
            counted=closed.counted,
            difference=closed.difference,
        )
    )
    return ""


def _cash_moved(op: Op, body: str, origin: Origin, effects: Effects) -> str:
    moved = facts.CashMoved.model_validate_json(body)
    kind = {"cash.paid_in": "paid_in", "cash.paid_out": "paid_out", "cash.dropped": "drop"}
    effects.insert(
        tables.cash_movement,
        moved.movement_id, origin.till, moved.session_id, kind[op.kind], moved.amount,
        moved.currency, moved.reason, moved.staff_id, op.occurred_at_ms,
    )  # fmt: skip
    return ""


def _card_requested(op: Op, body: str, origin: Origin, effects: Effects) -> str:
    card = facts.CardRequested.model_validate_json(body)
    effects.insert(
        tables.card_attempt,
        card.attempt_id, origin.till, card.basket_id, card.amount, card.currency, "requested",
        "", False, op.occurred_at_ms, None,
    )  # fmt: skip
    return ""


def _card_resolved(op: Op, body: str, origin: Origin, effects: Effects) -> str:
    card = facts.CardResolved.model_validate_json(body)
    effects.updates.append(
        tables.card_attempt.update()
        .where(
            tables.card_attempt.c.attempt_id == card.attempt_id,
            tables.card_attempt.c.till == origin.till,
        )
        .values(
            state=card.state,
            authorisation=card.authorisation,
            is_verified=card.verified,
            resolved_at_ms=op.occurred_at_ms,
        )
    )
    return ""


def utc_day(at_ms: int) -> str:
    """Return the UTC date (ISO) of what belongs to a shift that the hub does not know."""
    moment = datetime.datetime.fromtimestamp(min(at_ms, 253_402_300_799_999) / 1000, datetime.UTC)
    return moment.date().isoformat()


READERS: Mapping[str, Reader] = {
    "sale.completed": _sale,
    "session.opened": _session_opened,
    "session.closed": _session_closed,
    "cash.paid_in": _cash_moved,
    "cash.paid_out": _cash_moved,
    "cash.dropped": _cash_moved,
    "card.requested": _card_requested,
    "card.resolved": _card_resolved,
}

AGGREGATES: Mapping[str, str] = {
    "sale.completed": "sale_id",
    "session.opened": "session_id",
    "session.closed": "session_id",
    "cash.paid_in": "movement_id",
    "cash.paid_out": "movement_id",
    "cash.dropped": "movement_id",
    "card.requested": "attempt_id",
    "card.resolved": "attempt_id",
}
