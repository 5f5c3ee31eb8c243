"""Who may go on with a cart: one till by its claim, or else the customer in the web shop.

Whoever locks both takes the claim before the cart. A till keeps its claim by looking at the cart
now and then; one that was not seen for `UNUSED_CLAIM_LASTS_MS` gives way to the web shop.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, select

from sync.hub import bulk
from sync.hub.carts import cart as carts
from sync.hub.carts.cart import CartLine
from sync.hub.counter import claims
from sync.hub.tables_counter import claim
from sync.hub.tables_orders import cart_act
from sync.wire.v1.claims import UNUSED_CLAIM_LASTS_MS, ClaimKind

KIND = ClaimKind.CART.value
# A hub that was restored from an older copy may have granted more than it knows.
MAX_LOST_GRANTS = 1_000_000


@dataclass(frozen=True, slots=True)
class Holder:
    """The till that has a claim on a cart; `seen_at_ms` is when it was last heard of (UTC)."""

    shop: str
    till: str
    seen_at_ms: int


@dataclass(frozen=True, slots=True)
class Paid:
    """What a sale of `till` took of a cart under the claim with the number `fence`."""

    customer_id: str
    shop: str
    till: str
    fence: int
    lines: tuple[CartLine, ...]
    op_id: str
    at_ms: int


def holder_of(connection: Connection, customer_id: str, now_ms: int) -> Holder | None:
    """Return the till that goes on with a cart now, None when the web shop may."""
    held = connection.execute(
        select(claim).where(
            claim.c.kind == KIND,
            claim.c.key == customer_id,
            claim.c.state == claims.HELD,
            claim.c.changed_at_ms > now_ms - UNUSED_CLAIM_LASTS_MS,
        )
    ).first()
    if held is None:
        return None
    shop = held.till.rpartition("-")[0]
    return Holder(shop, held.till, held.changed_at_ms)


def look(connection: Connection, customer_id: str, till: str, now_ms: int) -> Holder | None:
    """Note that `till` looks at a cart, which keeps its claim if it has one; return who has it."""
    connection.execute(
        claim.update()
        .where(
            claim.c.kind == KIND,
            claim.c.key == customer_id,
            claim.c.till == till,
            claim.c.state == claims.HELD,
            claim.c.changed_at_ms < now_ms,
        )
        .values(changed_at_ms=now_ms)
    )
    return holder_of(connection, customer_id, now_ms)


def take_for_web(
    connection: Connection, customer_id: str, shop: str, now_ms: int
) -> Holder | None:
    """Let the web shop go on with a cart until the end of the transaction.

    Returns:
        The till that has it instead; None when nobody does: one that was not seen for long has
        it no more.
    """
    known = claims.locked(connection, KIND, customer_id, shop)
    if held := holder_of(connection, customer_id, now_ms):
        return held
    if known.state == claims.HELD:
        connection.execute(
            claim.update()
            .where(claim.c.kind == KIND, claim.c.key == customer_id)
            .values(state=claims.RELEASED, till="", fence=claim.c.fence + 1, changed_at_ms=now_ms)
        )
    return None


def take_out(connection: Connection, paid: Paid) -> bool:
    """Take out of a cart what a sale paid, once; the same fact again takes nothing.

    Returns:
        False when somebody else went on with the cart meanwhile and it lacks some of that: then
        it may have been bought twice.
    """
    if not _is_first(connection, paid.op_id, paid.customer_id, "paid", paid.at_ms):
        return True
    known = claims.locked(connection, KIND, paid.customer_id, paid.shop)
    cart = carts.read(connection, paid.customer_id, is_locked=True)
    is_there = all(cart.quantity_of(line.sku) >= line.quantity for line in paid.lines)
    left = cart.with_less(paid.lines)
    if left != cart:
        carts.keep(connection, paid.customer_id, left, paid.at_ms)
    if known.fence <= paid.fence:
        fence = min(paid.fence, known.fence + MAX_LOST_GRANTS)
        claims.settle(
            connection, KIND, paid.customer_id, till=paid.till, fence=fence, at_ms=paid.at_ms
        )
    return is_there or known.fence <= paid.fence


def is_new_ticket(connection: Connection, op_id: str, customer_id: str, now_ms: int) -> bool:
    """True the first time that a ticket is sent to a cart under this id."""
    return _is_first(connection, op_id, customer_id, "sent", now_ms)


def _is_first(connection: Connection, op_id: str, customer_id: str, kind: str, at_ms: int) -> bool:
    row = (f"{kind}:{op_id}", customer_id, kind, at_ms)
    return bulk.upsert_rows(connection, cart_act, [row], "(op_id) DO NOTHING") == 1
