"""Looks for an order in the other shops, for a customer who came to the wrong one."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from pos.screens import pickup_words
from pos.screens.counter import Counter
from pos.screens.ports import LinkState, Sound
from pos.services.hub_calls import FoundOrders, HubAway


class Elsewhere(QObject):
    """`told` says where the order waits, that there is none, or that nobody answers."""

    told = Signal(str)

    def __init__(self, counter: Counter, parent: QObject) -> None:
        super().__init__(parent)
        self._counter = counter
        self._asked = ""

    def ask(self, text: str) -> None:
        """Ask the hub for an order by what its customer says."""
        if not text or self._asked:
            return
        if self._counter.devices.link.status.state is LinkState.OFFLINE:
            self._tell(self.tr("Without connection the other shops cannot be asked"), found=False)
            return
        self._asked = text
        self.told.emit(self.tr("Asking the other shops…"))
        self._counter.devices.hub.find_orders(text, self._answered)

    def _answered(self, answer: FoundOrders | HubAway) -> None:
        asked, self._asked = self._asked, ""
        if isinstance(answer, HubAway):
            self._tell(self.tr("The centre does not answer"), found=False)
        elif not answer.orders:
            none = self.tr("No shop has an order like “{text}”")
            self._tell(none.format(text=asked), found=False)
        else:
            where = self.tr("{number}: {shop}, {state}")
            said = (
                where.format(
                    number=one.order.number,
                    shop=one.shop_name,
                    state=pickup_words.state_words(one.order)[0],
                )
                for one in answer.orders[:3]
            )
            self._tell("  ·  ".join(said), found=True)

    def _tell(self, text: str, *, found: bool) -> None:
        self._counter.devices.sounds.play(Sound.ACCEPTED if found else Sound.REFUSED)
        self.told.emit(text)
