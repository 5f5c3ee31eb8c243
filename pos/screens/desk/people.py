"""Who looks after an item: the people who may decide, for one to be chosen."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from pos.domain.staff import StaffMember
from pos.screens.navigator import Navigator


class PeopleViewModel(QObject):
    """Asks who; `chosen` carries the person."""

    changed = Signal()
    chosen = Signal(object)  # StaffMember

    refuses_scans = True

    def __init__(
        self,
        navigator: Navigator,
        people: tuple[StaffMember, ...],
        now: str,
        parent: QObject | None = None,
    ) -> None:
        """Offer `people`; `now` is the staff id of who looks after it."""
        super().__init__(parent)
        self._navigator, self.people, self.now = navigator, people, now

    def choose(self, position: int) -> None:
        """Take the person at a position."""
        if 0 <= position < len(self.people):
            person = self.people[position]
            self._navigator.close(self)
            self.chosen.emit(person)

    def close(self) -> None:
        """Leave it with whoever has it."""
        self._navigator.close(self)
