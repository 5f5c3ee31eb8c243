"""Who signs in, how far the PIN is, and what the till was left with."""

from __future__ import annotations

import unicodedata

from PySide6.QtCore import QObject, QTimer, Signal

from pos.domain.scan import ScannedCode
from pos.domain.staff import PIN_MAX_DIGITS, StaffMember, is_pin
from pos.domain.ticket import TicketState
from pos.domain.till_session import TillSession
from pos.screens import standing_words, wording
from pos.screens.acting import attempt
from pos.screens.counter import Counter
from pos.screens.help.view_model import HelpViewModel
from pos.screens.navigator import Navigator, Screen
from pos.screens.ports import Sound
from pos.screens.readiness.view_model import ReadinessViewModel
from pos.screens.scan_refusal import badge_of, refuse_scan
from pos.services import sign_in
from pos.services.recover import Found
from pos.services.sign_in import PinAccepted, PinLocked, PinOutcome, PinWrong

SEATS = 8  # people shown without searching


class SignInViewModel(QObject):
    """The team, the chosen person, the PIN; `changed` follows all of it.

    Args:
        found: What the till was left with, for the line that says so.
    """

    changed = Signal()

    def __init__(
        self,
        counter: Counter,
        navigator: Navigator,
        found: Found | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._counter, self._navigator, self._found = counter, navigator, found
        self._team: tuple[StaffMember, ...] = ()
        self._session: TillSession | None = None
        self.person: StaffMember | None = None
        self.filter = ""
        self.is_searching = False
        self.message = ""
        self.is_busy = False
        self._pin = ""
        self._locked_until_ms = 0
        self._tick = QTimer(self)
        self._tick.setInterval(1000)
        self._tick.timeout.connect(self._count_down)
        self._last = ""
        self._remember_person()
        counter.sign_on_changed.connect(self._remember_person)
        counter.devices.link.staff_changed.connect(self._read_team)
        self.readiness = ReadinessViewModel(counter, self)
        counter.watch.changed.connect(self.changed)
        self._read_team()

    # -- what is shown

    @property
    def people(self) -> tuple[StaffMember, ...]:
        """Who is shown: the first ones, or those whose name holds what was typed."""
        wanted = _plain(self.filter)
        found = tuple(member for member in self._team if wanted in _plain(member.name))
        return found[:SEATS]

    @property
    def has_more(self) -> bool:
        """True when there are more people than seats."""
        return len(self._team) > SEATS

    @property
    def is_alone(self) -> bool:
        """True when nobody works here yet: the hub has not told of anybody."""
        return not self._team

    @property
    def pin_length(self) -> int:
        return len(self._pin)

    @property
    def is_locked(self) -> bool:
        return self._locked_until_ms > self._counter.station.clock.now_ms()

    @property
    def can_enter(self) -> bool:
        return self.person is not None and is_pin(self._pin) and not self.is_busy

    def shift_of(self, member: StaffMember) -> str:
        """Say that a person opened the shift that is open; empty for the others."""
        session = self._session
        if session is None or session.opened_by != member.staff_id:
            return ""
        time = wording.clock(session.opened_at_ms)
        return self.tr("Shift since {time}").format(time=time)

    @property
    def left_behind(self) -> tuple[str, str]:
        """What the till was left with: a ticket as it was, or the last sale; tone and words."""
        ticket = self._counter.ticket
        if ticket is not None:
            total = wording.money(ticket.basket.totals.total)
            count = self.tr("%n articles", "", ticket.basket.article_count)
            text = self.tr("The open ticket is as it was: {count}, {total}.")
            return "accent", text.format(count=count, total=total)
        sale = self._counter.last_sale
        if sale is None:
            return "", ""
        text = self.tr("No ticket is open. The last sale {number} is recorded: {total}, {time}.")
        return "plain", text.format(
            number=sale.number,
            total=wording.money(sale.total),
            time=wording.clock(sale.completed_at_ms),
        )

    @property
    def told(self) -> str:
        """The gravest thing to be known of the till itself; empty when there is nothing."""
        counter = self._counter
        now_ms = counter.station.clock.now_ms()
        told = standing_words.told(counter.watch, counter.station.till_number, now_ms)
        return told[0].sentence if told else self.readiness.sentence

    @property
    def unfinished(self) -> str:
        """What has no outcome yet, from before the till stopped; empty when nothing has."""
        if self._found is None:
            return ""
        parts = []
        if self._found.open_cards:
            parts.append(
                self.tr("%n card payments have no answer yet", "", len(self._found.open_cards))
            )
        if self._found.open_refunds:
            parts.append(
                self.tr("%n card refunds have no answer yet", "", len(self._found.open_refunds))
            )
        if self._found.prints:
            parts.append(self.tr("%n receipts wait to be printed", "", len(self._found.prints)))
        return " · ".join(parts)

    # -- verbs

    def entered(self) -> None:
        """Begin afresh; called whenever the screen is shown."""
        self._read_team()
        self._counter.watch.look()
        self.is_searching, self.filter = False, ""
        holder = self._session.opened_by if self._session else ""
        people = {member.staff_id: member for member in self._team}
        self._choose(people.get(self._last) or people.get(holder))

    def choose(self, staff_id: str) -> None:
        """Say who is there."""
        for member in self._team:
            if member.staff_id == staff_id:
                self.is_searching, self.filter = False, ""
                self._choose(member)

    def search(self) -> None:
        """Look for a person by name."""
        self.is_searching, self.filter = True, ""
        self.changed.emit()

    def write(self, text: str) -> None:
        """Take what was typed of a name."""
        self.filter = text
        self.changed.emit()

    def press(self, digit: str) -> None:
        """Take a digit of the PIN."""
        if self.person is None or self.is_busy or self.is_locked or not digit.isdigit():
            return
        if len(self._pin) < PIN_MAX_DIGITS:
            self._pin += digit
            self.message = ""
            self.changed.emit()

    def erase(self) -> None:
        """Take the last digit back."""
        self._pin = self._pin[:-1]
        self.changed.emit()

    def forget(self) -> None:
        """Do what Esc does: forget the digits, then the search."""
        self._pin, self.message = "", ""
        self.is_searching, self.filter = False, ""
        self.changed.emit()

    def enter(self) -> None:
        """Check the PIN off the interface thread."""
        person = self.person
        if person is None or not self.can_enter:
            return
        pin, self._pin, self.is_busy = self._pin, "", True
        self.changed.emit()
        station = self._counter.station
        self._counter.background.run(
            lambda: sign_in.check_pin(station, person.staff_id, pin), self._on_checked
        )

    def help(self) -> None:
        """Show the keys."""
        self._navigator.open(HelpViewModel(self._navigator))

    def scanned(self, code: ScannedCode) -> None:
        """Sign in by badge; any other code is refused."""
        badge = badge_of(self._counter, code)
        if badge is None or self.is_busy:
            self._say(refuse_scan(self._counter))
            return
        member = sign_in.badge_holder(self._counter.station, badge)
        if member is None:
            self._counter.devices.sounds.play(Sound.REFUSED)
            self._say(self.tr("Nobody here has this badge"))
        else:
            self._sign_on(member, "badge")

    # -- inside

    def _choose(self, member: StaffMember | None) -> None:
        self.person, self._pin, self.message = member, "", ""
        self._tick.stop()
        self._locked_until_ms = 0
        if member is not None:
            with self._counter.station.store.reading() as records:
                self._locked_until_ms = records.staff.lockout(member.staff_id).locked_until_ms
        if self.is_locked:
            self._tick.start()
            self._count_down()
        self.changed.emit()

    def _on_checked(self, outcome: PinOutcome) -> None:
        self.is_busy = False
        match outcome:
            case PinAccepted(member):
                self._sign_on(member, "pin")
            case PinWrong(tries_left):
                self._counter.devices.sounds.play(Sound.REFUSED)
                self._say(self.tr("Wrong PIN: %n tries left", "", tries_left))
            case PinLocked(until_ms):
                self._counter.devices.sounds.play(Sound.REFUSED)
                self._locked_until_ms = until_ms
                self._tick.start()
                self._count_down()

    def _sign_on(self, member: StaffMember, method: str) -> None:
        station = self._counter.station
        if self._session is None and self._counter.watch.has_ended:
            self._counter.devices.sounds.play(Sound.REFUSED)
            self._say(self.tr("This till is out of service: no other shift can be opened"))
            return
        signed_on = attempt(
            self._counter,
            self._navigator,
            lambda: sign_in.sign_on(station, member, method=method),
        )
        if signed_on is None:
            self.changed.emit()
            return
        self._counter.devices.sounds.play(Sound.ACCEPTED)
        self._found = None
        self._choose(None)
        self._counter.work_as(signed_on)
        ticket = self._counter.ticket
        if signed_on.session is None:
            self._navigator.go(Screen.OPEN_SHIFT)
        elif ticket is not None and ticket.state is TicketState.PAYING:
            self._navigator.go(Screen.PAYMENT)
        else:
            self._navigator.go(Screen.SALE)

    def _count_down(self) -> None:
        left_ms = self._locked_until_ms - self._counter.station.clock.now_ms()
        if left_ms <= 0:
            self._tick.stop()
            self._say("")
            return
        minutes, seconds = divmod(-(-left_ms // 1000), 60)
        time = f"{minutes}:{seconds:02d}"
        self._say(self.tr("Too many wrong PINs: wait {time}").format(time=time))

    def _say(self, message: str) -> None:
        self.message = message
        self.changed.emit()

    def _remember_person(self) -> None:
        if self._counter.signed_on is not None:
            self._last = self._counter.signed_on.operator.staff_id

    def _read_team(self) -> None:
        station = self._counter.station
        self._team = sign_in.team(station)
        with station.store.reading() as records:
            self._session = records.sessions.current()
        known = {member.staff_id: member for member in self._team}
        if self.person is not None:
            self.person = known.get(self.person.staff_id)
        self.changed.emit()


def _plain(text: str) -> str:
    """Return a name as it is compared: without accents and case."""
    decomposed = unicodedata.normalize("NFD", text)
    return "".join(sign for sign in decomposed if not unicodedata.combining(sign)).casefold()
