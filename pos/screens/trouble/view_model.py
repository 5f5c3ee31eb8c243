"""What happened, whether the money is safe, what to do."""

from __future__ import annotations

import re
from enum import Enum

from PySide6.QtCore import QObject, Signal

from pos.screens.counter import Counter
from pos.screens.navigator import Navigator, Screen
from pos.screens.ports import Sound

_DRIVER = re.compile(r"^\([\w.]+\) ")  # the class of an error, before what it says


class Trouble(Enum):
    """Why an act was not done, or nobody knows whether it was."""

    NOTHING_RECORDED = "nothing recorded"
    LOOKED_UP = "looked up"  # the ticket shown is the one on the disk
    SALE_RECORDED = "sale recorded"
    CANNOT_TELL = "cannot tell"
    TICKET_CHANGED = "ticket changed"  # it was paid, parked or changed in the meantime
    CARD_NUMBER = "card number"


class TroubleViewModel(QObject):
    """The words of the error panel; `close` goes on with what is on the disk."""

    changed = Signal()

    refuses_scans = True

    def __init__(
        self,
        counter: Counter,
        navigator: Navigator,
        trouble: Trouble,
        detail: str,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._counter, self._navigator = counter, navigator
        self.trouble, self.detail = trouble, detail
        counter.devices.sounds.play(Sound.REFUSED)

    @property
    def title(self) -> str:
        return {
            Trouble.NOTHING_RECORDED: self.tr("The till cannot save"),
            Trouble.LOOKED_UP: self.tr("The till lost its disk for a moment"),
            Trouble.SALE_RECORDED: self.tr("The sale is saved"),
            Trouble.CANNOT_TELL: self.tr("The till cannot tell whether it saved"),
            Trouble.TICKET_CHANGED: self.tr("The ticket is another by now"),
            Trouble.CARD_NUMBER: self.tr("That looks like a card number"),
        }[self.trouble]

    @property
    def for_support(self) -> str:
        """What the disk said, for whoever mends it; empty when it said nothing."""
        said = _DRIVER.sub("", self.detail.partition("\n")[0])
        return self.tr("For support: {detail}").format(detail=said) if said else ""

    @property
    def what_happened(self) -> str:
        return {
            Trouble.NOTHING_RECORDED: self.tr(
                "The disk is full, read-only or damaged. The last act was not saved."
            ),
            Trouble.LOOKED_UP: self.tr(
                "The disk failed while saving, and was looked up again: the ticket shown "
                "is the one that is saved."
            ),
            Trouble.SALE_RECORDED: self.tr(
                "The disk failed while saving, and was looked up again: the sale {number} "
                "is recorded."
            ).format(number=self._last_number),
            Trouble.CANNOT_TELL: self.tr("The disk failed while saving and cannot be read now."),
            Trouble.TICKET_CHANGED: self.tr(
                "It was paid, parked or changed before this act. The ticket shown is the one "
                "that is saved."
            ),
            Trouble.CARD_NUMBER: self.tr(
                "Card numbers are never written down here. The act was not done."
            ),
        }[self.trouble]

    @property
    def is_money_safe(self) -> str:
        return {
            Trouble.NOTHING_RECORDED: self.tr(
                "Yes. The ticket is as it was before, and no payment was recorded."
            ),
            Trouble.LOOKED_UP: self.tr(
                "Yes. Everything on the screen is saved; there is no sale yet."
            ),
            Trouble.SALE_RECORDED: self.tr("Yes. The sale is saved once; do not charge it again."),
            Trouble.CANNOT_TELL: self.tr(
                "We do not know yet. Take no money and hand nothing over for this ticket."
            ),
            Trouble.TICKET_CHANGED: self.tr("Yes. Nothing was done twice."),
            Trouble.CARD_NUMBER: self.tr("Yes. Nothing of it was saved."),
        }[self.trouble]

    @property
    def what_to_do(self) -> str:
        return {
            Trouble.NOTHING_RECORDED: self.tr(
                "Take no money. Free some space on the disk or call for help, then try again: "
                "nothing is charged twice."
            ),
            Trouble.LOOKED_UP: self.tr("Look at the ticket and go on from there."),
            Trouble.SALE_RECORDED: self.tr(
                "Hand out the change and go on; the receipt can be printed from Receipts."
            ),
            Trouble.CANNOT_TELL: self.tr(
                "Start the till again: it will show the ticket as it was or the sale as recorded."
            ),
            Trouble.TICKET_CHANGED: self.tr("Look at the ticket and go on from there."),
            Trouble.CARD_NUMBER: self.tr("Write it again without the number."),
        }[self.trouble]

    @property
    def _last_number(self) -> str:
        sale = self._counter.last_sale
        return str(sale.number) if sale else ""

    def close(self) -> None:
        """Go on; a sale that turned out to be recorded goes to its change."""
        if self.trouble is Trouble.SALE_RECORDED:
            self._navigator.go(Screen.CHANGE)
        else:
            self._navigator.close(self)
