"""Codes that lead from the sale to elsewhere: receipts, gifts, orders, what a card holds."""

from __future__ import annotations

from pos.domain.scan import ReceiptScan, StoredValueScan
from pos.screens.counter import Counter
from pos.screens.navigator import Navigator, Screen
from pos.screens.ports import Sound
from pos.screens.value_card.view_model import ValueCardViewModel
from pos.services.find_purchase import Wanted
from pos.services.scan import (
    GiftReceiptRead,
    ParcelRead,
    PickupRead,
    ReceiptFound,
    ReceiptNotHere,
    ScanOutcome,
    StoredValueRead,
)


def go_elsewhere(counter: Counter, navigator: Navigator, outcome: ScanOutcome) -> bool:
    """Show the screen that a code belongs to; False when it belongs to none."""
    match outcome:
        case ReceiptFound(sale):
            counter.devices.sounds.play(Sound.ACCEPTED)
            navigator.go(Screen.RECEIPTS, sale=sale)
        case ReceiptNotHere(number, shop):
            navigator.go(Screen.RECEIPTS, wanted=ReceiptScan(number, shop))
        case GiftReceiptRead(number, shop):
            wanted = Wanted(number, shop, is_gift=True)
            navigator.go(Screen.RETURN, wanted=wanted, back=Screen.SALE)
        case PickupRead(code):
            navigator.go(Screen.HANDOVER, code=code, back=Screen.SALE)
        case ParcelRead(label):
            navigator.go(Screen.HANDOVER, label=label, back=Screen.SALE)
        case StoredValueRead(scan):
            _look_at_card(counter, navigator, scan)
        case _:
            return False
    return True


def _look_at_card(counter: Counter, navigator: Navigator, scan: StoredValueScan) -> None:
    """Say what is on a gift card or credit note; it is charged where the ticket is paid."""
    navigator.close_all()
    panel = ValueCardViewModel(counter, navigator, pays=False)
    navigator.open(panel)
    panel.look(scan)
