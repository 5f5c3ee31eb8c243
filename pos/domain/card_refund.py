"""One refund to a card, as the payment terminal is asked for it, and what the terminal says."""

from __future__ import annotations

from dataclasses import dataclass

from pos.domain.money import Money
from pos.domain.refund import OPEN_STATES, RefundEvent
from pos.domain.reissue import Reissue
from pos.domain.return_purchase import Means
from pos.domain.returns import Refund, Return, ReturnFlag


@dataclass(frozen=True, slots=True)
class CardRefund:
    """A refund of a recorded return that a terminal of ours gives back.

    `number` is that of the return, `recorded_at_ms` when it was recorded (UTC). `was_isolated`:
    the till did not see the hub then, so that another may have paid it back meanwhile.
    """

    return_id: str
    number: str
    recorded_at_ms: int
    refund: Refund
    was_isolated: bool = False

    @property
    def refund_id(self) -> str:
        """What the terminal knows it by, whenever it is asked."""
        return self.refund.refund_id

    @property
    def amount(self) -> Money:
        return self.refund.amount

    @property
    def original(self) -> str:
        """The reference of the payment that is given back."""
        return self.refund.reference

    @property
    def is_open(self) -> bool:
        """True while nobody knows whether the money went back."""
        return self.refund.state in OPEN_STATES


@dataclass(frozen=True, slots=True)
class RefundAnswer:
    """What the terminal said.

    `event` is None when it could not be asked now: nothing was sent and nothing is known.
    `reference` is what the terminal calls the refund, `detail` why not, for people;
    `is_verified` is False when only the cashier's word stands for it.
    """

    event: RefundEvent | None
    reference: str = ""
    detail: str = ""
    is_verified: bool = True


def card_refunds(document: Return) -> tuple[CardRefund, ...]:
    """Return the refunds of a recorded return that go back to cards, whatever became of them.

    Those that were paid again later are each asked for by itself (`reissued_to_card`).
    """
    return tuple(
        CardRefund(
            document.return_id,
            str(document.number),
            document.completed_at_ms,
            refund,
            ReturnFlag.OFFLINE in document.flags,
        )
        for refund in document.as_recorded
        if refund.means is Means.CARD
    )


def reissued_to_card(reissue: Reissue) -> CardRefund | None:
    """Return what was paid again as a terminal is asked for it, None when it went another way."""
    if reissue.refund.means is not Means.CARD:
        return None
    return CardRefund(
        reissue.return_id, reissue.number, reissue.at_ms, reissue.refund, reissue.is_isolated
    )
