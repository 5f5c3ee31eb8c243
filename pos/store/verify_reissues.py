"""Holds what was paid again, after a refund failed, against its facts and what was owed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from pos.domain.journal import FactKind
from pos.domain.refund import RefundState
from pos.domain.reissue import Reissue, read_reissue
from pos.domain.return_content import UnreadableReturn
from pos.domain.return_purchase import Means
from pos.store.reissues import REISSUE, reissue_row
from pos.store.statements import Row, Statements, from_json

# The names are our own constants; every value is a parameter.
_ROWS = f"SELECT {', '.join(REISSUE)} FROM return_reissue ORDER BY reissue_key"  # noqa: S608
_FACTS = "SELECT body_json FROM journal WHERE kind = ? ORDER BY entry"
_REFUNDS = (
    "SELECT d.return_id, r.refund_id, r.amount, r.state, r.means FROM return_refund r"
    " JOIN return_document d ON d.return_key = r.return_key"
    " UNION ALL SELECT return_id, refund_id, amount, state, means FROM return_reissue"
)


def reissue_violations(sql: Statements) -> Iterator[str]:
    """Yield what is wrong with what this till paid again."""
    facts = iter(sql.stream(_FACTS, (FactKind.REFUND_ISSUED.value,)))
    paid: dict[tuple[str, str], int] = defaultdict(int)
    for row in sql.rows(_ROWS):
        said = next(facts, None)
        reissue = _read(said)
        if reissue is None or reissue_row(reissue) != tuple(row) or said != (row[-1],):
            yield f"refund {row[0]}, paid again, and its fact differ"
            return
        paid[(reissue.return_id, reissue.replaces)] += reissue.refund.amount.minor
    if next(facts, None) is not None:
        yield "the fact of a refund that was paid again has no row"
    yield from _beyond_what_is_owed(sql, paid)


def recorded_states(sql: Statements) -> Iterator[tuple[tuple[str, str], str]]:
    """Yield ((return id, refund id), state) of each as its fact has it."""
    for fact in sql.stream(_FACTS, (FactKind.REFUND_ISSUED.value,)):
        reissue = _read(fact)
        if reissue is not None:
            yield (reissue.return_id, reissue.refund.refund_id), reissue.refund.state.value


def _beyond_what_is_owed(sql: Statements, paid: dict[tuple[str, str], int]) -> Iterator[str]:
    """Hold what was paid to the refunds it replaces, as far as this till knows them.

    What becomes of a web payment only the hub knows.
    """
    known = {(row[0], row[1]): row[2:] for row in sql.rows(_REFUNDS)}
    for which, minor in paid.items():
        if which not in known:
            continue
        amount, state, means = known[which]
        is_failed = state == RefundState.FAILED.value or means == Means.WEB.value
        if amount != minor or not is_failed:
            yield f"refund {which[1]} of {amount}, {state}, was paid again with {minor}"


def _read(fact: Row | None) -> Reissue | None:
    try:
        return None if fact is None else read_reissue(from_json(fact[0]))
    except (ValueError, UnreadableReturn):
        return None
