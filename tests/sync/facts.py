"""A till's journal for tests: facts in sequence, chained as a till chains them."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence
from typing import Any

from pos.domain.journal import Body, ChainHead, Fact, FactKind, next_fact

T0 = 1_790_000_000_000  # 2026-09-21
DAY = "2026-09-21"


class TillJournal:
    """Makes facts of one till."""

    def __init__(
        self, till: str = "FUEN-1", epoch: int = 1, ids: Callable[[], str] | None = None
    ) -> None:
        self.till = till
        self.epoch = epoch
        self.facts: list[Fact] = []
        self.clock_ms = T0  # a second passes with every fact
        self._ids = 0
        self._id_source = ids

    @property
    def head(self) -> ChainHead:
        last = self.facts[-1] if self.facts else None
        return ChainHead(last.seq, last.hash) if last else ChainHead()

    def new_id(self) -> str:
        """Return an id, the same in every run unless the journal was given a source of ids."""
        if self._id_source is not None:
            return self._id_source()
        self._ids += 1
        return str(uuid.uuid5(uuid.NAMESPACE_URL, f"{self.till}/{self.epoch}/{self._ids}"))

    def append(self, kind: FactKind, body: Body, *, op_id: str | None = None) -> Fact:
        """Chain a fact."""
        fact = next_fact(
            self.head,
            till=self.till,
            epoch=self.epoch,
            op_id=op_id or self.new_id(),
            kind=kind,
            occurred_at_ms=self.clock_ms + self.head.seq * 1000,
            body=body,
        )
        self.facts.append(fact)
        return fact

    def open_session(self, session_id: str = "shift-1") -> Fact:
        """Open a shift with a float of 150.00."""
        return self.append(
            FactKind.SESSION_OPENED,
            {
                "session_id": session_id,
                "number": 1,
                "business_day": DAY,
                "staff_id": "ana",
                "currency": "EUR",
                "float": [[50_00, 3]],
                "float_total": 150_00,
            },
        )

    def sell(
        self, lines: Sequence[tuple[str, int]] = (("8410000000016", 2_50),), **body: Any
    ) -> Fact:
        """Sell one piece of each SKU at its price, paid in cash."""
        return self.append(FactKind.SALE_COMPLETED, sale(self, lines, **body))


def sale(journal: TillJournal, lines: Sequence[tuple[str, int]], **changed: Any) -> dict[str, Any]:
    """Return the body of a sale as `pos.domain.sale.sale_body` writes it."""
    total = sum(price for _, price in lines)
    number = sum(fact.kind is FactKind.SALE_COMPLETED for fact in journal.facts) + 1
    body: dict[str, Any] = {
        "sale_id": journal.new_id(),
        "number": f"1-{number:06d}",
        "series": "1",
        "sequence": number,
        "shop": "FUEN",
        "session_id": "shift-1",
        "staff_id": "ana",
        "currency": "EUR",
        "opened_at_ms": T0,
        "completed_at_ms": T0 + 1000,
        "total": total,
        "lines": [
            {
                "number": position, "sku": sku, "gtin": None, "name": f"Producto {sku}",
                "quantity": 1000, "unit": "ea", "unit_price": price, "list_price": price,
                "gross": price, "discount": 0, "ticket_discount": 0, "net": price,
                "tax_basis_points": 2100, "entry": "scanned", "note": "", "discount_reason": "",
                "override_reason": "", "approved_by": "", "void": False,
            }
            for position, (sku, price) in enumerate(lines, start=1)
        ],
        "tax": [],
        "tenders": [
            {"kind": "cash", "amount": total, "tendered": total, "reference": "",
             "authorisation": "", "verified": True}
        ],
        "fiscal": {"module": "none", "legend": [], "qr": ""},
        "ticket_discount_reason": "",
        "source": "",
    }  # fmt: skip
    return {**body, **changed}


def wire_op(fact: Fact) -> dict[str, Any]:
    """Return a fact as it goes over the wire."""
    return {
        "op_id": fact.op_id,
        "seq": fact.seq,
        "kind": fact.kind.value,
        "occurred_at_ms": fact.occurred_at_ms,
        "body_json": fact.body_json,
        "prev_hash": fact.prev_hash,
        "hash": fact.hash,
        "signature": fact.signature,
    }


def push_of(facts: Sequence[Fact]) -> dict[str, Any]:
    """Return the request that pushes these facts."""
    return {
        "epoch": facts[0].epoch,
        "from_seq": facts[0].seq,
        "ops": [wire_op(fact) for fact in facts],
    }
