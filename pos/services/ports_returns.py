"""What the services need to keep of recorded returns; `pos.services.ports` names it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from pos.domain.exchange_draft import ExchangeDraft
from pos.domain.refund import RefundState
from pos.domain.reissue import Reissue
from pos.domain.return_ledger import PaidOut, Returned
from pos.domain.returns import Refund, Return, ReturnFlag


class Reissues(Protocol):
    """Refunds that failed and were paid again by this till, of returns of any till."""

    def add(self, reissue: Reissue) -> None:
        """Store a refund that pays for one that failed.

        Raises:
            ValueError: A refund of that id is stored.
        """

    def get(self, refund_id: str) -> Reissue | None:
        """Return what was paid again by the id of the new refund, in its present state."""

    def of_return(self, return_id: str) -> tuple[Reissue, ...]:
        """Return what was paid again of a return, in the order it was."""

    def of_failed(self, refund_id: str) -> tuple[Reissue, ...]:
        """Return what was paid for a refund that failed, in the order it was."""

    def of_purchase(self, reference: str) -> Mapping[str, Sequence[PaidOut]]:
        """Return what was paid again of a purchase, by return."""


class Returns(Protocol):
    """Recorded returns of this till; what became of their refunds is kept beside them."""

    @property
    def reissues(self) -> Reissues:
        """What was paid again; a document is read with what was of it."""

    def add(self, document: Return) -> None:
        """Store a return.

        Raises:
            ValueError: A return of that id is stored.
        """

    def get(self, return_id: str) -> Return | None:
        """Return a document with its refunds in their present states."""

    def by_number(self, number: str) -> Return | None: ...

    def by_source(self, source: str) -> Return | None: ...

    def recent(self, limit: int, *, before_ms: int | None = None) -> tuple[Return, ...]:
        """Return the latest returns, newest first; with `before_ms` (UTC) those before it."""

    def of_purchase(self, reference: str) -> tuple[Returned, ...]:
        """Return what this till took back of a purchase, in the order it came."""

    def save_refund(
        self, return_id: str, refund_id: str, state: RefundState, reference: str = ""
    ) -> None:
        """Keep what became of a refund; `reference` is whoever paid it knows it by.

        Raises:
            LookupError: There is no such refund.
        """

    def open_refunds(self) -> tuple[tuple[str, Refund], ...]:
        """Return (return id, refund) of those this till must ask for, the oldest first.

        They go back to a card, and are requested or unknown.
        """

    def flagged_since(self, flag: ReturnFlag, at_ms: int) -> int:
        """Return what the returns with a flag come to since a moment (UTC ms), minor units."""


class Exchanges(Protocol):
    """What came back and waits for the ticket that it pays."""

    def get(self, basket_id: str) -> ExchangeDraft | None:
        """Return what came back for a ticket."""

    def of_return(self, return_id: str) -> ExchangeDraft | None:
        """Return what came back under the id of its return."""

    def waiting(self) -> tuple[ExchangeDraft, ...]:
        """Return all that wait, the oldest first."""

    def save(self, draft: ExchangeDraft) -> None:
        """Keep what came back for a ticket, in place of what was kept for it."""

    def remove(self, basket_id: str) -> None:
        """Forget what was recorded, or taken off the ticket again."""
