"""What the counter does with the outcome of a payment step, whatever the tender."""

from __future__ import annotations

from pos.domain.sale import Sale
from pos.domain.tender import TenderKind
from pos.screens.counter import Counter
from pos.screens.navigator import Navigator, Screen
from pos.screens.ports import Sound
from pos.services import pay


def show_outcome(counter: Counter, navigator: Navigator, step: pay.PaymentStep) -> None:
    """Go on with what is still due, or announce the recorded sale and show its change."""
    match step:
        case pay.StillDue(ticket):
            counter.put(ticket)
            counter.devices.sounds.play(Sound.ACCEPTED)
        case pay.Paid(sale):
            _announce(counter, sale)
            navigator.go(Screen.CHANGE)


def _announce(counter: Counter, sale: Sale) -> None:
    counter.record_sale(sale)
    counter.devices.sounds.play(Sound.DONE)
    if has_cash(sale):
        counter.devices.printing.open_drawer()


def has_cash(sale: Sale) -> bool:
    """True when cash was taken, so that the drawer is needed."""
    return any(tender.kind is TenderKind.CASH for tender in sale.tenders)
