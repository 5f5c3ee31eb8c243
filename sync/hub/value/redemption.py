"""One tender of a sale that was paid with a card, as its till said it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from pos.domain.journal import Json
from pos.domain.stored_value import (
    NoReference,
    ValueReference,
    masked_reference,
    read_value_reference,
)


@dataclass(frozen=True, slots=True)
class Redemption:
    """`amount` is minor units, `at_ms` UTC by the till's clock, `document` the receipt's number.

    `reference` is the tender's (`pos.domain.stored_value.ValueReference`), whatever it holds.
    """

    op_id: str
    reference: str
    amount: int
    currency: str
    shop: str
    till: str
    staff_id: str
    document: str
    at_ms: int

    @property
    def named(self) -> ValueReference | None:
        """The card and what was set aside; None when the tender names no card."""
        try:
            return read_value_reference(self.reference)
        except NoReference:
            return None

    @property
    def shown(self) -> str:
        """What people call it: the card's last characters, else the receipt."""
        return masked_reference(self.reference) or self.document

    @property
    def content(self) -> str:
        """What tells a repetition from another redemption."""
        return json.dumps(
            [self.reference, self.amount, self.currency, self.till, self.document, self.at_ms]
        )


def redemption_body(told: Redemption) -> dict[str, Json]:
    """Return a redemption as the desk keeps it."""
    return {each.name: getattr(told, each.name) for each in fields(Redemption)}


def read_redemption(body: Mapping[str, Any]) -> Redemption:
    """Return what `redemption_body` wrote."""
    return Redemption(**{each.name: body[each.name] for each in fields(Redemption)})
