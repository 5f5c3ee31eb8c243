"""Finding a receipt by its number or code: here first, then wherever the hub knows it."""

from __future__ import annotations

from pos.domain.returns import Return
from pos.domain.sale import Sale
from pos.domain.scan_codes import ReceiptScan
from pos.services.workstation import Workstation


def here(station: Workstation, wanted: ReceiptScan) -> Sale | None:
    """Return the sale when this till recorded it.

    A code that names another shop is never looked up here: the other shop's till of the same
    number gave out the same numbers.
    """
    if wanted.shop and wanted.shop != station.shop:
        return None
    with station.store.reading() as records:
        return records.sales.by_number(wanted.number.strip())


def return_here(station: Workstation, wanted: ReceiptScan) -> Return | None:
    """Return the return of that number (``D2-000042``) when this till recorded it."""
    if wanted.shop and wanted.shop != station.shop:
        return None
    with station.store.reading() as records:
        return records.returns.by_number(wanted.number.strip())
