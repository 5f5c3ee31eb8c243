"""A refund that failed, paid again: the same amount, by the same means or by others.

Rule: only a refund that failed (it is certain that no money moved) is owed, and what is paid for
it comes to exactly that, once. The document of the return is not changed; each new refund is a
fact of its own, and counts in the shift that pays it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from pos.domain.fields import IDENTIFIER
from pos.domain.free_text import MAX_REASON_LENGTH
from pos.domain.journal import Json
from pos.domain.money import Money, total
from pos.domain.refund_options import RefundCase, RefundOption, WhyNot, as_credit, on_till
from pos.domain.return_content import ReturnFields, currency_of, read_refund, refund_body
from pos.domain.return_ledger import Ledger, PaidOut, Returned
from pos.domain.return_policy import ReturnPolicy, judge_cash
from pos.domain.return_purchase import Means, PaidBy
from pos.domain.return_verdict import Approved
from pos.domain.returns import Refund

_TENDERS = (Means.CARD, Means.WEB, Means.GIFT_CARD)


class NotOwed(ValueError):
    """Nothing is owed any more by that name: it was paid, or never failed."""


class PaysSomethingElse(ValueError):
    """What is to be paid does not come to what is owed."""


@dataclass(frozen=True, slots=True)
class Reissue:
    """One refund that pays for one that failed; `at_ms` is UTC, Unix milliseconds.

    `number` is that of the return, empty when it is not known here. `session_id` is the shift
    that pays it, of whatever till; `is_isolated`: that till did not see the hub.
    """

    return_id: str
    number: str
    replaces: str
    refund: Refund
    reason: str
    staff_id: str
    session_id: str
    at_ms: int
    is_isolated: bool = False


@dataclass(frozen=True, slots=True)
class Owed:
    """What of one return was to go back one way and did not."""

    return_id: str
    purchase: str
    failed: PaidOut

    @property
    def amount(self) -> Money:
        return self.failed.amount


def owed_of(ledger: Ledger) -> tuple[Owed, ...]:
    """Return every refund of a purchase that is still owed, the first return's first."""
    return tuple(
        Owed(one.return_id, one.purchase, part)
        for one in sorted(ledger.returns, key=lambda each: (each.at_ms, each.return_id))
        for part in one.to_pay_again
    )


def reissued(returned: Returned, replaces: str, refunds: Sequence[PaidOut]) -> Returned:
    """Return the return of one purchase after a refund that failed was paid again.

    Raises:
        NotOwed: It did not fail, was paid again already, or is none of this return's.
        PaysSomethingElse: What is paid does not come to it.
    """
    owed = next((one for one in returned.to_pay_again if one.refund_id == replaces), None)
    if owed is None:
        raise NotOwed(replaces)
    paid = total((one.amount for one in refunds), owed.amount.currency)
    if paid != owed.amount:
        raise PaysSomethingElse(f"{paid.minor} for {owed.amount.minor}")
    known = {one.refund_id for one in returned.paid_out}
    if known & {one.refund_id for one in refunds} or any(
        one.replaces != replaces for one in refunds
    ):
        raise NotOwed(replaces)
    return replace(returned, paid_out=(*returned.paid_out, *refunds))


def with_reissues(returned: Returned, reissues: Iterable[PaidOut]) -> Returned:
    """Return a return with what was paid again of it as far as it does not know it yet."""
    known = {one.refund_id for one in returned.paid_out}
    more = tuple(one for one in reissues if one.refund_id not in known)
    return replace(returned, paid_out=(*returned.paid_out, *more)) if more else returned


def owed_options(
    ledger: Ledger, owed: Owed, policy: ReturnPolicy, *, is_isolated: bool
) -> tuple[RefundOption, ...]:
    """Return every way to pay what is owed, the one that failed first: it may work by now.

    Whoever is owed money that the shop took back the goods for has a right to it: cash is always
    among the ways, within the shop's limit or with permission.
    """
    case = RefundCase(owed.amount, by_law=True, is_isolated=is_isolated)
    parts = sorted(
        (part for part in ledger.purchase.paid if part.means in _TENDERS),
        key=lambda part: (
            (part.means, part.reference) != owed.failed.tender, _TENDERS.index(part.means),
        ),
    )  # fmt: skip
    tenders = [_to_tender(ledger, part, owed, case) for part in parts]
    cash = RefundOption(Means.CASH, owed.amount, verdict=judge_cash(policy, owed.amount))
    return (
        *(one for one in tenders if one.most or one.why_not is not WhyNot.ALL_BACK),
        cash if not is_isolated else replace(
            cash, most=_nothing(owed), why_not=WhyNot.OFFLINE, verdict=Approved()
        ),
        as_credit(Means.STORE_CREDIT, owed.amount, by_wish=True, case=case, policy=policy),
        as_credit(Means.GIFT_CARD, owed.amount, by_wish=True, case=case, policy=policy),
    )  # fmt: skip


def paid_again(option: RefundOption, refund: Refund, owed: Owed) -> Refund:
    """Return a refund as it pays for what is owed.

    What goes back to another tender uses up that one's payment; cash and credit that of the
    tender that failed, so that none of them ever gets back more than it paid.
    """
    has_tender = bool(option.reference) and option.means in _TENDERS
    return replace(
        refund,
        replaces=owed.failed.refund_id,
        origin=None if has_tender else owed.failed.tender,
    )


def reissue_body(reissue: Reissue) -> dict[str, Json]:
    """Return the body of the fact ``refund.issued``: amounts in minor units, times in ms."""
    return {
        "return_id": reissue.return_id,
        "number": reissue.number,
        "replaces": reissue.replaces,
        "currency": reissue.refund.amount.currency,
        "refund": refund_body(reissue.refund),
        "reason": reissue.reason,
        "staff_id": reissue.staff_id,
        "session_id": reissue.session_id,
        "at_ms": reissue.at_ms,
        "is_isolated": reissue.is_isolated,
    }


def read_reissue(content: object) -> Reissue:
    """Return what a body of ``refund.issued`` tells of.

    Raises:
        UnreadableReturn: Something is missing or cannot be.
    """
    said = ReturnFields(content)
    said.currency = currency_of(said)
    replaces = said.text("replaces", IDENTIFIER)
    refund = said.possible(lambda: read_refund(ReturnFields(said.maybe("refund"), said.currency)))
    return Reissue(
        return_id=said.text("return_id", IDENTIFIER),
        number=said.reference("number"),
        replaces=replaces,
        refund=replace(refund, replaces=replaces),
        reason=said.words("reason", MAX_REASON_LENGTH),
        staff_id=said.text("staff_id", IDENTIFIER),
        session_id=said.text("session_id", IDENTIFIER),
        at_ms=said.moment("at_ms"),
        is_isolated=said.flag("is_isolated"),
    )


def _to_tender(ledger: Ledger, part: PaidBy, owed: Owed, case: RefundCase) -> RefundOption:
    """Return the way back to a tender: what is owed was taken off the purchase already."""
    left = max(part.amount - ledger.refunded_to(part), _nothing(owed))
    why_not = None if left else WhyNot.ALL_BACK
    return on_till(part, min(left, owed.amount), why_not, case)


def _nothing(owed: Owed) -> Money:
    return Money(0, owed.amount.currency)
