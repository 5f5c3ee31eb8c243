"""Figures of the orders of a shop, as the hub counts them from everything that happened."""

from __future__ import annotations

from pydantic import JsonValue, TypeAdapter

from pos.domain.pickup_figures import PickupFigures
from sync.wire.v1.base import Message, Ms

FIGURES: TypeAdapter[PickupFigures] = TypeAdapter(PickupFigures)


class PickupFiguresAnswer(Message):
    """`content` is `pos.domain.pickup_figures.PickupFigures` in JSON (`FIGURES`)."""

    hub_time_ms: Ms
    content: dict[str, JsonValue]
