"""Recorded returns: rows that are never changed, beside them how their refunds stand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from pos.domain.journal import canonical_json
from pos.domain.money import Money
from pos.domain.refund import RefundState
from pos.domain.reissue import Reissue
from pos.domain.return_content import read_return, return_body
from pos.domain.return_ledger import Returned
from pos.domain.return_purchase import Means
from pos.domain.returns import Refund, Return, ReturnFlag, returned_parts
from pos.store.reissues import StoredReissues
from pos.store.statements import Row, Statements, from_json, insert_into, to_json

DOCUMENT = (
    "return_id", "number", "series", "sequence", "session_id", "staff_id", "currency",
    "completed_at_ms", "total", "exchange_id", "source", "flags", "body_json",
)  # fmt: skip
REFUND = (
    "refund_id", "position", "purchase", "means", "amount", "reference", "label",
    "origin_means", "origin_reference",
)  # fmt: skip
TAX = ("basis_points", "name", "gross", "base", "tax")

_INSERT_DOCUMENT = insert_into("return_document", DOCUMENT)
_INSERT_PURCHASE = insert_into("return_purchase", ("return_key", "purchase"))
_INSERT_REFUND = insert_into("return_refund", ("return_key", *REFUND, "state"))
_INSERT_TAX = insert_into("return_tax", ("return_key", *TAX))
_ADD_TO_TOTAL = (
    "INSERT INTO return_total (series, returns, total) VALUES (?, 1, ?)"
    " ON CONFLICT (series) DO UPDATE SET returns = returns + 1, total = total + excluded.total"
)
_SELECT = "SELECT return_key, body_json FROM return_document"
_STATES = (
    "SELECT return_key, refund_id, state FROM return_refund"
    " WHERE return_key IN (SELECT value FROM json_each(?))"
)
_OF_PURCHASE = (
    "WHERE return_key IN (SELECT return_key FROM return_purchase WHERE purchase = ?)"
    " ORDER BY return_key"
)
_OPEN = (
    "SELECT d.return_id, d.currency, r.refund_id, r.purchase, r.means, r.amount, r.reference,"
    " r.label, r.state, r.origin_means, r.origin_reference"
    " FROM return_refund r JOIN return_document d ON d.return_key = r.return_key"
    " WHERE r.means = 'card' AND r.state IN ('requested', 'unknown')"
    " ORDER BY r.return_key, r.position"
)
_FLAGGED = (
    "SELECT coalesce(sum(total), 0) FROM return_document WHERE completed_at_ms >= ?"
    " AND EXISTS (SELECT 1 FROM json_each(flags) WHERE value = ?)"
)
_SAVE_REFUND = (
    "UPDATE return_refund SET state = ?, paid_as = CASE ? WHEN '' THEN paid_as ELSE ? END"
    " WHERE refund_id = ? AND return_key ="
    " (SELECT return_key FROM return_document WHERE return_id = ?)"
)


class StoredReturns:
    """`ports.Returns` on the tables return_document, return_purchase, _refund and _tax."""

    def __init__(self, statements: Statements) -> None:
        self._sql = statements
        self.reissues = StoredReissues(statements)

    def add(self, document: Return) -> None:
        """Store a return and add it to the perpetual total of its series.

        Raises:
            ValueError: A return of that id is stored.
        """
        known = "SELECT 1 FROM return_document WHERE return_id = ?"
        if self._sql.one(known, (document.return_id,)) is not None:
            raise ValueError(f"return {document.return_id} is stored")
        key = self._sql.insert(_INSERT_DOCUMENT, document_row(document))
        purchases = {one.reference: None for one in document.originals if one.reference}
        self._sql.run_many(_INSERT_PURCHASE, ((key, purchase) for purchase in purchases))
        self._sql.run_many(
            _INSERT_REFUND,
            (
                (key, *refund_row(place, refund), refund.state.value)
                for place, refund in enumerate(document.refunds)
            ),
        )
        self._sql.run_many(_INSERT_TAX, ((key, *row) for row in tax_rows(document)))
        self._sql.run(_ADD_TO_TOTAL, (document.number.series, document.total.minor))

    def get(self, return_id: str) -> Return | None:
        """Return a document by its id, with its refunds in their present states."""
        return self._first("WHERE return_id = ?", return_id)

    def by_number(self, number: str) -> Return | None:
        """Return a document by its number as printed."""
        return self._first("WHERE number = ?", number)

    def by_source(self, source: str) -> Return | None:
        """Return the document recorded from another system's record."""
        return self._first("WHERE source = ? AND source <> ''", source)

    def recent(self, limit: int, *, before_ms: int | None = None) -> tuple[Return, ...]:
        """Return the latest returns, newest first; with `before_ms` (UTC) those before it."""
        earlier = "" if before_ms is None else "WHERE completed_at_ms < ?"
        parameters = (limit,) if before_ms is None else (before_ms, limit)
        return self._whole(
            f"{earlier} ORDER BY completed_at_ms DESC, return_key DESC LIMIT ?", parameters
        )

    def of_purchase(self, reference: str) -> tuple[Returned, ...]:
        """Return what this till took back of a purchase, in the order it came."""
        return tuple(
            part
            for document in self._whole(_OF_PURCHASE, (reference,))
            for part in returned_parts(document)
            if part.purchase == reference
        )

    def save_refund(
        self, return_id: str, refund_id: str, state: RefundState, reference: str = ""
    ) -> None:
        """Keep what became of a refund; `reference` is whoever paid it knows it by.

        Raises:
            LookupError: There is no such refund.
        """
        parameters = (state.value, reference, reference, refund_id, return_id)
        is_ours = self._sql.run(_SAVE_REFUND, parameters)
        if not is_ours and not self.reissues.save_state(return_id, refund_id, state, reference):
            raise LookupError(f"refund {refund_id} of return {return_id}")

    def open_refunds(self) -> tuple[tuple[str, Refund], ...]:
        """Return (return id, refund) of those to a card without an answer, the oldest first."""
        again = self.reissues.open_to_cards()
        return (
            *((row[0], _refund(row[1:])) for row in self._sql.rows(_OPEN)),
            *((one.return_id, one.refund) for one in again),
        )

    def flagged_since(self, flag: ReturnFlag, at_ms: int) -> int:
        """Return what the returns with a flag come to since a moment (UTC ms), minor units.

        What was paid again without sight of the hub is among what was returned so.
        """
        (total,) = self._sql.rows(_FLAGGED, (at_ms, flag.value))[0]
        again = self.reissues.isolated_since(at_ms) if flag is ReturnFlag.OFFLINE else 0
        return int(total) + again

    def _first(self, condition: str, value: str) -> Return | None:
        found = self._whole(condition, (value,))
        return found[0] if found else None

    def _whole(self, condition: str, parameters: Sequence[object]) -> tuple[Return, ...]:
        """Return documents with their refunds as they are by now, in three questions."""
        rows = self._sql.rows(f"{_SELECT} {condition}", parameters)
        states: dict[int, dict[str, str]] = defaultdict(dict)
        for key, refund_id, state in self._sql.rows(_STATES, (to_json([row[0] for row in rows]),)):
            states[key][refund_id] = state
        documents = [read_return(from_json(body)) for _, body in rows]
        again = self.reissues.by_return(one.return_id for one in documents)
        return tuple(
            _present(document, states[row[0]], again.get(document.return_id, ()))
            for row, document in zip(rows, documents, strict=True)
        )


