"""What a customer takes along who collected an order: what they have, what they left, who signed.

It is no invoice: a prepaid order has its own, and what was paid at the counter has a receipt.
"""

from __future__ import annotations

from dataclasses import dataclass

from hardware.receipt_printer.document import (
    BOLD,
    Block,
    Cut,
    Document,
    Feed,
    Rule,
    Text,
    row,
)
from pos.domain.collection import IdentityMethod, Order, OrderLine
from pos.domain.collection_events import Identity, LineDelivered, OrderHandedOver
from pos.domain.money import Money
from pos.receipts.pick_list import quantity_of
from pos.receipts.stationery import Reprint, Stationery, heading, headline


@dataclass(frozen=True, slots=True)
class Collected:
    """A handover as it was recorded.

    `at_ms` is when (UTC, Unix ms), `staff_name` who handed over, `receipt` the number of the
    sale that paid for it at the counter, empty when nothing was paid there.
    """

    order: Order
    event: OrderHandedOver
    at_ms: int
    staff_name: str
    receipt: str = ""


def collected_document(
    done: Collected, on: Stationery, reprint: Reprint | None = None
) -> Document:
    """Return the acknowledgement of a handover; with `reprint`, a marked copy."""
    order = done.order
    return Document(
        (
            *on.letterhead(),
            Feed(),
            headline(on.words["collected_title"], on.columns),
            *(on.copy_mark(reprint) if reprint else []),
            Rule(),
            row(on.words["order"].format(number=order.number), order.short_code, BOLD),
            row(on.when(done.at_ms), on.till(on.till_number)),
            Text(on.words["served_by"].format(name=done.staff_name)),
            *_items(done, on),
            *_money(done, on),
            Rule(),
            *_who(done.event.identity, on),
            *_signature(done.event, on),
            Cut(),
        ),
        on.columns,
    )


def _items(done: Collected, on: Stationery) -> list[Block]:
    order, lines = done.order, done.event.lines
    taken = [_line(order, said, said.delivered, on) for said in lines if said.delivered]
    left = [_left(order, said, on) for said in lines if said.left]
    short = [
        Text(f"{quantity_of(line, line.short, on)}  {line.name}")
        for line in order.lines
        if line.short
    ]
    blocks: list[Block] = [Rule(), heading(on.words["taken_along"])]
    blocks += taken or [Text(on.words["nothing_taken"])]
    if left:
        blocks += [Feed(), heading(on.words["left_here"]), *left]
    if short:
        blocks += [Feed(), heading(on.words["not_to_be_had"]), *short]
    return blocks


def _line(order: Order, said: LineDelivered, thousandths: int, on: Stationery) -> Text:
    line: OrderLine = order.line(said.number)
    return Text(f"{quantity_of(line, thousandths, on)}  {line.name}")


def _left(order: Order, said: LineDelivered, on: Stationery) -> Text:
    text = _line(order, said, said.left, on)
    return Text(f"{text.text} ({said.reason})") if said.reason else text


def _money(done: Collected, on: Stationery) -> list[Block]:
    order, event = done.order, done.event
    blocks: list[Block] = []
    if order.is_prepaid:
        blocks.append(Text(on.words["paid_before"]))
    if event.balance:
        paid = on.money(Money(event.balance, order.currency))
        blocks.append(row(on.words["paid_here"], paid, BOLD))
    if done.receipt:
        blocks.append(Text(on.words["see_receipt"].format(number=done.receipt)))
    if event.refund:
        back = on.money(Money(event.refund, order.currency))
        blocks += [
            row(on.words["refund_requested"], back, BOLD),
            Text(on.words["refund_hint"]),
        ]
    return [Rule(), *blocks, Text(on.words["no_invoice"])]


def _who(identity: Identity, on: Stationery) -> list[Block]:
    proof = {
        IdentityMethod.SIGNED_CODE: on.words["by_signed_code"],
        IdentityMethod.SHORT_CODE: on.words["by_short_code"],
        IdentityMethod.DOCUMENT: on.words["by_document"],
        IdentityMethod.MEMBER_CARD: on.words["by_member_card"],
    }[identity.method]
    shown = f"{identity.document.upper()} …{identity.last4}" if identity.last4 else ""
    name = f"{identity.name} ({identity.relation})" if identity.relation else identity.name
    blocks: list[Block] = []
    if name:
        blocks.append(Text(on.words["collected_by"].format(name=name)))
    return [*blocks, Text(" ".join(filter(None, (proof, shown.strip()))))]


def _signature(event: OrderHandedOver, on: Stationery) -> list[Block]:
    if event.signature:
        return [Text(on.words["signed_on_screen"]), Feed()]
    return [Feed(4), Rule("_"), Text(on.words["signature"]), Feed()]
