"""What facts about what customers said do at the hub."""

from __future__ import annotations

from collections.abc import Mapping

from sync.hub.intake.effects import Effects, Origin, Reader
from sync.hub.tables_notes import product_note
from sync.wire.v1.notes import ProductNoted
from sync.wire.v1.push import Op


def _noted(op: Op, body: str, origin: Origin, effects: Effects) -> str:
    said = ProductNoted.model_validate_json(body)
    effects.insert(
        product_note,
        op.op_id,
        origin.shop,
        origin.till,
        said.kind.value,
        said.sku,
        said.name,
        said.text,
        op.occurred_at_ms,
    )
    return ""


READERS: Mapping[str, Reader] = {"product.noted": _noted}
