"""Fetches back from the hub what it holds of a till that is being set up again."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from pos.domain.journal import Fact, FactKind
from sync.client import read_answer
from sync.credentials import Credentials
from sync.http import HttpAnswer, HubUnreachable
from sync.wire.v1.base import MAX_OPS
from sync.wire.v1.push import Op, OpsPage
from sync.wire.v1.tills import EpochGranted, EpochRequest

DEADLINE_S = 60.0
TRIES = 5


class NotReadable(ValueError):
    """The hub holds a fact whose text it never got, or of a kind this program does not know."""


class FactsBack:
    """One hub, asked for one till; everything is signed both ways."""

    def __init__(self, url: str, credentials: Credentials) -> None:
        self._till = credentials.till
        self._http = credentials.open(url, deadline_s=DEADLINE_S)

    def close(self) -> None:
        """Close the connection."""
        self._http.close()

    def next_epoch(self, op_id: str, reason: str, above: int) -> EpochGranted:
        """Ask for an epoch to go on in, and how much the hub holds of those before.

        Args:
            op_id: The same one gets the same epoch again.
            above: The highest epoch that is known here.

        Raises:
            HubUnreachable: No answer of the hub, in several tries.
            HubRefused: It does not let this till in.
        """
        body = EpochRequest(op_id=op_id, reason=reason, above=above).model_dump_json().encode()
        path = f"/v1/tills/{self._till}/epochs"
        return read_answer(_tried(lambda: self._http.send("POST", path, body)), EpochGranted)

    def pages(self, epoch: int, from_seq: int) -> Iterator[tuple[Op, ...]]:
        """Yield the facts of an epoch from a number on, page by page.

        Raises:
            HubUnreachable, HubRefused: See `next_epoch`.
        """
        more = True
        while more:
            query = f"epoch={epoch}&from_seq={from_seq}&limit={MAX_OPS}"
            path = f"/v1/tills/{self._till}/ops?{query}"
            page = read_answer(_tried(lambda path=path: self._http.get(path)), OpsPage)  # type: ignore[misc]
            if not page.ops:
                return
            yield page.ops
            from_seq, more = page.ops[-1].seq + 1, page.more


def fact_of(till: str, epoch: int, op: Op) -> Fact:
    """Return the fact an op is.

    Raises:
        NotReadable: Its text is not at the hub, or its kind is of a later program.
    """
    if op.body_json is None:
        raise NotReadable("its text was too long to be sent to the hub")
    try:
        kind = FactKind(op.kind)
    except ValueError as error:
        raise NotReadable(f"this program knows no {op.kind}") from error
    return Fact(
        till, epoch, op.seq, op.op_id, kind, op.occurred_at_ms, op.body_json, op.prev_hash,
        op.hash, op.signature,
    )  # fmt: skip


def _tried(ask: Callable[[], HttpAnswer]) -> HttpAnswer:
    for _ in range(TRIES - 1):
        try:
            return ask()
        except HubUnreachable:
            continue
    return ask()
