"""How till and hub stand in full: the queue, the last problem, agreement, backups."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QObject, QTimer, Signal

from pos.domain.scan import ScannedCode
from pos.screens import standing_words, wording
from pos.screens.acting import attempt
from pos.screens.counter import Counter
from pos.screens.navigator import Navigator, Screen
from pos.screens.ports import LinkState, LinkStatus
from pos.screens.readiness.view_model import ReadinessLine, ReadinessViewModel
from pos.screens.scan_refusal import refuse_scan
from pos.screens.sync.wording import Problem, act, backup_trouble, problem, reason
from pos.services import desk

MOST_ASIDE = 3
ASKED_SHOWN_FOR_MS = 15_000


@dataclass(frozen=True, slots=True)
class State:
    """How the link stands: icon, words, age; `amber` unless all is well."""

    icon: str
    title: str
    second: str
    amber: bool


class SyncViewModel(QObject):
    """Follows the link and the watch; ages follow every second."""

    changed = Signal()

    def __init__(
        self, counter: Counter, navigator: Navigator, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._counter, self._navigator = counter, navigator
        self.readiness = ReadinessViewModel(counter, self)
        self._asked_at_ms = 0
        self._said = ""
        counter.devices.link.changed.connect(self._follow)
        counter.watch.changed.connect(self.changed)
        tick = QTimer(self)
        tick.setInterval(1000)
        tick.timeout.connect(self._tick)
        tick.start()

    # what is shown

    @property
    def state(self) -> State:
        """The light in full: what it says in the header, with its age."""
        status, now_ms = self._status, self._now_ms
        contact = status.last_contact_ms
        age = self.tr("last contact {age}").format(
            age=self.tr("never") if contact is None else wording.age(contact, now_ms)
        )
        if status.state is LinkState.ONLINE:
            return State("online", self.tr("Online"), age, False)
        if status.state is LinkState.DELAYED:
            return State("online", self.tr("Delayed"), age, True)
        if status.since_ms is None:
            return State("offline", self.tr("Offline"), age, True)
        title = self.tr("Offline since {time}")
        return State(
            "offline",
            title.format(time=wording.when(status.since_ms, now_ms)),
            f"{wording.age(status.since_ms, now_ms)} · {age}",
            True,
        )

    @property
    def notices(self) -> tuple[str, ...]:
        """What must be known of this till itself, in sentences."""
        watch, station = self._counter.watch, self._counter.station
        told = standing_words.told(watch, station.till_number, self._now_ms)
        return tuple(each.sentence for each in told)

    @property
    def lines(self) -> tuple[ReadinessLine, ...]:
        """The queue, agreement and backup, one line each."""
        return (self._queue(), self._agreement(), self._backup())

    @property
    def problem(self) -> Problem:
        """What went wrong last, and what to do; empty when nothing did or a notice says it."""
        if self._counter.watch.has_ended:
            return Problem("", "")
        if not self._status.has_agent:
            return Problem(
                self.tr("Sending has stopped."),
                self.tr("It is started again by itself; everything is saved here."),
            )
        return problem(self._status.message)

    @property
    def aside(self) -> tuple[ReadinessLine, ...]:
        """What could not be sent, and why; the first few."""
        now_ms = self._now_ms
        return tuple(
            ReadinessLine(
                "alert",
                reason(each.reason),
                f"{act(each.kind)} · {wording.when(each.at_ms, now_ms)}",
                amber=True,
            )
            for each in self._counter.watch.aside[:MOST_ASIDE]
        )

    @property
    def aside_count(self) -> int:
        return len(self._counter.watch.aside)

    @property
    def why_not_send(self) -> str:
        """Who may send again, for somebody who may not."""
        signed_on = self._counter.signed_on
        able = desk.deciders(self._counter.station)
        if signed_on is None or any(w.staff_id == signed_on.operator.staff_id for w in able):
            return ""
        return self.tr("a shift lead decides")

    @property
    def said(self) -> str:
        """What became of the last key, for a little while."""
        if not self._said or self._now_ms - self._asked_at_ms > ASKED_SHOWN_FOR_MS:
            return ""
        return self._said

    @property
    def open_items(self) -> int:
        return len(self._counter.watch.open_items)

    # what is done

    def entered(self) -> None:
        """Look again; called whenever the page is shown."""
        if self._counter.signed_on is None:
            self._navigator.go(Screen.SIGN_IN)
            return
        self._said = ""
        self._counter.watch.look()

    def try_now(self) -> None:
        """Have the agent try now."""
        if not self._status.has_agent:
            self._say(self.tr("Sending has stopped; it is started again by itself"))
            return
        self._counter.devices.link.nudge()
        self._say(self.tr("Trying now"))

    def send_again(self) -> None:
        """Queue once more what was set aside."""
        if self.why_not_send or not self.aside_count:
            return
        count = attempt(
            self._counter, self._navigator, lambda: desk.send_again(self._counter.sign_on)
        )
        if count is not None:
            self._counter.devices.link.nudge()
            self._counter.watch.look()
            self._say(self.tr("%n acts are queued again", "", count))

    def open_desk(self) -> None:
        """Go to the conflict desk."""
        self._navigator.go(Screen.DESK, back=Screen.SYNC)

    def back(self) -> None:
        """Go back to where the cashier came from."""
        came_from = self._navigator.arguments.get("back")
        self._navigator.go(came_from if isinstance(came_from, Screen) else Screen.SALE)

    def scanned(self, _code: ScannedCode) -> None:
        """Take no scan here."""
        self._say(refuse_scan(self._counter))

    # how

    def _queue(self) -> ReadinessLine:
        status = self._status
        if not status.queued:
            return ReadinessLine("check", self.tr("Everything has been sent"), "")
        title = self.tr("%n acts wait to be sent", "", status.queued)
        old = ""
        if status.oldest_ms is not None:
            age = wording.age(status.oldest_ms, self._now_ms)
            old = self.tr("the oldest is of {age}").format(age=age)
        return ReadinessLine("clock", title, old, self._status.state is not LinkState.ONLINE)

    def _agreement(self) -> ReadinessLine:
        digest = self._status.digest
        if digest is None:
            title = self.tr("Not compared with the centre yet")
            return ReadinessLine("info", title, self.tr("it is done after everything was sent"))
        if digest.differing:
            days = ", ".join(_day(each) for each in digest.differing)
            title = self.tr("Differs from the centre: {days}").format(days=days)
            more = self.tr("the days are sent again; look at the conflict desk")
            return ReadinessLine("alert", title, more, amber=True)
        title = self.tr("Agrees with the centre")
        if digest.agreed_through:
            title = self.tr("Agrees with the centre through {day}").format(
                day=_day(digest.agreed_through)
            )
        age = wording.age(digest.at_ms, self._now_ms)
        return ReadinessLine("check", title, self.tr("compared {age}").format(age=age))

    def _backup(self) -> ReadinessLine:
        backup, trouble = self._counter.watch.facts.backup, self._status.backup_trouble
        failed = backup_trouble(trouble)
        if backup is None:
            return ReadinessLine("alert", self.tr("No backup yet"), failed, amber=True)
        age = wording.age(backup.at_ms, self._now_ms)
        title = self.tr("Last backup {age}").format(age=age)
        if failed:
            why = self.tr("the next one failed: {why}").format(why=failed)
            return ReadinessLine("alert", title, why, amber=True)
        checked = self.tr("read back and found whole")
        return ReadinessLine("disk", title, checked if backup.is_verified else "")

    def _say(self, text: str) -> None:
        self._said, self._asked_at_ms = text, self._now_ms
        self.changed.emit()

    def _follow(self, _status: LinkStatus) -> None:
        self.changed.emit()

    def _tick(self) -> None:
        """Let the ages follow while somebody looks."""
        if self._navigator.current is Screen.SYNC:
            self.changed.emit()

    @property
    def _status(self) -> LinkStatus:
        return self._counter.devices.link.status

    @property
    def _now_ms(self) -> int:
        return self._counter.station.clock.now_ms()


def _day(iso: str) -> str:
    try:
        return wording.date_in_figures(date.fromisoformat(iso))
    except ValueError:
        return iso
