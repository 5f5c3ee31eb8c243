"""What came back pays for other goods: it goes to the ticket instead of being given back."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from pos.domain.return_ledger import MoreThanReturnable
from pos.domain.return_verdict import Why
from pos.domain.ticket import Ticket
from pos.screens.acting import attempt, or_as_recorded
from pos.screens.counter import Counter
from pos.screens.navigator import Navigator, Screen
from pos.screens.ports import Sound
from pos.services import exchange
from pos.services.exchange import AlreadyExchanging
from pos.services.record_return import PurchaseChanged
from pos.services.return_figures import Figures, Lacking, Permission
from pos.services.take_back import WHOLE, TakingBack
from pos.services.workstation import NoOpenSession, NotAllowed


def lacking(figures: Figures) -> Lacking | None:
    """Return what must be said before the goods can pay for others: not how money goes."""
    return None if figures.lacking is Lacking.NO_WAY else figures.lacking


def permissions(figures: Figures) -> tuple[Permission, ...]:
    """Return what somebody has to allow before: not how much cash leaves the drawer."""
    return tuple(
        one
        for one in figures.permissions
        if not (one.line == WHOLE and one.verdict.ground.why is Why.CASH_LIMIT)
    )


class InGoods(QObject):
    """Puts what came back to the ticket at the counter and shows that."""

    refused = Signal(str)
    changed_meanwhile = Signal(object)  # TakingBack: the purchase is to be looked at again

    def __init__(self, counter: Counter, navigator: Navigator, parent: QObject) -> None:
        super().__init__(parent)
        self._counter, self._navigator = counter, navigator

    @property
    def why_not(self) -> str:
        """Why nothing can pay for the ticket at the counter; empty when it can."""
        ticket = self._counter.ticket
        station = self._counter.station
        is_taken = ticket is not None and exchange.draft_of(station, ticket) is not None
        return self._taken if is_taken else ""

    def take(self, state: TakingBack, figures: Figures) -> Ticket | None:
        """Return the ticket with what came back; None when that was refused or not saved."""
        try:
            return attempt(self._counter, self._navigator, self._act(state, figures))
        except AlreadyExchanging:
            self.refused.emit(self._taken)
        except (MoreThanReturnable, PurchaseChanged):
            self.changed_meanwhile.emit(state)
        except NotAllowed:
            self.refused.emit(self.tr("The permission ran out: ask for it again"))
        except NoOpenSession:
            self.refused.emit(self.tr("Open a shift first: money goes out"))
        return None

    def _act(self, state: TakingBack, figures: Figures) -> Callable[[], Ticket]:
        """Return the act; when nobody can say whether it was kept, it is looked up."""
        sign_on, before = self._counter.sign_on, self._counter.ticket
        return lambda: or_as_recorded(
            lambda: exchange.attach(sign_on, state, figures, before),
            lambda: exchange.kept(sign_on.station, state.return_id),
        )

    @property
    def _taken(self) -> str:
        return self.tr("Other goods that came back are on the ticket already")

    def show(self, ticket: Ticket) -> None:
        """Go on selling with what came back."""
        self._counter.devices.sounds.play(Sound.ACCEPTED)
        self._counter.put(ticket)
        self._navigator.go(Screen.SALE)
