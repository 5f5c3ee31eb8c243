"""What a shop takes back, as data; the law beside it wins.

The first question is always whether the law gives a right; only then the shop's own rules count.
Amounts are minor units, those of EUR by default; days are dates of the shop.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from pos.domain.money import Money
from pos.domain.promotion import Channel
from pos.domain.return_law import ReturnLaw, guarantee_of, withdrawal_of
from pos.domain.return_ledger import LineStanding, SerialCheck
from pos.domain.return_purchase import Means, PurchasedLine
from pos.domain.return_verdict import (
    Approved,
    Basis,
    Ground,
    NeedsOverride,
    Refused,
    Verdict,
    Why,
)
from pos.domain.return_words import USUAL_DISPOSITION, Condition, Disposition, Reason
from pos.domain.staff import Capability

WINDOW_DAYS = 30
GIFT_CARDS = "gift_card"  # the kind of goods whose money is on a card: it is spent, not returned


@dataclass(frozen=True, slots=True)
class Kinds:
    """Some goods, by SKU or department; nothing named means all of them."""

    skus: frozenset[str] = frozenset()
    departments: frozenset[str] = frozenset()

    @property
    def is_everything(self) -> bool:
        return not (self.skus or self.departments)

    def include(self, line: PurchasedLine) -> bool:
        return self.is_everything or line.sku in self.skus or line.department in self.departments


@dataclass(frozen=True, slots=True)
class ReturnRule:
    """How long some goods can come back, and how they must be.

    It is for what was sold from `sold_from` to `sold_until` (None: any day), in those channels
    and countries (empty: all), to customers of those tiers (empty: everybody). `window_days`
    count from the handover; `open_until` is a day until which all of it can come back, as after
    Christmas. `accepts` are the conditions taken without asking.
    """

    goods: Kinds = field(default_factory=Kinds)
    channels: frozenset[Channel] = frozenset(Channel)
    countries: frozenset[str] = frozenset()
    tiers: frozenset[str] = frozenset()
    sold_from: date | None = None
    sold_until: date | None = None
    window_days: int = WINDOW_DAYS
    open_until: date | None = None
    accepts: frozenset[Condition] = frozenset({Condition.SEALED, Condition.OPENED})

    def fits(self, case: Case) -> bool:
        """True for a line that the rule is for."""
        return (
            self.goods.include(case.line)
            and case.channel in self.channels
            and (not self.countries or case.country in self.countries)
            and (not self.tiers or bool(self.tiers & case.tiers))
            and (self.sold_from is None or self.sold_from <= case.sold)
            and (self.sold_until is None or case.sold <= self.sold_until)
        )

    def last_day(self, case: Case) -> date:
        """Return the last day on which the line can come back by this rule."""
        counted = (case.handed_over or case.today) + timedelta(days=self.window_days)
        return counted if self.open_until is None else max(counted, self.open_until)


@dataclass(frozen=True, slots=True)
class Category:
    """What kind of goods something is: ``hygiene``, ``personalised``, as the law names them.

    The shop takes such goods back only when `is_returnable`, or sealed when that is all it
    takes (`returnable_sealed`).
    """

    name: str
    goods: Kinds
    is_returnable: bool = False
    returnable_sealed: bool = False


@dataclass(frozen=True, slots=True)
class ReturnPolicy:
    """What a shop decided; amounts are minor units of its currency.

    Attributes:
        rules: How long what can come back. Rules that name goods go before those that do not;
            among those left the one that lets it come back the longest counts.
        categories: Kinds of goods that are not simply taken back.
        dispositions: Where goods go by their condition; for some departments their own.
        cash_limit: Cash up to which nobody is asked; None where cash is not limited.
        no_receipt_day: Without a receipt, per customer and day; `no_receipt_shop_day` per shop.
        offline_ticket, offline_day: What an isolated till gives per return, and per till and day.
        means: What the shop pays its own returns by; what the law gives is not limited by it.
        goodwill: What each capability may give without anything coming back; the rest nobody may.
        photo_days: How long photos of what came back are kept.
        stored_value_skus: What puts money onto a gift card; nobody can take that back as goods.
    """

    rules: tuple[ReturnRule, ...] = (ReturnRule(),)
    categories: tuple[Category, ...] = ()
    dispositions: Mapping[Condition, Disposition] = field(
        default_factory=lambda: USUAL_DISPOSITION
    )
    department_dispositions: Mapping[tuple[str, Condition], Disposition] = field(
        default_factory=dict
    )
    means: frozenset[Means] = frozenset(Means)
    cash_limit: int | None = 200_00
    no_receipt_day: int | None = 50_00
    no_receipt_shop_day: int | None = 500_00
    offline_ticket: int | None = 100_00
    offline_day: int | None = 300_00
    goodwill: tuple[tuple[Capability, int], ...] = (
        (Capability.GOODWILL, 10_00),
        (Capability.GOODWILL_RAISED, 30_00),
        (Capability.GOODWILL_HIGH, 150_00),
    )
    photo_days: int = 180
    stored_value_skus: frozenset[str] = frozenset()

    def disposition(self, department: str, condition: Condition) -> Disposition:
        """Return where goods go; raises KeyError for what is not ours, which goes nowhere."""
        usual = self.dispositions[condition]
        return self.department_dispositions.get((department, condition), usual)

    def category_of(self, line: PurchasedLine) -> Category | None:
        """Return the kind of goods a line is, None for goods of no particular kind."""
        return next((one for one in self.categories if one.goods.include(line)), None)

    def last_day(self, case: Case) -> tuple[date, ReturnRule] | None:
        """Return until when the shop takes a line back and by which rule; None: by none."""
        fitting = [rule for rule in self.rules if rule.fits(case)]
        named = [rule for rule in fitting if not rule.goods.is_everything]
        days = [(rule.last_day(case), rule) for rule in named or fitting]
        return max(days, key=lambda pair: pair[0], default=None)


# History of another system is rung up as it happened: nothing is too late and nothing too much.
IMPORT_POLICY = ReturnPolicy(
    rules=(ReturnRule(window_days=36_500, accepts=frozenset(Condition)),),
    cash_limit=None,
    no_receipt_day=None,
    no_receipt_shop_day=None,
    offline_ticket=None,
    offline_day=None,
)


@dataclass(frozen=True, slots=True)
class Case:
    """A line that somebody wants to bring back, as law and policy look at it.

    Days are dates of the shop; `handed_over` is None while that is not known. `tiers` are those
    of the customer.
    """

    line: PurchasedLine
    channel: Channel
    sold: date
    handed_over: date | None
    today: date
    reason: Reason
    condition: Condition
    country: str = ""
    tiers: frozenset[str] = frozenset()
    serial: SerialCheck = SerialCheck.NOT_RECORDED


def judge(case: Case, standing: LineStanding, policy: ReturnPolicy, law: ReturnLaw) -> Verdict:
    """Say whether a line may come back: the law first, then the shop's policy."""
    return (
        _impossible(case, standing, policy)
        or _by_law(case, policy, law)
        or _by_policy(case, policy)
    )


