"""Money given back although nothing comes back: out of goodwill, within somebody's budget."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum

from pos.domain.money import Money, total
from pos.domain.refund_options import RefundCase, RefundOption, Split, needs_wish, split_refund
from pos.domain.return_ledger import Ledger
from pos.domain.return_policy import judge_cash, judge_goodwill, judge_offline
from pos.domain.return_purchase import Means
from pos.domain.return_tax import goodwill_by_rate
from pos.domain.return_verdict import Approved, NeedsOverride, Refused, Verdict
from pos.domain.returns import ExtraKind, Return, ReturnExtra, ReturnFlag
from pos.domain.staff import Act, Approval, Capability
from pos.domain.staff import Approved as MayDoIt
from pos.services.find_purchase import Known
from pos.services.paying_out import NotComplete, PayingOut, load_credit, paying_out
from pos.services.ports import Records
from pos.services.record_return import ReturnDraft, record_return
from pos.services.refund_ways import refund_ways
from pos.services.take_back import isolated_today
from pos.services.workstation import SignOn, Workstation


class GoodwillLacking(Enum):
    """What must be said before anything can be given, in the order it is asked for."""

    AMOUNT = "amount"
    TOO_MUCH = "too much"  # more than is left of what was paid
    REASON = "reason"
    OVER_LIMIT = "over limit"  # more than anybody may give
    OFFLINE_LIMIT = "offline limit"
    NO_WAY = "no way"
    PERMISSION = "permission"


@dataclass(frozen=True)
class Goodwill:
    """How much is given for a purchase, why, and how the customer wants it.

    `began_at_ms` is UTC; `isolated_today` is what the till gave back today without the hub.
    """

    return_id: str
    began_at_ms: int
    known: Known
    amount: Money
    isolated_today: Money
    reason: str = ""
    is_isolated: bool = False
    way: tuple[Means, str] | None = None
    approvals: tuple[tuple[Capability, Approval | None, Money], ...] = ()

    def is_allowed(self, capability: Capability) -> bool:
        """True when somebody allowed as much."""
        return any(
            given is capability and self.amount <= up_to for given, _, up_to in self.approvals
        )


@dataclass(frozen=True)
class GoodwillFigures:
    """What the screen shows of it; `permission` is the verdict somebody has to allow first."""

    most: Money
    budget: Verdict
    options: tuple[RefundOption, ...]
    splits: tuple[Split, ...]
    permission: NeedsOverride | None
    lacking: GoodwillLacking | None


def begin(station: Workstation, known: Known, *, is_isolated: bool) -> Goodwill:
    """Begin to give something for a purchase."""
    return Goodwill(
        return_id=station.ids.new(),
        began_at_ms=station.clock.now_ms(),
        known=known,
        amount=Money(0, known.ledger.purchase.currency),
        isolated_today=isolated_today(station),
        is_isolated=is_isolated,
    )


def figures_of(sign_on: SignOn, state: Goodwill) -> GoodwillFigures:
    """Work out the ways there are, and what is lacking."""
    rules, ledger = sign_on.station.returns, state.known.ledger
    case = RefundCase(min(state.amount, ledger.refundable), is_isolated=state.is_isolated)
    options = refund_ways(ledger, case, rules)
    wished = [one for one in options if (one.means, one.reference) == state.way]
    splits, unpaid = split_refund(options, case.amount, wished)
    # Several small amounts for one purchase are one: none of them is beside the budget.
    in_all = state.amount + _given_before(ledger)
    budget = judge_goodwill(rules.policy, in_all, _able(sign_on))
    offline = _offline(sign_on.station, state)
    permission = _permission(sign_on, state, (budget, *_cash(sign_on, splits), offline))
    made = GoodwillFigures(ledger.refundable, budget, options, splits, permission, None)
    lacking = _lacking(state, made, offline)
    if lacking is None and unpaid:
        lacking = GoodwillLacking.NO_WAY
    if lacking is None and permission is not None:
        lacking = GoodwillLacking.PERMISSION
    return replace(made, lacking=lacking)


def give(sign_on: SignOn, state: Goodwill, figures: GoodwillFigures) -> Return:
    """Record it as a return of nothing; recording it again gives what was recorded.

    Raises:
        NotComplete: Something is lacking.
        NoOpenSession, NotAllowed, PurchaseChanged: As `record_return`; nothing is recorded.
    """
    if figures.lacking is not None:
        raise NotComplete(figures.lacking)
    station = sign_on.station
    reference = state.known.ledger.purchase.reference
    paying = [paying_out(station, split, reference) for split in figures.splits]
    with station.store.transaction() as records:
        recorded = records.returns.get(state.return_id)
        if recorded is not None:
            return recorded
        _check_allowed(sign_on, records, state, figures)
        document = record_return(sign_on, records, _draft(state, figures, paying))
        load_credit(sign_on, records, document, paying)
    return document


def can_be_given(ledger: Ledger) -> bool:
    """True when something is left of what was paid for goods."""
    has_goods = any(line.net for line in ledger.purchase.lines)
    return bool(ledger.refundable) and has_goods


def _given_before(ledger: Ledger) -> Money:
    """Return what was given for a purchase without goods, by whomever."""
    return total((one.goodwill for one in ledger.returns), ledger.purchase.currency)


def _able(sign_on: SignOn) -> frozenset[Capability]:
    """Return what the operator may give alone."""
    policy = sign_on.station.returns.policy
    return frozenset(
        needed for needed, _ in policy.goodwill if isinstance(sign_on.decide(Act(needed)), MayDoIt)
    )


def _cash(sign_on: SignOn, splits: tuple[Split, ...]) -> tuple[Verdict, ...]:
    policy = sign_on.station.returns.policy
    cash = (split for split in splits if split.option.means is Means.CASH)
    return tuple(judge_cash(policy, split.amount) for split in cash)


def _offline(station: Workstation, state: Goodwill) -> Verdict:
    if not state.is_isolated or not state.amount:
        return Approved()
    policy = station.returns.policy
    return judge_offline(policy, state.amount, till_today=state.isolated_today, is_known=True)


def _permission(
    sign_on: SignOn, state: Goodwill, verdicts: tuple[Verdict, ...]
) -> NeedsOverride | None:
    for verdict in verdicts:
        if isinstance(verdict, NeedsOverride) and not state.is_allowed(verdict.capability):
            return verdict
    return None


def _lacking(
    state: Goodwill, figures: GoodwillFigures, offline: Verdict
) -> GoodwillLacking | None:
    if not state.amount:
        return GoodwillLacking.AMOUNT
    if state.amount > figures.most:
        return GoodwillLacking.TOO_MUCH
    if isinstance(figures.budget, Refused):
        return GoodwillLacking.OVER_LIMIT
    if not state.reason:
        return GoodwillLacking.REASON
    return GoodwillLacking.OFFLINE_LIMIT if isinstance(offline, Refused) else None


def _check_allowed(
    sign_on: SignOn, records: Records, state: Goodwill, figures: GoodwillFigures
) -> None:
    """Make sure that whoever gives it has the budget, or that somebody approved it."""
    approved = {capability for capability, approval, _ in state.approvals if approval is not None}
    budget = figures.budget
    if isinstance(budget, NeedsOverride) and budget.capability not in approved:
        sign_on.authorise(records, Act(budget.capability), None)


def _draft(state: Goodwill, figures: GoodwillFigures, paying: list[PayingOut]) -> ReturnDraft:
    purchase = state.known.ledger.purchase
    flags = {ReturnFlag.OFFLINE} if state.is_isolated else set()
    if needs_wish(figures.splits):
        flags.add(ReturnFlag.CREDIT_WISHED)
    given = {one.approval_id: one for _, one, _ in state.approvals if one is not None}
    return ReturnDraft(
        return_id=state.return_id,
        ledgers=(state.known.ledger,),
        lines=(),
        extras=tuple(
            ReturnExtra(ExtraKind.GOODWILL, purchase.reference, share, rate, state.reason)
            for rate, share in goodwill_by_rate(purchase, state.amount)
        ),
        refunds=tuple(one.refund for one in paying),
        flags=frozenset(flags),
        approvals=tuple(given.values()),
        began_at_ms=state.began_at_ms,
        currency=purchase.currency,
        customer_id=purchase.customer_id,
    )
