"""Orders, what happens to them, and handovers as JSON; what is read is checked by the domain."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from pos.domain.collection import Order
from pos.domain.collection_events import FACTS, Event, OrderHandedOver
from pos.domain.handover import HandoverDraft
from pos.domain.journal import Fact, Json, canonical_json

if TYPE_CHECKING:
    from pydantic import TypeAdapter


def order_to_json(order: Order) -> str:
    """Return an order as it is kept."""
    return _reader(Order).dump_json(order).decode()


def order_from_json(text: str) -> Order:
    """Return the order that was kept, or sent.

    Raises:
        ValueError: It is none.
    """
    order: Order = _reader(Order).validate_json(text, strict=True)
    return order


def event_of(fact: Fact) -> Event:
    """Return what a fact of an order says.

    Raises:
        ValueError: The body is not one of its kind.
    """
    kind: Any = FACTS[fact.kind]
    event: Event = _reader(kind).validate_json(fact.body_json, strict=True)
    return event


def handover_of(body: Json) -> OrderHandedOver:
    """Return the handover that the request for a card tells of.

    Raises:
        ValueError: It is none.
    """
    event: OrderHandedOver = _reader(OrderHandedOver).validate_json(
        canonical_json(body), strict=True
    )
    return event


def draft_to_json(draft: HandoverDraft) -> str:
    """Return a handover as it is kept."""
    return _reader(HandoverDraft).dump_json(draft).decode()


def draft_from_json(text: str) -> HandoverDraft:
    """Return the handover that was kept."""
    draft: HandoverDraft = _reader(HandoverDraft).validate_json(text, strict=True)
    return draft


@cache
def _reader(kind: Any) -> TypeAdapter[Any]:
    from pydantic import TypeAdapter  # costs a till that has no orders a third of a second

    return TypeAdapter(kind)
