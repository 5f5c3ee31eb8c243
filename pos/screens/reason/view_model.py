"""Reasons to choose from before an act that is journalled with one."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from pos.domain.staff import StaffMember
from pos.screens import wording
from pos.screens.navigator import Navigator
from pos.screens.text_entry.view_model import TextEntryViewModel

OTHER = "other"


class ReasonViewModel(QObject):
    """The question for a reason of one act; `decided` carries the words that are recorded.

    `act` is `cancel`, `drawer`, `leave` (a line of an order) or `undo` (a handover).
    """

    changed = Signal()
    decided = Signal(str)

    refuses_scans = True

    def __init__(self, navigator: Navigator, act: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._navigator, self.act = navigator, act
        self.chosen = ""

    @property
    def title(self) -> str:
        return {
            "cancel": self.tr("Cancel the ticket"),
            "drawer": self.tr("Open the drawer without a sale"),
            "leave": self.tr("Why does it stay?"),
            "undo": self.tr("Take the handover back"),
        }[self.act]

    @property
    def explanation(self) -> str:
        return {
            "cancel": self.tr(
                "Nothing of it is sold; the journal keeps who cancelled it and why."
            ),
            "drawer": self.tr("The journal keeps who opened it and why."),
            "leave": self.tr("It goes back on sale; close this to say nothing."),
            "undo": self.tr("Take parcels and goods back first: the order is on its shelf again."),
        }[self.act]

    @property
    def confirm_word(self) -> str:
        return {
            "cancel": self.tr("Cancel ticket"),
            "drawer": self.tr("Open drawer"),
            "leave": self.tr("Leave it"),
            "undo": self.tr("Take it back"),
        }[self.act]

    @property
    def voids(self) -> bool:
        """True when the act takes something away."""
        return self.act in {"cancel", "undo"}

    @property
    def icon(self) -> str:
        return {"cancel": "trash", "drawer": "drawer", "leave": "return", "undo": "undo"}[self.act]

    @property
    def reasons(self) -> tuple[str, ...]:
        return {
            "cancel": (
                self.tr("The customer leaves"),
                self.tr("Begun by mistake"),
                self.tr("Practice"),
            ),
            "drawer": (
                self.tr("Give change"),
                self.tr("Check the cash"),
                self.tr("Wrong change given"),
            ),
            "leave": (
                self.tr("Not convinced"),
                self.tr("Does not fit"),
                self.tr("Damaged"),
            ),
            "undo": (
                self.tr("Wrong customer"),
                self.tr("Handed over by mistake"),
                self.tr("The customer came back at once"),
            ),
        }[self.act]

    def why_asked(self, operator: StaffMember) -> str:
        """Say why the operator has to ask for it."""
        return self.tr("{name} may not do it alone").format(name=wording.first_name(operator))

    def choose(self, reason: str) -> None:
        """Choose a reason, or go and write another."""
        if reason != OTHER:
            self.chosen = reason
            self.changed.emit()
            return
        entry = TextEntryViewModel(self._navigator, self.tr("Another reason"), "")
        entry.written.connect(self._take_written)
        self._navigator.open(entry)

    def confirm(self) -> None:
        """Go on with the chosen reason."""
        if self.chosen:
            self.decided.emit(self.chosen)

    def close(self) -> None:
        """Take the question back."""
        self._navigator.close(self)

    def _take_written(self, text: str) -> None:
        if text:
            self.chosen = text
            self.changed.emit()