def judge_without_receipt(case: Case, policy: ReturnPolicy) -> Verdict:
    """Say whether goods may come back that nobody knows when they were bought, or whether here."""
    never = _never(case, policy)
    if never is not None:
        return never
    barred = _barred_goods(case, policy)
    return barred or NeedsOverride(Ground(Why.NO_RECEIPT), Capability.RETURN_WITHOUT_RECEIPT)


def rights(case: Case, policy: ReturnPolicy, law: ReturnLaw) -> tuple[Approved, ...]:
    """Return every right the law gives the customer, the one to money first."""
    category = policy.category_of(case.line)
    found = (
        withdrawal_of(
            law,
            channel=case.channel,
            category="" if category is None else category.name,
            condition=case.condition,
            handed_over=case.handed_over,
            today=case.today,
        ),
        guarantee_of(law, reason=case.reason, handed_over=case.handed_over, today=case.today),
    )
    return tuple(right for right in found if right is not None)


def _never(case: Case, policy: ReturnPolicy) -> Refused | None:
    if case.condition is Condition.NOT_OURS:
        return Refused(Ground(Why.NOT_OURS))
    if case.line.sku in policy.stored_value_skus:
        return Refused(Ground(Why.NOT_RETURNABLE, category=GIFT_CARDS))
    return None


def _impossible(case: Case, standing: LineStanding, policy: ReturnPolicy) -> Verdict | None:
    never = _never(case, policy)
    if never is not None:
        return never
    if not standing.returnable or case.serial is SerialCheck.RETURNED_BEFORE:
        return Refused(Ground(Why.NOTHING_LEFT))
    if case.serial is SerialCheck.OTHER:
        return NeedsOverride(Ground(Why.OTHER_PIECE), Capability.RETURN_OUTSIDE_POLICY)
    return None


