"""Finds what is still owed of a return that its own paper names, and opens how it is paid."""

from __future__ import annotations

import re

from PySide6.QtCore import QObject, Signal

from pos.domain.refund import RefundState
from pos.domain.reissue import Owed, owed_of
from pos.domain.returns import Return
from pos.screens.counter import Counter
from pos.screens.navigator import Navigator
from pos.screens.ports import LinkState, Sound
from pos.screens.returns.owed import OwedViewModel
from pos.services import find_purchase, pay_again
from pos.services.find_purchase import Known, Wanted
from pos.services.hub_calls import FoundPurchases, HubAway

_NUMBER = re.compile(r"D\d{1,6}(?:\.\d{1,6})?-\d{1,12}")


def names_a_return(text: str) -> bool:
    """True for the number of a return, of whatever till."""
    return _NUMBER.fullmatch(text.strip().upper()) is not None


class Owing(QObject):
    """Looks here, and at the hub for what others know; `told` says that nothing is owed."""

    changed = Signal()
    told = Signal(str)
    paid = Signal(object)  # Owed

    def __init__(self, counter: Counter, navigator: Navigator, parent: QObject) -> None:
        super().__init__(parent)
        self._counter, self._navigator = counter, navigator
        self._wanted: Wanted | None = None

    @property
    def is_asking(self) -> bool:
        """True while the hub is asked what is owed."""
        return self._wanted is not None

    def forget(self) -> None:
        """Wait for no answer any more."""
        self._wanted = None

    def look(self, wanted: Wanted) -> None:
        """Look for what is owed of the return of a number."""
        if self._counter.devices.link.status.state is LinkState.OFFLINE:
            self._show(wanted, ())
            return
        document = self._ours(wanted)
        text, shop = wanted.text, wanted.shop
        if document is not None:  # the hub may not have heard of the return yet
            text, shop = _purchase(document) or text, ""
        self._wanted = wanted
        self._counter.devices.hub.find_purchases(
            text, shop, lambda answer: self._answered(wanted, answer)
        )
        self.changed.emit()

    def open(self, document: Return) -> None:
        """Look for what is owed of a return that was just recorded here."""
        self.look(Wanted(str(document.number)))

    def _answered(self, wanted: Wanted, answer: FoundPurchases | HubAway) -> None:
        if self._wanted is not wanted or self._counter.signed_on is None:
            return
        self._wanted = None
        known: tuple[Known, ...] = ()
        if isinstance(answer, FoundPurchases):
            known = find_purchase.from_hub(
                self._counter.station, wanted, answer.purchases, answer.as_of_ms
            )
        self._show(wanted, known)

    def _show(self, wanted: Wanted, from_hub: tuple[Known, ...]) -> None:
        """Open the first that is owed; what the hub knows of a purchase goes before our own."""
        station, document = self._counter.station, self._ours(wanted)
        known = {one.ledger.purchase.reference: one for one in self._here(document)}
        known |= {one.ledger.purchase.reference: one for one in from_hub}
        owed = [
            (one, each)
            for one in known.values()
            if one.ledger.purchase.currency == station.currency
            for each in owed_of(one.ledger)
            if document is None or _is_of(document, each)
        ]
        self.changed.emit()
        if not owed:
            self._tell(wanted, document, is_known=bool(known))
            return
        panel = OwedViewModel(
            self._counter, self._navigator, *owed[0], wanted.text.strip().upper()
        )
        panel.settled.connect(self.paid)
        self._counter.devices.sounds.play(Sound.ACCEPTED)
        self._navigator.open(panel)

    def _ours(self, wanted: Wanted) -> Return | None:
        """Return the return of that number when this till recorded it."""
        station = self._counter.station
        is_ours = not wanted.shop or wanted.shop == station.shop
        return pay_again.by_number(station, wanted.text) if is_ours else None

    def _here(self, document: Return | None) -> list[Known]:
        """Return what is known here of the purchases that a return is of."""
        if document is None:
            return []
        references = [one.reference for one in document.originals if one.reference]
        found = (find_purchase.here(self._counter.station, Wanted(one)) for one in references)
        return [one for one in found if isinstance(one, Known)]

    def _tell(self, wanted: Wanted, document: Return | None, *, is_known: bool) -> None:
        self._counter.devices.sounds.play(Sound.REFUSED)
        text = self.tr("No return {number}, here or anywhere")
        if document is not None and not is_known:
            text = self.tr("What {number} is of is not known here now: ask again later")
        elif is_known:
            text = self.tr("Nothing of {number} is owed: its paper is among the receipts")
        self.told.emit(text.format(number=wanted.text))


def _purchase(document: Return) -> str:
    """Return the purchase of which something may be owed: what failed, or may have, first."""
    ranks = {RefundState.FAILED: 0, RefundState.REQUESTED: 1, RefundState.UNKNOWN: 1}
    refunds = sorted(document.refunds, key=lambda one: ranks.get(one.state, 2))
    named = (*(one.purchase for one in refunds), *(one.reference for one in document.originals))
    return next((one for one in named if one), "")


def _is_of(document: Return, owed: Owed) -> bool:
    return owed.failed.refund_id in {one.refund_id for one in document.refunds}
