"""What a print job shows when it is more than one thing with an id: a label, some orders."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

_BETWEEN = "/"
_AND = ","


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