def _by_law(case: Case, policy: ReturnPolicy, law: ReturnLaw) -> Approved | None:
    """Return the right the line comes back by: the guarantee where it is not as sold."""
    by_basis = {right.basis: right for right in rights(case, policy, law)}
    return by_basis.get(Basis.GUARANTEE) or by_basis.get(Basis.WITHDRAWAL)


def _by_policy(case: Case, policy: ReturnPolicy) -> Verdict:
    barred = _barred_goods(case, policy)
    if barred is not None:
        return barred
    found = policy.last_day(case)
    if found is None:
        return _outside(Ground(Why.NOT_RETURNABLE))
    until, rule = found
    if case.today > until:
        return _outside(Ground(Why.TOO_LATE, until, (case.today - until).days))
    if case.condition not in rule.accepts:
        is_opened = case.condition is Condition.OPENED
        return _outside(Ground(Why.OPENED if is_opened else Why.USED, until))
    return Approved(Basis.COMMERCIAL, until, (until - case.today).days)


def _barred_goods(case: Case, policy: ReturnPolicy) -> NeedsOverride | None:
    category = policy.category_of(case.line)
    if category is None or category.is_returnable:
        return None
    if category.returnable_sealed:
        if case.condition is Condition.SEALED:
            return None
        return _outside(Ground(Why.OPENED, category=category.name))
    return _outside(Ground(Why.NOT_RETURNABLE, category=category.name))


def _outside(ground: Ground) -> NeedsOverride:
    return NeedsOverride(ground, Capability.RETURN_OUTSIDE_POLICY)


def judge_cash(policy: ReturnPolicy, amount: Money) -> Verdict:
    """Say whether an amount may be paid out of the drawer."""
    above = _above(policy.cash_limit, amount, Why.CASH_LIMIT)
    return (
        Approved() if above is None else NeedsOverride(above, Capability.REFUND_CASH_ABOVE_LIMIT)
    )


def judge_no_receipt_amount(
    policy: ReturnPolicy, amount: Money, *, customer_today: Money, shop_today: Money
) -> Verdict:
    """Say whether an amount may be given without a receipt.

    Args:
        customer_today, shop_today: What this customer, and this shop, had that way today.
    """
    above = _above(policy.no_receipt_day, customer_today + amount, Why.NO_RECEIPT_LIMIT)
    above = above or _above(
        policy.no_receipt_shop_day, shop_today + amount, Why.NO_RECEIPT_SHOP_LIMIT
    )
    if above is not None:
        return Refused(above)
    ground = Ground(Why.NO_RECEIPT, asked=amount)
    return NeedsOverride(ground, Capability.RETURN_WITHOUT_RECEIPT)


def judge_offline(
    policy: ReturnPolicy, amount: Money, *, till_today: Money, is_known: bool
) -> Verdict:
    """Say whether an isolated till may give an amount: it cannot know what came back elsewhere.

    Args:
        till_today: What it gave that way today.
        is_known: It has a copy of the purchase; else somebody must allow it.
    """
    above = _above(policy.offline_ticket, amount, Why.OFFLINE_TICKET_LIMIT)
    above = above or _above(policy.offline_day, till_today + amount, Why.OFFLINE_DAY_LIMIT)
    if above is not None:
        return Refused(above)
    if is_known:
        return Approved()
    return NeedsOverride(Ground(Why.OFFLINE_UNKNOWN, asked=amount), Capability.RETURN_OFFLINE)


def judge_goodwill(policy: ReturnPolicy, amount: Money, able: frozenset[Capability]) -> Verdict:
    """Say whether somebody with the capabilities `able` may give goodwill alone."""
    enough = [(needed, limit) for needed, limit in policy.goodwill if amount.minor <= limit]
    if not enough:
        most = max((limit for _, limit in policy.goodwill), default=0)
        return Refused(
            Ground(Why.GOODWILL_LIMIT, limit=Money(most, amount.currency), asked=amount)
        )
    if any(needed in able for needed, _ in enough):
        return Approved()
    own = max((limit for needed, limit in policy.goodwill if needed in able), default=0)
    ground = Ground(Why.GOODWILL_BUDGET, limit=Money(own, amount.currency), asked=amount)
    return NeedsOverride(ground, min(enough, key=lambda pair: pair[1])[0])


def _above(limit: int | None, amount: Money, why: Why) -> Ground | None:
    if limit is None or amount.minor <= limit:
        return None
    return Ground(why, limit=Money(limit, amount.currency), asked=amount)
