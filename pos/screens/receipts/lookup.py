"""Looks a receipt up at the hub that this till did not make, and says in words how it went."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from pos.domain.scan_codes import ReceiptScan
from pos.screens import wording
from pos.screens.counter import Counter
from pos.screens.ports import LinkState, Sound
from pos.services.hub_calls import FoundReceipt, FoundReceipts, HubAway


class LookUp(QObject):
    """What was looked for last: `receipts` that were found, or why there is none in `told`.

    `hides_own`: receipts of this till with that number are not what is looked for.
    """

    changed = Signal()

    def __init__(self, counter: Counter, parent: QObject) -> None:
        super().__init__(parent)
        self._counter = counter
        self._wanted: ReceiptScan | None = None
        self.is_asking = self.is_of_other_shop = self.is_away = False
        self.receipts: tuple[FoundReceipt, ...] = ()
        self.told = ""

    @property
    def hides_own(self) -> bool:
        return self.is_asking or self.is_of_other_shop

    def ask(self, wanted: ReceiptScan) -> None:
        """Look for a receipt; `changed` follows."""
        self.clear()
        self._wanted = wanted
        self.is_of_other_shop = bool(wanted.shop) and wanted.shop != self._counter.station.shop
        if self._counter.devices.link.status.state is LinkState.OFFLINE:
            self._answered(HubAway())
            return
        self.is_asking = True
        self.changed.emit()
        self._counter.devices.hub.find_receipt(wanted.number, wanted.shop, self._answered)

    def clear(self) -> None:
        """Forget what was looked for; an answer under way is not shown."""
        self._wanted, self.receipts, self.told = None, (), ""
        self.is_asking = self.is_of_other_shop = self.is_away = False

    def about(self, receipt: FoundReceipt) -> str:
        """Say what is shown and how old it is."""
        text = self.tr("Copy of the central system as of {time}")
        return text.format(time=wording.clock(receipt.as_of_ms))

    def place(self, receipt: FoundReceipt) -> str:
        """Name shop and till of a receipt."""
        sale = receipt.sale
        shop = receipt.shop.name if receipt.shop else sale.shop
        return f"{shop} · {wording.till_name(sale.till)}"

    def _answered(self, answer: FoundReceipts | HubAway) -> None:
        wanted, self._wanted = self._wanted, None
        if wanted is None:
            return  # something else was typed meanwhile
        self.is_asking = False
        if isinstance(answer, HubAway):
            self.told = self._away(wanted, answer)
        elif not answer.receipts:
            self.told = self._nowhere(wanted)
        else:
            here = self._counter.station.shop
            self.receipts = tuple(sorted(answer.receipts, key=lambda one: one.sale.shop != here))
        sound = Sound.ACCEPTED if self.receipts else Sound.REFUSED
        self._counter.devices.sounds.play(sound)
        self.changed.emit()

    def _nowhere(self, wanted: ReceiptScan) -> str:
        if wanted.shop:
            text = self.tr("No receipt {number} of {shop}, here or in the central system")
            return text.format(number=wanted.number, shop=wanted.shop)
        text = self.tr("No receipt {number}, here or in the central system")
        return text.format(number=wanted.number)

    def _away(self, wanted: ReceiptScan, away: HubAway) -> str:
        if away.code == "wrong_code":
            return self.tr("That is no receipt's number")
        self.is_away = True
        text = self.tr("Receipt {number}: the central system does not answer")
        return text.format(number=wanted.number)
