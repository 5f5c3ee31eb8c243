"""Asks the terminal for refunds to cards until each has an answer: at once, and when the till
starts, somebody signs in, or the link is back.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from pos.domain.card_refund import CardRefund, RefundAnswer
from pos.domain.errors import OutcomeOfCommitUnknown, StoreUnavailable
from pos.domain.returns import Return
from pos.screens.ports import CardTerminal, Link, LinkState, LinkStatus
from pos.services import refund_card
from pos.services.hub_calls import FoundPurchases, HubAway, HubCalls
from pos.services.refund_card import RefundStep
from pos.services.workstation import SignOn, Workstation

LOOK_EVERY_MS = 30_000


class RefundWatch(QObject):
    """One refund at a time is at the terminal; `stepped` says what came of it.

    Nothing is asked while nobody works here: what is recorded names who did.
    """

    stepped = Signal(object)  # RefundStep
    asks = Signal()  # the terminal is asked for another one

    def __init__(
        self,
        station: Workstation,
        terminal: CardTerminal,
        link: Link,
        hub: HubCalls,
        signed_on: Callable[[], SignOn | None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._station, self._terminal, self._link, self._hub = station, terminal, link, hub
        self._signed_on = signed_on
        self._new: deque[CardRefund] = deque()
        self._round: deque[CardRefund] = deque()
        self._link_state = link.status.state
        self.asking: CardRefund | None = None
        link.changed.connect(self._follow)
        timer = QTimer(self)
        timer.setInterval(LOOK_EVERY_MS)
        timer.timeout.connect(self.look)
        timer.start()

    @property
    def is_online(self) -> bool:
        """True while the hub is seen."""
        return self._link.status.state is not LinkState.OFFLINE

    def begin(self, document: Return, *, is_isolated: bool = False) -> None:
        """Ask for the refunds of a return that was just recorded."""
        self.ask_for(refund_card.to_ask(document, is_isolated=is_isolated))

    def ask_for(self, refunds: Iterable[CardRefund]) -> None:
        """Ask for refunds that were just recorded."""
        self._new.extend(refunds)
        self._next()

    def look(self) -> None:
        """Look for refunds without an answer and find out about each of them, once."""
        if self.asking is not None or self._signed_on() is None:
            return
        try:
            self._round = deque(refund_card.left_open(self._station))
        except (StoreUnavailable, OutcomeOfCommitUnknown):
            return
        self._next()

    def _follow(self, status: LinkStatus) -> None:
        before, self._link_state = self._link_state, status.state
        if before is LinkState.OFFLINE and self.is_online:
            self.look()

    def _next(self) -> None:
        """Ask for the next one; what is new comes before what was left."""
        while self.asking is None and self._signed_on() is not None:
            if self._new:
                asked = self.asking = self._new.popleft()
                self.asks.emit()
                self._terminal.pay_back(asked, partial(self._answered, asked))
            elif self._round:
                self._find_out(self._round.popleft())
            else:
                return

    def _find_out(self, asked: CardRefund) -> None:
        if not asked.was_isolated:
            self._ask(asked)
        elif self.is_online:
            self.asking = asked
            found = partial(self._purchase_found, asked)
            self._hub.find_purchases(asked.refund.purchase, "", found)

    def _ask(self, asked: CardRefund) -> None:
        self.asking = asked
        self.asks.emit()
        self._terminal.find_out(asked, partial(self._answered, asked))

    def _purchase_found(self, asked: CardRefund, said: FoundPurchases | HubAway) -> None:
        """Ask for what was promised without the hub, unless another paid it back meanwhile."""
        found = said.purchases if isinstance(said, FoundPurchases) else ()
        if any(refund_card.may_go_back(self._station, asked, one.ledger) for one in found):
            self._ask(asked)
            return
        self.asking = None
        self._next()

    def _answered(self, asked: CardRefund, answer: RefundAnswer) -> None:
        self.asking = None
        step = self._settled(asked, answer)
        if step is not None:
            self._link.nudge()
            self.stepped.emit(step)
        self._next()

    def _settled(self, asked: CardRefund, answer: RefundAnswer) -> RefundStep | None:
        """Record an answer; where that fails the refund is open still, and asked about again."""
        sign_on = self._signed_on()
        if sign_on is None:
            return None
        try:
            return refund_card.settle(sign_on, asked, answer)
        except (StoreUnavailable, OutcomeOfCommitUnknown):
            return None
