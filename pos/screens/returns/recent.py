"""Rows to choose a purchase from: the latest sales of this till, or several that were found."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pos.domain.sale import Sale
from pos.screens import wording
from pos.screens.returns import words
from pos.services.find_purchase import Known


@dataclass(frozen=True, slots=True)
class FindRow:
    """A purchase in the list; `key` is its id."""

    key: str
    title: str
    second: str
    when: str
    amount: str


def recent_rows(sales: Iterable[Sale], typed: str) -> tuple[FindRow, ...]:
    """Return the latest sales, of which something was sold, whose number holds what is typed."""
    return tuple(
        FindRow(
            sale.sale_id,
            str(sale.number),
            ", ".join(line.name for line in sale.sold_lines),
            f"{wording.day(sale.completed_at_ms)}, {wording.clock(sale.completed_at_ms)}",
            wording.money(sale.total),
        )
        for sale in sales
        if sale.sold_lines and typed.strip().upper() in str(sale.number)
    )


def found_rows(choices: Iterable[Known], *, is_gift: bool = False) -> tuple[FindRow, ...]:
    """Return what the hub found, with where it was bought; of a gift not who paid how much."""
    return tuple(
        FindRow(
            known.ledger.purchase.reference,
            words.title(known.ledger.purchase, is_gift=is_gift),
            words.about(known.ledger.purchase, known.shop_name, is_gift=is_gift),
            wording.day(known.ledger.purchase.sold_at_ms),
            "" if is_gift else wording.money(known.ledger.purchase.total_paid),
        )
        for known in choices
    )
