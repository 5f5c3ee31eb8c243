"""Sale and return of an exchange go to the hub together: no lost till leaves half of it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

from pos.domain.journal import Fact, FactKind
from pos.domain.tender import TenderKind


def undivided(facts: Sequence[Fact]) -> list[Fact]:
    """Return the next facts to send without a sale at their end whose return comes after them.

    The sale goes with the next ones then; were it alone at the front, it goes as it is.
    """
    tail = list(takewhile(lambda fact: fact.kind is not FactKind.RETURN_COMPLETED, facts[::-1]))
    sale = next((fact for fact in tail if fact.kind is FactKind.SALE_COMPLETED), None)
    if sale is None or not _is_paid_by_goods(sale):
        return list(facts)
    return list(facts[: facts.index(sale)]) or list(facts)


def _is_paid_by_goods(sale: Fact) -> bool:
    tenders = sale.body.get("tenders")
    if not isinstance(tenders, list):
        return False
    kinds = (one.get("kind") for one in tenders if isinstance(one, dict))
    return TenderKind.EXCHANGE.value in kinds
