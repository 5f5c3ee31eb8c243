"""Codes that lead from the sale to another screen: receipts, and orders to collect."""

from __future__ import annotations

from pos.domain.scan import ReceiptScan
from pos.screens.counter import Counter
from pos.screens.navigator import Navigator, Screen
from pos.screens.ports import Sound
from pos.services.scan import ParcelRead, PickupRead, ReceiptFound, ReceiptNotHere, ScanOutcome


def go_elsewhere(counter: Counter, navigator: Navigator, outcome: ScanOutcome) -> bool:
    """Show the screen that a code belongs to; False when it belongs to none."""
    match outcome:
        case ReceiptFound(sale):
            counter.devices.sounds.play(Sound.ACCEPTED)
            navigator.go(Screen.RECEIPTS, sale=sale)
        case ReceiptNotHere(number, shop):
            navigator.go(Screen.RECEIPTS, wanted=ReceiptScan(number, shop))
        case PickupRead(code):
            navigator.go(Screen.HANDOVER, code=code, back=Screen.SALE)
        case ParcelRead(label):
            navigator.go(Screen.HANDOVER, label=label, back=Screen.SALE)
        case _:
            return False
    return True
