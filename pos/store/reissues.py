"""Refunds that failed and were paid again by this till, of its own returns and of others'."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from pos.domain.journal import canonical_json
from pos.domain.refund import RefundState
from pos.domain.reissue import Reissue, read_reissue, reissue_body
from pos.domain.return_ledger import PaidOut
from pos.store.statements import Statements, from_json, insert_into, to_json

REISSUE = (
    "refund_id", "return_id", "replaces", "purchase", "means", "amount", "currency", "session_id",
    "at_ms", "body_json",
)  # fmt: skip

_INSERT = insert_into("return_reissue", (*REISSUE, "state"))
_SELECT = "SELECT body_json, state FROM return_reissue"
_OPEN = (
    f"{_SELECT} WHERE means = 'card' AND state IN ('requested', 'unknown') ORDER BY reissue_key"
)
_ISOLATED = (
    "SELECT coalesce(sum(amount), 0) FROM return_reissue"
    " WHERE at_ms >= ? AND body_json ->> '$.is_isolated'"
)
_SAVE = (
    "UPDATE return_reissue SET state = ?, paid_as = CASE ? WHEN '' THEN paid_as ELSE ? END"
    " WHERE refund_id = ? AND return_id = ?"
)


class StoredReissues:
    """`ports_returns.Reissues` on the table return_reissue."""

    def __init__(self, statements: Statements) -> None:
        self._sql = statements

    def add(self, reissue: Reissue) -> None:
        """Store a refund that pays for one that failed.

        Raises:
            ValueError: A refund of that id is stored.
        """
        if self.get(reissue.refund.refund_id) is not None:
            raise ValueError(f"refund {reissue.refund.refund_id} is stored")
        self._sql.run(_INSERT, (*reissue_row(reissue), reissue.refund.state.value))

    def get(self, refund_id: str) -> Reissue | None:
        """Return what was paid again by the id of the new refund, in its present state."""
        found = self._read("WHERE refund_id = ?", (refund_id,))
        return found[0] if found else None

    def of_return(self, return_id: str) -> tuple[Reissue, ...]:
        """Return what this till paid again of a return of any till, in the order it did."""
        return self._read("WHERE return_id = ? ORDER BY reissue_key", (return_id,))

    def of_failed(self, refund_id: str) -> tuple[Reissue, ...]:
        """Return what was paid for a refund that failed, in the order it was."""
        return self._read("WHERE replaces = ? ORDER BY reissue_key", (refund_id,))

    def by_return(self, return_ids: Iterable[str]) -> Mapping[str, Sequence[Reissue]]:
        """Return what was paid again of each of some returns."""
        wanted = "WHERE return_id IN (SELECT value FROM json_each(?)) ORDER BY reissue_key"
        found: dict[str, list[Reissue]] = defaultdict(list)
        for one in self._read(wanted, (to_json(list(return_ids)),)):
            found[one.return_id].append(one)
        return found

    def of_purchase(self, reference: str) -> Mapping[str, Sequence[PaidOut]]:
        """Return what this till paid again of a purchase, by return."""
        found: dict[str, list[PaidOut]] = defaultdict(list)
        for one in self._read("WHERE purchase = ? ORDER BY reissue_key", (reference,)):
            found[one.return_id].append(one.refund.as_paid_out)
        return found

    def isolated_since(self, at_ms: int) -> int:
        """Return what was paid without sight of the hub since a moment (UTC ms), minor units."""
        (amount,) = self._sql.rows(_ISOLATED, (at_ms,))[0]
        return int(amount)

    def open_to_cards(self) -> tuple[Reissue, ...]:
        """Return those to a card without an answer, the oldest first."""
        return self._read_all(_OPEN, ())

    def save_state(
        self, return_id: str, refund_id: str, state: RefundState, reference: str
    ) -> bool:
        """Keep what became of one; False when there is none of that id."""
        parameters = (state.value, reference, reference, refund_id, return_id)
        return bool(self._sql.run(_SAVE, parameters))

    def _read(self, condition: str, parameters: Sequence[object]) -> tuple[Reissue, ...]:
        return self._read_all(f"{_SELECT} {condition}", parameters)

    def _read_all(self, query: str, parameters: Sequence[object]) -> tuple[Reissue, ...]:
        return tuple(_present(body, state) for body, state in self._sql.rows(query, parameters))


def reissue_row(reissue: Reissue) -> tuple[object, ...]:
    """Return the columns `REISSUE` of a refund that was paid again."""
    refund = reissue.refund
    return (
        refund.refund_id,
        reissue.return_id,
        reissue.replaces,
        refund.purchase,
        refund.means.value,
        refund.amount.minor,
        refund.amount.currency,
        reissue.session_id,
        reissue.at_ms,
        canonical_json(reissue_body(reissue)),
    )


def _present(body_json: str, state: str) -> Reissue:
    reissue = read_reissue(from_json(body_json))
    return replace(reissue, refund=replace(reissue.refund, state=RefundState(state)))
