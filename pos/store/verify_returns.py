"""Holds every recorded return against its fact, and all of them against what was bought.

What was sold here comes back no more than once and for no more than was paid. A return that was
recorded without sight of the hub may contradict another: that is told on the desk and is no
fault of the file.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from pos.domain.exchange import first_paid, is_pair
from pos.domain.journal import FactKind
from pos.domain.money import Money
from pos.domain.return_content import UnreadableReturn, read_return
from pos.domain.return_ledger import Ledger, ledger_of
from pos.domain.return_purchase import NothingBought, purchase_of_sale
from pos.domain.return_trouble import returns_in_trouble, troubles_of
from pos.domain.returns import Return, ReturnFlag
from pos.domain.sale import Sale
from pos.store.returns import (
    DOCUMENT,
    REFUND,
    TAX,
    StoredReturns,
    document_row,
    refund_row,
    tax_rows,
)
from pos.store.sales import StoredSales
from pos.store.statements import Row, Statements, from_json
from pos.store.verify_reissues import recorded_states, reissue_violations

# The names are our own constants; every value is a parameter.
_DOCUMENTS = f"SELECT return_key, {', '.join(DOCUMENT)} FROM return_document ORDER BY return_key"  # noqa: S608
_PURCHASES = "SELECT purchase FROM return_purchase WHERE return_key = ? ORDER BY purchase"
_REFUNDS = (
    f"SELECT {', '.join(REFUND)} FROM return_refund"  # noqa: S608
    " WHERE return_key = ? ORDER BY position"
)
_TAXES = (
    f"SELECT {', '.join(TAX)} FROM return_tax"  # noqa: S608
    " WHERE return_key = ? ORDER BY basis_points DESC, name DESC"
)
_FACTS = "SELECT body_json FROM journal WHERE kind = ? ORDER BY entry"
_STATES = (
    "SELECT r.refund_id, d.return_id, r.state, r.paid_as FROM return_refund r"
    " JOIN return_document d ON d.return_key = r.return_key"
    " UNION ALL SELECT refund_id, return_id, state, paid_as FROM return_reissue"
)
_SOLD_HERE = (
    "SELECT DISTINCT p.purchase FROM return_purchase p"
    " JOIN sale s ON s.sale_id = p.purchase ORDER BY p.purchase"
)
# The id of the sale, and what goods that came back paid of it.
_GIVEN = (
    "SELECT s.sale_id, s.number, t.reference, t.amount, s.currency FROM sale s"
    " JOIN sale_tender t ON t.sale_key = s.sale_key WHERE t.kind = 'exchange'"
)


def return_violations(sql: Statements) -> Iterator[str]:
    """Yield what is wrong with the returns of this till."""
    known: dict[str, Return] = {}
    sound = True
    for message in _documents(sql, known):
        sound = False
        yield message
    yield from _states(sql, known)
    yield from reissue_violations(sql)
    if sound:
        yield from _purchases(sql)
        yield from _exchanges(sql, known)


def _documents(sql: Statements, known: dict[str, Return]) -> Iterator[str]:
    """Hold rows and facts against each other; `known` gets what the facts say, by id."""
    facts = iter(sql.stream(_FACTS, (FactKind.RETURN_COMPLETED.value,)))
    for key, *row in sql.rows(_DOCUMENTS):
        number, said = row[DOCUMENT.index("number")], next(facts, None)
        document = _read(said)
        if document is None or document.return_id != row[0]:
            yield f"return {number} (row {key}) has no fact in its place"
            return
        known[document.return_id] = document
        if said != (row[-1],) or _rows_of(document) != _rows(sql, key, row):
            yield f"return {number}: rows and fact differ"
    for extra in facts:
        document = _read(extra)
        yield f"the fact of return {document.number if document else '?'} has no rows"


def _read(fact: Row | None) -> Return | None:
    """Return what a fact says, None when it is missing, cannot be read or does not add up."""
    try:
        return None if fact is None else read_return(from_json(fact[0]))
    except (ValueError, UnreadableReturn):
        return None


def _rows(sql: Statements, key: int, row: list[Any]) -> tuple[object, ...]:
    return (
        tuple(row),
        [purchase for (purchase,) in sql.rows(_PURCHASES, (key,))],
        sql.rows(_REFUNDS, (key,)),
        sql.rows(_TAXES, (key,)),
    )


def _rows_of(document: Return) -> tuple[object, ...]:
    """Return the rows that a document must have."""
    return (
        document_row(document),
        sorted({one.reference for one in document.originals if one.reference}),
        [refund_row(place, refund) for place, refund in enumerate(document.refunds)],
        list(tax_rows(document)),
    )


def _states(sql: Statements, known: dict[str, Return]) -> Iterator[str]:
    """Hold the states of refunds to what was recorded of them last."""
    told: dict[tuple[str, str], tuple[str, str]] = {
        (document.return_id, refund.refund_id): (refund.state.value, "")
        for document in known.values()
        for refund in document.refunds
    }
    told |= {which: (state, "") for which, state in recorded_states(sql)}
    for (text,) in sql.stream(_FACTS, (FactKind.REFUND_RESOLVED.value,)):
        try:
            body: dict[str, Any] = from_json(text)
            which, state = (body["return_id"], body["refund_id"]), str(body["state"])
            before = told.get(which, ("", ""))[1]
            told[which] = (state, str(body["reference"] or before))
        except (ValueError, TypeError, LookupError):
            yield "a fact says nothing of the refund it is about"
    for refund_id, return_id, *stored in sql.rows(_STATES):
        said = told.get((return_id, refund_id))
        if said is not None and said != tuple(stored):
            name = known[return_id].number if return_id in known else return_id
            yield f"return {name}: refund {refund_id} is {stored[0]}, its facts say {said[0]}"


def _purchases(sql: Statements) -> Iterator[str]:
    """Hold what came back of each sale of this till to what was sold and paid."""
    sales, returns = StoredSales(sql), StoredReturns(sql)
    for (sale_id,) in sql.rows(_SOLD_HERE):
        sale = sales.get(sale_id)
        ledger = None if sale is None else _ledger(sale, returns)
        if sale is None or ledger is None:
            yield f"something came back of {sale_id}, of which nothing was sold"
            continue
        troubles = troubles_of(ledger)
        if troubles and not _was_offline(ledger, returns):
            words = ", ".join(sorted(one.value for one in troubles))
            yield f"sale {sale.number}: what came back of it cannot be: {words}"


def _ledger(sale: Sale, returns: StoredReturns) -> Ledger | None:
    try:
        purchase = purchase_of_sale(sale, exchanged=first_paid(sale, returns.get))
    except NothingBought:
        return None
    return ledger_of(purchase, returns.of_purchase(sale.sale_id))


def _exchanges(sql: Statements, known: Mapping[str, Return]) -> Iterator[str]:
    """Hold each return whose goods paid for a sale to that sale, and the other way round."""
    given: dict[str, list[tuple[str, Money]]] = defaultdict(list)
    numbers: dict[str, str] = {}
    for sale_id, number, reference, amount, currency in sql.rows(_GIVEN):
        given[sale_id].append((reference, Money(amount, currency)))
        numbers[sale_id] = number
    for document in known.values():
        if document.exchange_id:
            tendered = given.pop(document.exchange_id, [])
            if not is_pair(document, document.exchange_id, tendered):
                yield f"return {document.number} and the sale that it paid for differ"
    for sale_id in given:
        yield f"sale {numbers[sale_id]} is paid by a return that is not there"


def _was_offline(ledger: Ledger, returns: StoredReturns) -> bool:
    documents = (returns.get(one.return_id) for one in returns_in_trouble(ledger))
    return any(one is not None and ReturnFlag.OFFLINE in one.flags for one in documents)
