"""What a refund may be paid by, and why not by the rest; the words are the screen's.

Money goes back the way it came, to each tender no more than it paid less what it already got
back. Credit instead of it is the customer's wish, and recorded as such.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum

from pos.domain.money import Money
from pos.domain.refund import RefundState
from pos.domain.return_law import ReturnLaw
from pos.domain.return_ledger import Ledger
from pos.domain.return_policy import ReturnPolicy, judge_cash
from pos.domain.return_purchase import Means, PaidBy
from pos.domain.return_verdict import Approved, Verdict
from pos.domain.returns import Refund

# In this order money is proposed to go back: what leaves a trace first, the drawer last.
_USUAL_ORDER = (
    Means.IMPORT, Means.WEB, Means.CARD, Means.GIFT_CARD, Means.STORE_CREDIT, Means.CASH,
)  # fmt: skip
_CREDIT = (Means.STORE_CREDIT, Means.GIFT_CARD)
# Whoever pays these is asked after the return was recorded, and answers later.
_ASKED_LATER = frozenset({Means.CARD, Means.WEB})
# An isolated till asks nobody, not even its own terminal: another may have paid it back by now.
_HUB_PAYS = _ASKED_LATER | {Means.GIFT_CARD, Means.STORE_CREDIT}


class WhyNot(Enum):
    """Why something cannot pay a refund."""

    PAID_OTHERWISE = "paid_otherwise"  # nothing of it was paid that way
    ALL_BACK = "all_back"  # what was paid that way went back already
    GIFT = "gift"  # the bearer of a gift receipt gets credit
    NO_RECEIPT = "no_receipt"
    OFFLINE = "offline"
    NOT_HERE = "not_here"  # the shop does not pay its returns so


@dataclass(frozen=True, slots=True)
class RefundCase:
    """What a refund is for.

    `by_law`: the customer has a right to the money, so that the shop's choice of means does not
    count. `is_gift`: who asks for it did not pay. `is_isolated`: the till does not see the hub.
    """

    amount: Money
    by_law: bool = False
    is_gift: bool = False
    is_isolated: bool = False


@dataclass(frozen=True, slots=True)
class RefundOption:
    """One way to pay a refund, `most` at most; impossible when `why_not` says why.

    `state` is what the refund begins as. `by_wish`: only when the customer expressly asks for
    it instead of the way it was paid, or, with a right to the money, agrees to it. `waits`:
    nobody is asked before the till sees the hub. `verdict` is about as much of the refund as it
    can pay.
    """

    means: Means
    most: Money
    reference: str = ""
    label: str = ""
    state: RefundState = RefundState.CONFIRMED
    by_wish: bool = False
    waits: bool = False
    verdict: Verdict = field(default_factory=Approved)
    why_not: WhyNot | None = None

    @property
    def is_possible(self) -> bool:
        return self.why_not is None

    def refund(self, refund_id: str, purchase: str, amount: Money) -> Refund:
        """Return the refund of an amount this way, as a return records it."""
        return Refund(
            refund_id, purchase, self.means, amount, self.reference, self.label, self.state
        )


@dataclass(frozen=True, slots=True)
class Split:
    """A part of a refund and the way it goes."""

    option: RefundOption
    amount: Money


def refund_options(
    ledger: Ledger, case: RefundCase, policy: ReturnPolicy
) -> tuple[RefundOption, ...]:
    """Return every way a refund could go: the tenders that paid, cash, and credit.

    The first that is possible is the usual one. Cash that did not pay is among them with the
    reason why not, since customers ask for it. The tenders that paid for a gift are not: they
    are those of the one who gave it.
    """
    paid = () if case.is_gift else ledger.purchase.paid
    parts = sorted(
        (part for part in paid if not _is_nameless(part)),
        key=lambda part: _USUAL_ORDER.index(part.means),
    )
    options = [_to_tender(ledger, part, case, policy) for part in parts]
    if Means.CASH not in {part.means for part in parts}:
        nothing = Money(0, case.amount.currency)
        why_not = WhyNot.GIFT if case.is_gift else WhyNot.PAID_OTHERWISE
        options.append(RefundOption(Means.CASH, nothing, why_not=why_not))
    most = min(case.amount, ledger.refundable)
    # Nobody need ask for credit where there is nothing else that some of it could go back to.
    is_named = not any(_is_nameless(part) for part in paid)
    by_wish = is_named and not case.is_gift
    by_wish = by_wish and (case.by_law or any(one.is_possible for one in options))
    credit = (as_credit(each, most, by_wish=by_wish, case=case, policy=policy) for each in _CREDIT)
    return (*options, *credit)


def _is_nameless(part: PaidBy) -> bool:
    """True for goods that were taken in exchange for a gift, or for who knows what."""
    is_credit = part.means is Means.STORE_CREDIT and not part.reference
    return is_credit or part.means not in _USUAL_ORDER


def no_receipt_options(amount: Money) -> tuple[RefundOption, ...]:
    """Return the ways to pay for goods without a receipt: credit, and nothing else."""
    barred = (Means.CASH, Means.CARD, Means.GIFT_CARD)
    nothing = Money(0, amount.currency)
    return (
        RefundOption(Means.STORE_CREDIT, amount),
        *(RefundOption(means, nothing, why_not=WhyNot.NO_RECEIPT) for means in barred),
    )


def split_refund(
    options: Iterable[RefundOption], amount: Money, chosen: Sequence[RefundOption] = ()
) -> tuple[tuple[Split, ...], Money]:
    """Split a refund over the ways it can go, what was chosen first.

    What the chosen cannot pay goes back the way it came; what only a wish pays, when it is
    chosen.

    Returns:
        The parts, each above zero, and what nothing can pay.
    """
    known = tuple(options)
    usual = [option for option in known if not option.by_wish]
    parts: list[Split] = []
    left = amount
    for option in dict.fromkeys((*chosen, *usual)):
        part = min(left, option.most)
        if option.is_possible and part:
            parts.append(Split(option, part))
            left -= part
    return tuple(parts), left


def delivery_refund(
    ledger: Ledger,
    quantities: Iterable[tuple[int, int]],
    law: ReturnLaw,
    *,
    is_withdrawal: bool,
) -> Money:
    """Return what of the outbound delivery goes back with these (line, quantity).

    All of it when the customer withdraws and nothing of the purchase is left, also when it came
    back in parts; nothing else.

    Source:
        Directive 2011/83/EU art. 13; Spain: RDL 1/2007 art. 107.
    """
    gives = law.withdrawal is not None and law.withdrawal.refunds_delivery
    if gives and is_withdrawal and ledger.takes_everything(quantities):
        return ledger.delivery_left
    return Money(0, ledger.purchase.currency)


def lowest_recent_price(prices: Iterable[tuple[int, Money]], *, since_ms: int) -> Money | None:
    """Return the lowest price that was asked since a moment, None when none is known.

    Args:
        prices: From when on (UTC ms) each price was asked, in any order. The last one from
            before the moment was still asked at it.
    """
    known = sorted(prices, key=lambda entry: entry[0])
    before = [price for at_ms, price in known if at_ms <= since_ms]
    recent = [price for at_ms, price in known if at_ms > since_ms]
    return min((*before[-1:], *recent), default=None)


def _to_tender(
    ledger: Ledger, part: PaidBy, case: RefundCase, policy: ReturnPolicy
) -> RefundOption:
    left = ledger.refundable_to(part)
    most = min(left, case.amount)
    option = on_till(part, most, _why_not(part.means, left, case, policy), case)
    if part.means is not Means.CASH:
        return option
    return replace(option, verdict=judge_cash(policy, most))


def on_till(part: PaidBy, most: Money, why_not: WhyNot | None, case: RefundCase) -> RefundOption:
    """Return the way back to a tender of the purchase, as far as this till can go it now."""
    waits = case.is_isolated and part.means in _HUB_PAYS
    is_asked = waits or part.means in _ASKED_LATER
    return RefundOption(
        means=part.means,
        most=most if why_not is None else Money(0, most.currency),
        reference=part.reference,
        label=part.label,
        state=RefundState.REQUESTED if is_asked else RefundState.CONFIRMED,
        waits=waits,
        why_not=why_not,
    )


def _why_not(means: Means, left: Money, case: RefundCase, policy: ReturnPolicy) -> WhyNot | None:
    if not left and case.amount:
        return WhyNot.ALL_BACK
    if case.is_isolated and means is Means.CASH:
        return WhyNot.OFFLINE
    if means not in policy.means and not case.by_law:
        return WhyNot.NOT_HERE
    return None


def as_credit(
    means: Means, most: Money, *, by_wish: bool, case: RefundCase, policy: ReturnPolicy
) -> RefundOption:
    """Return the way to give credit, on a new card or account of its own."""
    why_not = None
    if case.is_gift and means is Means.GIFT_CARD:
        why_not = WhyNot.GIFT
    elif case.is_isolated and means is Means.GIFT_CARD:
        why_not = WhyNot.OFFLINE
    elif means not in policy.means and not case.is_gift:
        why_not = WhyNot.NOT_HERE
    return RefundOption(
        means=means,
        most=most if why_not is None else Money(0, most.currency),
        by_wish=by_wish,
        why_not=why_not,
    )


def needs_wish(splits: Iterable[Split]) -> bool:
    """True when the customer must expressly ask for a part, which the return then records."""
    return any(split.option.by_wish for split in splits)
