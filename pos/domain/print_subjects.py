"""What a print job shows: a receipt of either kind, a label, some orders."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pos.domain.printing import PrintKind
from pos.domain.returns import Return
from pos.domain.sale import Sale

_BETWEEN = "/"
_AND = ","

# What the customer takes a receipt of.
Receipted = Sale | Return


@dataclass(frozen=True, slots=True)
class ReceiptSubject:
    """A receipt: whose it is, as which job it is printed first, and as which every copy."""

    subject_id: str
    original: PrintKind
    copy: PrintKind


def receipt_subject(document: Receipted) -> ReceiptSubject:
    """Return what the receipt of a sale or return is printed as."""
    if isinstance(document, Sale):
        return ReceiptSubject(document.sale_id, PrintKind.ORIGINAL, PrintKind.DUPLICATE)
    return ReceiptSubject(document.return_id, PrintKind.RETURN, PrintKind.RETURN_COPY)


@dataclass(frozen=True, slots=True)
class LabelSubject:
    """The how many-eth label of a parcel of an order; both numbers count from 1."""

    order_id: str
    parcel: int
    print_number: int

    @property
    def text(self) -> str:
        """The subject of its print job."""
        return _BETWEEN.join((self.order_id, str(self.parcel), str(self.print_number)))


def label_subject(text: str) -> LabelSubject:
    """Return what a label's job shows.

    Raises:
        ValueError: `text` is no subject of a label.
    """
    order_id, parcel, print_number = text.rsplit(_BETWEEN, 2)
    return LabelSubject(order_id, int(parcel), int(print_number))


def orders_subject(order_ids: Sequence[str]) -> str:
    """Return the subject of a paper about several orders.

    Raises:
        ValueError: There are none.
    """
    if not order_ids:
        raise ValueError("a paper about no order")
    return _AND.join(order_ids)


def orders_of(subject: str) -> tuple[str, ...]:
    """Return the ids of the orders that a paper is about."""
    return tuple(subject.split(_AND))
