"""What a country's tax law adds to a receipt, behind one small port."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from pos.domain.money import Money
from pos.domain.numbering import ReceiptNumber


@dataclass(frozen=True, slots=True)
class FiscalDocument:
    """What a fiscal module needs to know of a document; the time is UTC milliseconds."""

    number: ReceiptNumber
    issued_at_ms: int
    total: Money
    tax_total: Money


@dataclass(frozen=True, slots=True)
class FiscalStamp:
    """What must be printed and kept: legend lines, and the content of a QR if one is due.

    `module` names who stamped, so that a stored sale says which rules it was made under.
    """

    module: str
    legend: tuple[str, ...] = ()
    qr: str = ""


class FiscalModule(Protocol):
    """Stamps documents; pure and fast, called inside the transaction that records them."""

    def stamp(self, document: FiscalDocument) -> FiscalStamp:
        """Return the stamp of a document that is about to be recorded."""
