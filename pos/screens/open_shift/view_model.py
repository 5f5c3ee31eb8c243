"""The float, the business day, and the shift that begins with them."""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtCore import QObject, Signal

from pos.domain.cash import Denomination
from pos.domain.money import Money
from pos.domain.till_session import CashCount
from pos.screens import wording
from pos.screens.acting import attempt
from pos.screens.counter import Counter
from pos.screens.locking import change_person
from pos.screens.navigator import Navigator, Screen
from pos.screens.ports import Sound
from pos.screens.scan_refusal import refuse_scan
from pos.services import till_session
from pos.services.till_session import SessionAlreadyOpen, TillEnded


class OpenShiftViewModel(QObject):
    """What was counted so far; `changed` follows it, the shift opens on `confirm`."""

    changed = Signal()
    cleared = Signal()

    def __init__(
        self, counter: Counter, navigator: Navigator, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._counter, self._navigator = counter, navigator
        self._pieces: dict[int, int] = {}
        self._days = 0
        self.message = ""

    @property
    def denominations(self) -> tuple[Denomination, ...]:
        return self._counter.station.denominations

    @property
    def currency(self) -> str:
        return self._counter.station.currency

    @property
    def subtitle(self) -> str:
        signed_on = self._counter.signed_on
        name = signed_on.operator.name if signed_on else ""
        till = self.tr("Till {number}").format(number=self._counter.station.till_number)
        return f"{name} · {till}"

    @property
    def total(self) -> Money:
        return CashCount(self.currency, self._pieces).total

    @property
    def notes(self) -> Money:
        return self._sum_of(is_note=True)

    @property
    def coins(self) -> Money:
        return self._sum_of(is_note=False)

    @property
    def business_day(self) -> date:
        """The accounting date of the shift: today unless somebody said otherwise."""
        today = wording.moment(self._counter.station.clock.now_ms()).date()
        return today + timedelta(days=self._days)

    @property
    def day_words(self) -> tuple[str, str]:
        """The business day, and how it stands to today."""
        near = {
            -1: self.tr("yesterday"),
            0: self.tr("today"),
            1: self.tr("tomorrow"),
        }[self._days]
        return wording.date_in_figures(self.business_day), near

    @property
    def can_go_back(self) -> bool:
        return self._days > -1

    @property
    def can_go_on(self) -> bool:
        return self._days < 1

    def entered(self) -> None:
        """Begin afresh, or go on when a shift is open already."""
        signed_on = self._counter.signed_on
        if signed_on is None:
            self._navigator.go(Screen.SIGN_IN)
            return
        if signed_on.session is not None:
            self._navigator.go(Screen.SALE)
            return
        self._pieces, self._days, self.message = {}, 0, ""
        self.cleared.emit()
        self.changed.emit()

    def count(self, minor: int, pieces: int | None) -> None:
        """Take how many pieces of a denomination there are."""
        self._pieces.pop(minor, None)
        if pieces:
            self._pieces[minor] = pieces
        self.changed.emit()

    def shift_day(self, days: int) -> None:
        """Move the business day, at most one day away from today."""
        self._days = min(max(self._days + days, -1), 1)
        self.changed.emit()

    def confirm(self) -> None:
        """Open the shift; a float of nothing is possible."""
        opening = CashCount(self.currency, dict(self._pieces))
        day, sign_on = self.business_day.isoformat(), self._counter.sign_on
        try:
            opened = attempt(
                self._counter,
                self._navigator,
                lambda: till_session.open_session(sign_on, opening, business_day=day),
            )
        except SessionAlreadyOpen:
            with self._counter.station.store.reading() as records:
                opened = sign_on.in_session(records.sessions.current())
        except TillEnded:
            opened = None
            self._counter.devices.sounds.play(Sound.REFUSED)
            self.message = self.tr("This till is out of service: no other shift can be opened")
            self.changed.emit()
        if opened is not None:
            self._counter.devices.sounds.play(Sound.ACCEPTED)
            self._counter.work_as(opened)
            self._navigator.go(Screen.SALE)

    def leave(self) -> None:
        """Let somebody else sign in."""
        change_person(self._counter, self._navigator)

    def scanned(self, _code: object) -> None:
        """Refuse scans: there is no shift to sell in yet."""
        refuse_scan(self._counter)
        self.message = self.tr("Open the shift first")
        self.changed.emit()

    def _sum_of(self, *, is_note: bool) -> Money:
        kind = {d.minor for d in self.denominations if d.is_note is is_note}
        counted = {minor: count for minor, count in self._pieces.items() if minor in kind}
        return CashCount(self.currency, counted).total
