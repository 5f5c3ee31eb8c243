"""What a person at the till may do beside selling."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from pos.domain.readiness import missing
from pos.domain.staff import Act, Approval, Capability
from pos.domain.ticket import TicketState
from pos.screens.acting import attempt
from pos.screens.camera.view_model import CameraViewModel
from pos.screens.counter import Counter
from pos.screens.locking import change_person, lock, may_lock
from pos.screens.navigator import Navigator, Screen
from pos.screens.override.request import OverrideRequest, ask_permission
from pos.screens.preferences import Preferences
from pos.screens.reason.view_model import ReasonViewModel
from pos.screens.sale.coupons import give_back
from pos.services import sell


@dataclass(frozen=True, slots=True)
class MenuEntry:
    """One key of the menu; `off` is why it cannot be used."""

    id: str
    icon: str
    word: str
    second: str = ""
    cap: str = ""
    off: str = ""


class MenuViewModel(QObject):
    """The entries of the menu and what each does."""

    changed = Signal()

    def __init__(
        self,
        counter: Counter,
        navigator: Navigator,
        preferences: Preferences,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._counter, self._navigator, self._preferences = counter, navigator, preferences
        # A method, so that the connection ends with the panel; preferences outlive it.
        preferences.language_changed.connect(self._follow)
        preferences.theme_changed.connect(self._follow)
        preferences.sound_changed.connect(self._follow)

    @property
    def title(self) -> str:
        return self._counter.sign_on.operator.name

    @property
    def entries(self) -> tuple[MenuEntry, ...]:
        """The keys in reading order."""
        paying = "" if may_lock(self._counter) else self.tr("finish the payment first")
        shift = self._counter.sign_on.session
        no_shift = "" if shift else self.tr("no shift is open")
        busy = paying or no_shift
        ticket = self._counter.ticket
        left = self.tr("a ticket is open") if ticket else ""
        nothing = "" if ticket and ticket.state is TicketState.OPEN else self.tr("no open ticket")
        keeps = self.tr("the ticket stays") if ticket else ""
        return (
            MenuEntry("lock", "lock", self.tr("Lock"), keeps, "F12", off=paying),
            MenuEntry("person", "users", self.tr("Change person"), keeps, off=paying),
            MenuEntry("receipts", "printer", self.tr("Receipts"), off=busy),
            MenuEntry("cash", "coins", self.tr("Cash and shift"), off=busy),
            MenuEntry("close", "calendar", self.tr("Close shift"), off=busy or left),
            MenuEntry("cancel", "trash", self.tr("Cancel ticket"), off=paying or nothing),
            self._language_entry(),
            self._theme_entry(),
            self._sound_entry(),
            self._desk_entry(paying),
            MenuEntry("figures", "balance", self.tr("Pickups in figures"), off=paying),
            MenuEntry("sync", "swap", self.tr("Synchronisation"), self._ready, off=paying),
            *self._camera_entry(),
        )

    def press(self, entry: str) -> None:
        """Do what a key of the menu says."""
        go = {
            "receipts": Screen.RECEIPTS,
            "cash": Screen.CASH_OFFICE,
            "close": Screen.CLOSE_SHIFT,
            "desk": Screen.DESK,
            "sync": Screen.SYNC,
            "figures": Screen.FIGURES,
        }
        act = {
            "lock": lambda: lock(self._counter, self._navigator),
            "person": lambda: change_person(self._counter, self._navigator),
            "cancel": lambda: ask_to_cancel(self._counter, self._navigator),
            "language": lambda: self._preferences.speak(self._other_language),
            "theme": lambda: self._preferences.dress(self._other_theme),
            "sound": lambda: self._preferences.sound_on(not self._preferences.sound),
            "camera": self._open_camera,
        }
        if entry in go:
            self._navigator.go(go[entry], back=self._navigator.current)
        else:
            act[entry]()

    def _desk_entry(self, paying: str) -> MenuEntry:
        count = len(self._counter.watch.open_items)
        open_items = self.tr("%n open", "", count) if count else self.tr("nothing open")
        return MenuEntry("desk", "alert", self.tr("Conflict desk"), open_items, off=paying)

    @property
    def _ready(self) -> str:
        is_ready = not missing(self._counter.watch.checks)
        return self.tr("ready for an outage") if is_ready else self.tr("not ready for an outage")

    def _camera_entry(self) -> tuple[MenuEntry, ...]:
        if self._counter.devices.camera is None:
            return ()
        return (MenuEntry("camera", "scan", self.tr("Camera"), self.tr("what it sees")),)

    def _open_camera(self) -> None:
        self._navigator.close(self)
        self._navigator.open(CameraViewModel(self._navigator, self._counter.devices.camera))

    def close(self) -> None:
        """Go back to the screen."""
        self._navigator.close(self)

    def _follow(self, _chosen: object) -> None:
        self.changed.emit()

    @property
    def _other_language(self) -> str:
        return "en" if self._preferences.language == "es" else "es"

    @property
    def _other_theme(self) -> str:
        return "dark" if self._preferences.theme == "light" else "light"

    def _language_entry(self) -> MenuEntry:
        word = {"es": "Español", "en": "English"}[self._other_language]
        return MenuEntry("language", "web", word, self.tr("Language"))

    def _theme_entry(self) -> MenuEntry:
        dark = self._other_theme == "dark"
        word = self.tr("Dark") if dark else self.tr("Light")
        return MenuEntry("theme", "image", word, self.tr("Appearance"))

    def _sound_entry(self) -> MenuEntry:
        on = self._preferences.sound
        word = self.tr("Silence") if on else self.tr("Sound on")
        return MenuEntry("sound", "headset", word, self.tr("Sounds"))


def ask_to_cancel(counter: Counter, navigator: Navigator) -> None:
    """Ask why the ticket at the counter is cancelled, then cancel it."""
    panel = ReasonViewModel(navigator, "cancel")
    panel.decided.connect(lambda reason: _cancel(counter, navigator, panel, reason))
    navigator.open(panel)


def _cancel(counter: Counter, navigator: Navigator, panel: ReasonViewModel, reason: str) -> None:
    def cancel(approval: Approval | None) -> None:
        ticket = counter.ticket
        if ticket is None:
            return

        def act() -> bool:
            sell.cancel(counter.sign_on, ticket, reason=reason, approval=approval)
            return True

        if attempt(counter, navigator, act):
            counter.put(None)
            give_back(counter, ticket.basket.coupons)
            counter.held.release(ticket.basket.basket_id)
            counter.devices.link.nudge()
            navigator.go(Screen.SALE)

    ask_permission(
        counter,
        navigator,
        OverrideRequest(
            Act(Capability.CANCEL_TICKET),
            panel.title,
            panel.why_asked(counter.sign_on.operator),
            counter.ticket.basket.totals.total if counter.ticket else None,
            None,
            cancel,
            reason=reason,
        ),
    )