def document_row(document: Return) -> tuple[object, ...]:
    """Return the columns `DOCUMENT` of a return."""
    return (
        document.return_id,
        str(document.number),
        document.number.series,
        document.number.sequence,
        document.session_id,
        document.staff_id,
        document.currency,
        document.completed_at_ms,
        document.total.minor,
        document.exchange_id,
        document.source,
        to_json(sorted(flag.value for flag in document.flags)),
        canonical_json(return_body(document)),
    )


def refund_row(place: int, refund: Refund) -> tuple[object, ...]:
    """Return the columns `REFUND` of a refund."""
    means, reference = refund.origin or (None, "")
    return (
        refund.refund_id,
        place,
        refund.purchase,
        refund.means.value,
        refund.amount.minor,
        refund.reference,
        refund.label,
        None if means is None else means.value,
        reference,
    )


def tax_rows(document: Return) -> Iterator[tuple[object, ...]]:
    """Yield the columns `TAX` of each rate of a return, its purchases taken together."""
    for entry in document.tax_by_rate:
        rate = entry.rate
        yield (
            rate.basis_points, rate.name, entry.gross.minor, entry.base.minor, entry.tax.minor
        )  # fmt: skip


def _present(document: Return, states: dict[str, str], again: Iterable[Reissue]) -> Return:
    paid = tuple(one.refund for one in again)
    replaced = {one.replaces for one in paid}
    refunds = tuple(
        replace(refund, state=_state(refund, states, is_replaced=refund.refund_id in replaced))
        for refund in (*document.refunds, *paid)
    )
    return replace(document, refunds=refunds)


def _state(refund: Refund, states: dict[str, str], *, is_replaced: bool) -> RefundState:
    """Return how a refund stands; of a web payment the hub said so before it was paid again."""
    if is_replaced and refund.means is Means.WEB:
        return RefundState.FAILED
    return RefundState(states.get(refund.refund_id, refund.state.value))


def _refund(row: Row) -> Refund:
    currency, refund_id, purchase, means, amount, reference, label, state, *origin = row
    origin_means, origin_reference = origin
    return Refund(
        refund_id=refund_id,
        purchase=purchase,
        means=Means(means),
        amount=Money(amount, currency),
        reference=reference,
        label=label,
        state=RefundState(state),
        origin=None if origin_means is None else (Means(origin_means), origin_reference),
    )
