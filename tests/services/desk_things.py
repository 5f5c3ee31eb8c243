"""Items of the conflict desk as the hub tells them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pos.store.outbox import AgentStore


def told(item_id: str, kind: str = "ticket_resumed_twice", **changes: Any) -> dict[str, Any]:
    """Return an item as a page of the feed holds it."""
    side = {
        "shop": "FUEN",
        "till": "FUEN-2",
        "rows": [{"kind": "total", "text": "", "number": 54_90}],
    }
    item: dict[str, Any] = {
        "item_id": item_id,
        "kind": kind,
        "state": "open",
        "shop": "FUEN",
        "till": "FUEN-2",
        "subject": "Señora del abrigo",
        "money": 54_90,
        "currency": "EUR",
        "opened_at_ms": 1_789_999_000_000,
        "owner": "",
        "sides": [side],
        "resolutions": ["both_stand", "seen"],
        "resolution": "",
        "resolved_by": "",
        "resolved_at_ms": 0,
    }
    return {**item, **changes}


def tell(database: Path, key: bytes, items: Sequence[dict[str, Any]], *, cursor: int = 1) -> None:
    """Mirror items as the agent does."""
    agent = AgentStore(database, key=key)
    agent.apply_desk(items, cursor)
    agent.close()
