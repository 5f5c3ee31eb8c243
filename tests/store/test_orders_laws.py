"""Whatever comes in whichever order: a till shows what the hub will, once it has heard it."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from hypothesis import example, given, settings
from hypothesis import strategies as st

from pos.domain.collection import Order, ShortReason
from pos.domain.collection_decisions import cancelled, expired, made_ready
from pos.domain.collection_events import (
    CancelAsked,
    CustomerArrived,
    Event,
    HandoverUndone,
    HoldExtended,
    LabelPrinted,
    LinePicked,
    LineShort,
    OrderPicked,
    OrderRestocked,
    OrderStaged,
    ParcelPlaced,
    PickingBegun,
    PickingLeft,
)
from pos.domain.collection_rules import Contradiction, applied
from pos.domain.journal import Fact
from pos.store.order_json import event_of
from pos.store.outbox import AgentStore
from pos.store.till_store import TillStore
from tests.builders import IDENTITY, KEY, MORNING_MS, till_store
from tests.order_builders import LUCIA, customer_order, handover, order_line
from tests.store.orders_kit import append, known, tell

OTHER = "FUEN-3"
ACTS = (
    "begin", "leave", "pick", "unpick", "short", "picked", "stage", "move shelf", "label",
    "arrive", "hand over", "undo", "extend", "restock", "ask to cancel",
)  # fmt: skip
DECISIONS = ("ready", "cancelled", "expired")
MOVES = st.one_of(
    st.tuples(st.just("here"), st.sampled_from(ACTS)),
    st.tuples(st.just("there"), st.sampled_from(ACTS)),
    st.tuples(st.just("hub"), st.sampled_from(DECISIONS)),
    st.tuples(st.just("sent"), st.just("")),
    st.tuples(st.just("told"), st.just("")),
)
FULFILLED = [("here", act) for act in ("begin", "pick", "pick", "picked", "stage")]


def event_for(act: str, order: Order) -> Event:
    """Return what a till that sees `order` tells of an act."""
    order_id = order.order_id
    events: dict[str, Event] = {
        "begin": PickingBegun(order_id, LUCIA),
        "leave": PickingLeft(order_id, LUCIA),
        "pick": LinePicked(order_id, LUCIA, 1, 1000),
        "unpick": LinePicked(order_id, LUCIA, 1, -1000),
        "short": LineShort(order_id, LUCIA, 1, 1000, ShortReason.DAMAGED),
        "picked": OrderPicked(order_id, LUCIA),
        "stage": OrderStaged(order_id, LUCIA, (ParcelPlaced(1, "B3"), ParcelPlaced(2, "B3"))),
        "move shelf": OrderStaged(order_id, LUCIA, (ParcelPlaced(1, "C1"),)),
        "label": LabelPrinted(order_id, LUCIA, 1, 2),
        "arrive": CustomerArrived(order_id, LUCIA),
        "hand over": handover(order),
        "undo": HandoverUndone(order_id, LUCIA, "op", "se arrepiente"),
        "extend": HoldExtended(order_id, LUCIA, MORNING_MS + 99),
        "restock": OrderRestocked(order_id, LUCIA),
        "ask to cancel": CancelAsked(order_id, LUCIA, "no lo quiere"),
    }
    return events[act]


def decided(order: Order, decision: str) -> Order:
    if decision == "ready":
        return made_ready(order, at_ms=MORNING_MS, hold_ms=1000)
    return cancelled(order, at_ms=MORNING_MS) if decision == "cancelled" else expired(order)


@dataclass
class Story:
    """A till, and a hub that hears its facts when they are sent and another till's at once."""

    store: TillStore
    agent: AgentStore
    at_hub: Order
    facts: list[Fact] = field(default_factory=list)
    sent: int = 0

    def go_on(self, who: str, what: str) -> None:
        """Make one move; one that is not possible now is passed over."""
        try:
            match who:
                case "here":
                    self.act_here(what)
                case "there":
                    event = event_for(what, self.at_hub)
                    self.at_hub = applied(self.at_hub, event, at_ms=MORNING_MS, till=OTHER)
                case "hub":
                    self.at_hub = decided(self.at_hub, what)
                case "sent":
                    self.send()
                case _:
                    self.tell()
        except Contradiction:
            return

    def act_here(self, what: str) -> None:
        """Do something at the till, kept and journalled in one act."""
        with self.store.transaction() as records:
            order = records.orders.get(self.at_hub.order_id)
            assert order is not None
            event = event_for(what, order)
            records.orders.save(applied(order, event, at_ms=MORNING_MS, till=IDENTITY.till))
            self.facts.append(append(records, event))

    def send(self) -> None:
        """Let the hub hear the next fact."""
        if self.sent == len(self.facts):
            return
        fact = self.facts[self.sent]
        self.sent += 1
        self.at_hub = applied(
            self.at_hub, event_of(fact), at_ms=fact.occurred_at_ms, till=IDENTITY.till
        )

    def tell(self) -> None:
        """Let the till hear how the order is at the hub."""
        tell(self.agent, self.at_hub, heard=(1, self.facts[self.sent - 1].seq if self.sent else 0))

    @property
    def shown(self) -> Order | None:
        return known(self.store, self.at_hub.order_id)


@contextmanager
def story() -> Iterator[Story]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder)
        with (
            closing(till_store(path)) as store,
            closing(AgentStore(path / "till.db", key=KEY)) as agent,
        ):
            told = Story(store, agent, customer_order(order_line(1, 2)))
            told.tell()
            yield told


@settings(max_examples=30, deadline=None)
@given(st.lists(MOVES, max_size=30))
@example([*FULFILLED, ("hub", "ready"), ("here", "hand over"), ("told", "")])
@example([*FULFILLED, *[("sent", "")] * 5, ("hub", "ready"), ("told", ""), ("here", "hand over")])
@example([("here", "pick"), ("here", "pick"), ("there", "pick"), ("told", "")])
@example([("here", "pick"), ("hub", "cancelled"), ("told", ""), ("sent", "")])
def test_once_the_hub_heard_all_a_till_shows_what_the_hub_has(
    moves: list[tuple[str, str]],
) -> None:
    with story() as told:
        for who, what in moves:
            told.go_on(who, what)
        while told.sent < len(told.facts):
            told.go_on("sent", "")
        told.tell()

        assert told.shown == told.at_hub


@settings(max_examples=30, deadline=None)
@given(st.lists(MOVES, max_size=30))
@example([*FULFILLED, ("sent", ""), ("there", "begin")])
def test_what_a_till_shows_is_what_the_hub_will_have_when_it_hears_the_rest(
    moves: list[tuple[str, str]],
) -> None:
    with story() as told:
        for who, what in moves:
            told.go_on(who, what)
        told.tell()
        shown = told.shown

        while told.sent < len(told.facts):
            told.go_on("sent", "")

        assert shown == told.at_hub
