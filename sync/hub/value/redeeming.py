"""What sales take off cards, whatever was or was not set aside for them.

A sale happened: the goods are gone. What is on the card is taken, also when what was set aside
ran out, and never what is set aside for another. What is missing the shop is owed: it goes to
its receivable account and to the conflict desk, and no card is ever worth less than nothing.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Row

from pos.domain.stored_value import CardState, Movement
from sync.hub.conflicts import desk
from sync.hub.conflicts.desk_rules import Effect
from sync.hub.value import accounts, holds, value_desk
from sync.hub.value.accounts import HELD
from sync.hub.value.ledger import Contra, Posting, begin, book, contra, is_booked
from sync.hub.value.redemption import Redemption, read_redemption

OVERDRAWN = "value_overdrawn"


def redeem(connection: Connection, told: Redemption, now_ms: int) -> str:
    """Take a tender off its card; return `OVERDRAWN` when the card did not cover it.

    Raises:
        OpIdUsed: The op id belongs to another movement.
    """
    number = begin(connection)
    over = f"{told.op_id}:over"
    if any(is_booked(connection, op_id, told.content) for op_id in (told.op_id, over)):
        return ""
    card, hold = _card_and_hold(connection, told)
    taken = min(told.amount, _at_hand(connection, card, hold, told.currency, now_ms))
    redeemed = contra(Contra.REDEEMED, told.shop, told.currency)
    if card is not None and taken:
        _book(connection, told, Movement.REDEEM, (card.account_id, redeemed, taken), number)
    if hold is not None and hold.state == HELD:
        holds.capture(connection, hold.op_id)
    missing = told.amount - taken
    if not missing:
        return ""
    receivable = contra(Contra.RECEIVABLE, told.shop, told.currency)
    number = begin(connection) if taken else number
    _book(connection, told, Movement.OVERDRAW, (receivable, redeemed, missing), number, over)
    value_desk.report(connection, told, card, missing, is_reserved=hold is not None, now_ms=now_ms)
    return OVERDRAWN


def settle(connection: Connection, op_id: str, told: Redemption, missing: int, now_ms: int) -> int:
    """Take from its card now what a sale lacked; return the minor units still missing."""
    number = begin(connection)
    named = told.named
    card = accounts.lock(connection, named.card) if named else None
    taken = min(missing, _at_hand(connection, card, None, told.currency, now_ms))
    if card is not None and taken:
        receivable = contra(Contra.RECEIVABLE, told.shop, told.currency)
        flow = (card.account_id, receivable, taken)
        _book(connection, told, Movement.SETTLE, flow, number, op_id)
    return missing - taken


def register() -> None:
    """Let the desk carry out what is decided about cards."""

    def take_now(connection: Connection, case: desk.Case, act: desk.DeskAct) -> None:
        told, missing = read_redemption(case.data["redemption"]), int(case.data["missing"])
        left = settle(connection, f"{act.op_id}:settle", told, missing, act.at_ms)
        if left:
            value_desk.report_rest(connection, told, left, case.data, act.at_ms)

    def lock_ledger(connection: Connection, _shop: str) -> None:
        begin(connection)

    desk.carry_out(Effect.TAKE_FROM_CARD, take_now, lock_ledger)


def _card_and_hold(
    connection: Connection, told: Redemption
) -> tuple[Row[Any] | None, Row[Any] | None]:
    """Return the card, locked, and what was set aside on it for this very tender."""
    named = told.named
    if named is None:
        return None, None
    card = accounts.lock(connection, named.card)
    hold = holds.find(connection, named.hold, locked=True) if named.hold else None
    is_ours = hold is not None and card is not None and hold.account_id == card.account_id
    return card, hold if is_ours else None


def _at_hand(
    connection: Connection,
    card: Row[Any] | None,
    hold: Row[Any] | None,
    currency: str,
    now_ms: int,
) -> int:
    """Return the minor units that can be taken off a card.

    A card that was blocked after the amount was set aside still pays it: the hub had said so.
    One whose last day is over pays what is on it until it is swept: the sale may be older.
    """
    if card is None or card.currency != currency:
        return 0
    is_promised = hold is not None and hold.state == HELD
    if card.state != CardState.ACTIVE.value and not is_promised:
        return 0
    own = hold.op_id if hold is not None else ""
    return accounts.free(connection, card, now_ms, besides=own)


def _book(
    connection: Connection,
    told: Redemption,
    movement: Movement,
    flow: tuple[str, str, int],
    number: int,
    op_id: str = "",
) -> None:
    """Book what flows from one account to another: (from, to, minor units)."""
    source, target, amount = flow
    posting = Posting(
        op_id=op_id or told.op_id,
        movement=movement,
        entries=((source, -amount), (target, amount)),
        currency=told.currency,
        told=told.content,
        shop=told.shop,
        at_ms=told.at_ms,
        till=told.till,
        staff_id=told.staff_id,
        document=told.document,
    )
    book(connection, posting, number)
