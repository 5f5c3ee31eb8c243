"""Money that goes back to a card: the terminal is asked once by each refund's own id.

A return is recorded with its refunds requested; here is what comes of those at this till's
terminal. Whoever asks (the screen of the return, the till when it starts) passes each answer to
`settle`, and shows the step that comes back.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from pos.domain.card_refund import CardRefund, RefundAnswer, card_refunds
from pos.domain.free_text import checked_text
from pos.domain.refund import IllegalRefundTransition, RefundEvent, RefundState, next_state
from pos.domain.return_ledger import Ledger
from pos.domain.return_purchase import Means
from pos.domain.returns import Return
from pos.domain.staff import Act, Approval, Capability
from pos.services import desk_refunds
from pos.services.desk_refunds import UNVERIFIED, open_refunds
from pos.services.pay import MAX_AUTHORISATION
from pos.services.ports import Records
from pos.services.record_return import resolve_refund, with_own_returns
from pos.services.workstation import SignOn, Workstation

__all__ = ["CardRefund", "RefundAnswer"]

MAX_DETAIL = 200


@dataclass(frozen=True, slots=True)
class PaidBack:
    """The money is on its way to the card."""

    asked: CardRefund


@dataclass(frozen=True, slots=True)
class OwedAgain:
    """No money moved and none will: it is owed to the customer again; `detail` says why."""

    asked: CardRefund
    detail: str


@dataclass(frozen=True, slots=True)
class AnswerOpen:
    """Nobody knows (yet) whether the money moved: the terminal is asked again by the same id.

    `was_asked` is False when the terminal could not be reached.
    """

    asked: CardRefund
    was_asked: bool


@dataclass(frozen=True, slots=True)
class Contradicted:
    """The terminal says otherwise than what was recorded: it is at the conflict desk."""

    asked: CardRefund


RefundStep = PaidBack | OwedAgain | AnswerOpen | Contradicted


def to_ask(document: Return, *, is_isolated: bool = False) -> tuple[CardRefund, ...]:
    """Return the refunds of a recorded return that this till's terminal is to be asked for.

    Args:
        is_isolated: The till does not see the hub: another may have paid it back by now, so
            that nobody is asked yet.
    """
    if is_isolated:
        return ()
    return tuple(asked for asked in card_refunds(document) if asked.is_open)


def left_open(station: Workstation) -> tuple[CardRefund, ...]:
    """Return every refund to a card without an answer, the oldest first."""
    with station.store.reading() as records:
        return open_refunds(records)


def may_go_back(station: Workstation, asked: CardRefund, ledger: Ledger) -> bool:
    """True when a refund that waited for the hub is owed still.

    That is so when what its tender paid covers it, and none of the goods it is for came back
    elsewhere too: of two returns of one piece, a person says which is paid.

    Args:
        ledger: Of a purchase, as the hub knows it now.
    """
    if ledger.purchase.reference != asked.refund.purchase:
        return False
    with station.store.reading() as records:
        whole = with_own_returns(records, ledger)
    tender = ledger.purchase.paid_by(Means.CARD, asked.original)
    if tender is None or whole.overpaid or tender in whole.tenders_overpaid:
        return False
    twice = {row.line.number for row in whole.excess}
    mine = (one.lines for one in whole.returns if one.return_id == asked.return_id)
    return not any(part.line in twice for lines in mine for part in lines)


def settle(sign_on: SignOn, asked: CardRefund, answer: RefundAnswer) -> RefundStep:
    """Record what the terminal answered.

    An answer that is recorded already changes nothing and leads where it led. One that
    contradicts what is recorded changes nothing either: it goes to the conflict desk.

    Raises:
        LookupError: There is no such refund.
    """
    with sign_on.station.store.transaction() as records:
        return _settle(sign_on, records, asked, answer)


def resolve_by_hand(
    sign_on: SignOn,
    asked: CardRefund,
    *,
    was_paid_back: bool,
    authorisation: str,
    approval: Approval | None = None,
) -> RefundStep:
    """Settle a refund by what the terminal's slip says, when the terminal cannot be asked.

    Raises:
        NotAllowed: An override is needed and missing.
        LooksLikeCardNumber: `authorisation` may be the number of a card.
        LookupError: There is no such refund.
    """
    event = RefundEvent.CONFIRMATION if was_paid_back else RefundEvent.REFUSAL
    code = checked_text(authorisation, MAX_AUTHORISATION)
    with sign_on.station.store.transaction() as records:
        sign_on.authorise(
            records,
            Act(Capability.RESOLVE_CARD),
            approval,
            {
                "refund_id": asked.refund_id,
                "amount": asked.amount.minor,
                "was_paid_back": str(was_paid_back),
            },
        )
        return _settle(sign_on, records, asked, RefundAnswer(event, code, is_verified=False))


def _settle(
    sign_on: SignOn, records: Records, asked: CardRefund, answer: RefundAnswer
) -> RefundStep:
    if answer.event is None:
        return _step(_as_recorded(records, asked), answer, was_asked=False)
    try:
        refund = resolve_refund(
            sign_on,
            records,
            asked.return_id,
            asked.refund_id,
            answer.event,
            answer.reference,
            _detail(answer),
        )
    except IllegalRefundTransition:
        return _gainsaid(sign_on, records, _as_recorded(records, asked), answer)
    return _step(replace(asked, refund=refund), answer)


def _gainsaid(
    sign_on: SignOn, records: Records, known: CardRefund, answer: RefundAnswer
) -> RefundStep:
    """Put a contradiction on the desk; an answer that was lost contradicts nothing."""
    if answer.event is None or answer.event is RefundEvent.ANSWER_LOST:
        return _step(known, answer)
    told = next_state(RefundState.UNKNOWN, answer.event)
    desk_refunds.contradicted(sign_on, records, known, told, answer.reference or answer.detail)
    return Contradicted(known)


def _step(asked: CardRefund, answer: RefundAnswer, *, was_asked: bool = True) -> RefundStep:
    match asked.refund.state:
        case RefundState.CONFIRMED:
            return PaidBack(asked)
        case RefundState.FAILED:
            return OwedAgain(asked, answer.detail)
        case _:
            return AnswerOpen(asked, was_asked)


def _as_recorded(records: Records, asked: CardRefund) -> CardRefund:
    known = desk_refunds.card_refund(records, asked.return_id, asked.refund_id)
    if known is not None:
        return known
    raise LookupError(f"refund {asked.refund_id} of return {asked.return_id}")


def _detail(answer: RefundAnswer) -> str:
    parts = (answer.detail, "" if answer.is_verified else UNVERIFIED)
    return ", ".join(part for part in parts if part)[:MAX_DETAIL]
