"""Refunds to cards on the conflict desk: those without an answer, and those with two."""

from __future__ import annotations

from collections.abc import Iterator

from pos.domain.card_refund import CardRefund, card_refunds, reissued_to_card
from pos.domain.desk import DeskItem, Doing, ItemKind, Resolution, Row, RowKind, Side, item_id_of
from pos.domain.journal import FactKind
from pos.domain.refund import RefundEvent, RefundState
from pos.services.ports import Records
from pos.services.record_return import resolve_refund
from pos.services.workstation import SignOn, Workstation

UNVERIFIED = "unverified"  # the detail of what only a person's word stands for
TERMINAL = "terminal"  # the place of what the terminal said, here and at the hub
# So long the till itself waits for an answer before anybody need look at it.
WAITS_MS = 60_000
_WAYS = (Resolution.PAID_BACK, Resolution.NOT_PAID_BACK)


def open_refunds(records: Records) -> tuple[CardRefund, ...]:
    """Return every refund to a card without an answer, the oldest first."""
    found: list[CardRefund] = []
    for return_id, refund in records.returns.open_refunds():
        asked = card_refund(records, return_id, refund.refund_id)
        if asked is not None:
            found.append(asked)
    return tuple(found)


def card_refund(records: Records, return_id: str, refund_id: str) -> CardRefund | None:
    """Return a refund to a card as it is by now: of a return, or paid again after one failed."""
    again = records.returns.reissues.get(refund_id)
    if again is not None:
        return reissued_to_card(again)
    document = records.returns.get(return_id)
    known = () if document is None else card_refunds(document)
    return next((one for one in known if one.refund_id == refund_id), None)


def held_up_by(asked: CardRefund) -> bool:
    """True when a shift is not to end before a refund has an answer.

    One that was promised without the hub waits until the hub is back, however long that takes.
    """
    return asked.is_open and not asked.was_isolated


def items(station: Workstation, records: Records) -> Iterator[DeskItem]:
    """Yield what nobody knows the end of; one that was just asked for is not looked at yet."""
    now_ms = station.clock.now_ms()
    for asked in open_refunds(records):
        is_new = asked.refund.state is RefundState.REQUESTED
        if not is_new or abs(now_ms - asked.recorded_at_ms) >= WAITS_MS:
            yield _item(station, asked, (Side(station.shop, station.till, _rows(asked)),))


def resolve(sign_on: SignOn, records: Records, item: DeskItem, resolution: Resolution) -> None:
    """Record at this till what a decision of the desk says became of a refund."""
    is_paid = resolution is Resolution.PAID_BACK
    event = RefundEvent.CONFIRMATION if is_paid else RefundEvent.REFUSAL
    for asked in open_refunds(records):
        if _id_of(asked) == item.item_id:
            resolve_refund(
                sign_on, records, asked.return_id, asked.refund_id, event, detail=UNVERIFIED
            )


def contradicted(
    sign_on: SignOn, records: Records, known: CardRefund, told: RefundState, said: str
) -> None:
    """Put on the desk that a terminal says otherwise than what is recorded; once.

    Args:
        told: What the terminal says became of the refund.
        said: The terminal's reference or reason.
    """
    on_desk = records.desk.get(_id_of(known))
    if on_desk is not None and any(side.till == TERMINAL for side in on_desk.sides):
        return
    station = sign_on.station
    state, staff_id = known.refund.state, sign_on.operator.staff_id
    ours = (*_rows(known), Row(RowKind.STATE, state.value), Row(RowKind.STAFF, staff_id))
    theirs = (Row(RowKind.STATE, told.value), Row(RowKind.DETAIL, said))
    sides = (
        Side(station.shop, station.till, ours),
        Side(station.shop, TERMINAL, theirs),
    )
    doing = Doing(owner=on_desk.whose, notes=on_desk.doing.notes) if on_desk else Doing()
    records.desk.save(_item(station, known, sides, doing))
    sign_on.record(
        records,
        FactKind.REFUND_CONTRADICTED,
        {
            "return_id": known.return_id,
            "refund_id": known.refund_id,
            "number": known.number,
            "amount": known.amount.minor,
            "currency": known.amount.currency,
            "recorded": state.value,
            "told": told.value,
            "detail": said,
            "staff_id": staff_id,
        },
    )


def may_have_moved(records: Records, refund_id: str) -> bool:
    """True when a terminal said later that what failed was paid, and nobody found it wrong."""
    item = records.desk.get(item_id_of(ItemKind.CARD_REFUND_UNKNOWN, refund_id))
    if item is None or not any(side.till == TERMINAL for side in item.sides):
        return False
    decided_here = item.doing.resolution
    decision = item.resolution or ("" if decided_here is None else decided_here.value)
    return decision != Resolution.NOT_PAID_BACK.value


def _item(
    station: Workstation, asked: CardRefund, sides: tuple[Side, ...], doing: Doing | None = None
) -> DeskItem:
    return DeskItem(
        _id_of(asked),
        ItemKind.CARD_REFUND_UNKNOWN,
        station.shop,
        station.till,
        asked.number,
        asked.amount,
        asked.recorded_at_ms,
        sides=sides,
        resolutions=_WAYS,
        is_from_here=True,
        doing=doing or Doing(),
    )


def _rows(asked: CardRefund) -> tuple[Row, ...]:
    return (
        Row(RowKind.AT, number=asked.recorded_at_ms),
        Row(RowKind.TOTAL, number=asked.amount.minor),
        Row(RowKind.DOCUMENT, asked.number),
    )


def _id_of(asked: CardRefund) -> str:
    return item_id_of(ItemKind.CARD_REFUND_UNKNOWN, asked.refund_id)
