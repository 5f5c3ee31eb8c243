"""Asks the hub for the lines somebody goes to fetch, so that two people do not fetch the same."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from pos.domain.collection import Order
from pos.screens.counter import Counter
from pos.screens.ports import LinkState
from pos.services.hub_calls import HeldLine, HubAway, Lease


class Leasing(QObject):
    """`answered` follows the hub's word, or that it is away: then the till goes on alone."""

    answered = Signal()

    def __init__(self, counter: Counter, parent: QObject) -> None:
        super().__init__(parent)
        self._counter = counter
        self.is_asking = self.is_alone = False
        self.until_ms = 0  # by this till's clock
        self.held: dict[tuple[str, int], HeldLine] = {}

    def ask(self, orders: tuple[Order, ...]) -> None:
        """Ask for all that is to be fetched of these orders."""
        self.is_asking, self.is_alone, self.until_ms, self.held = True, False, 0, {}
        if self._counter.devices.link.status.state is LinkState.OFFLINE:
            self._answer(HubAway())
            return
        self._counter.devices.hub.lease(
            self._counter.sign_on.operator.staff_id,
            [order.order_id for order in orders],
            [(order.order_id, line.number) for order in orders for line in order.lines
             if line.to_pick],
            self._answer,
        )  # fmt: skip

    def give_back(self, order_ids: tuple[str, ...]) -> None:
        """Give the lines back; when that fails they run out by themselves."""
        if not self.is_alone and order_ids and self._counter.signed_on is not None:
            who = self._counter.sign_on.operator.staff_id
            self._counter.devices.hub.lease(who, list(order_ids), [], self._given_back)

    def holder(self, order_id: str, line: int) -> str:
        """Return who else fetches a line; empty for nobody."""
        held = self.held.get((order_id, line))
        if held is None:
            return ""
        people = self._counter.pickups.board.people
        return people.get(held.staff_id, held.till).split(" ")[0]

    def is_taken(self, order: Order) -> bool:
        """True when somebody else fetches all that is left of an order."""
        left = [line.number for line in order.lines if line.to_pick]
        return bool(left) and all((order.order_id, line) in self.held for line in left)

    def _answer(self, answer: Lease | HubAway) -> None:
        if not self.is_asking:
            return
        self.is_asking = False
        if isinstance(answer, HubAway):
            self.is_alone = True
        else:
            ahead = self._counter.devices.link.status.clock_offset_ms or 0
            self.until_ms = answer.until_ms - ahead
            self.held = {(one.order_id, one.line): one for one in answer.held}
        self.answered.emit()

    def _given_back(self, _answer: Lease | HubAway) -> None:
        """Nothing depends on it."""
