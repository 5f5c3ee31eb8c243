"""What a return that is being put together comes to: verdicts, money, and what is lacking."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import Enum

from pos.domain.money import Money
from pos.domain.quantity import THOUSAND
from pos.domain.refund_options import (
    RefundCase,
    RefundOption,
    Split,
    delivery_refund,
    needs_wish,
    split_refund,
)
from pos.domain.return_choices import (
    Choice,
    chosen_lines,
    lines_at_value,
    quantities_of,
)
from pos.domain.return_ledger import LineStanding, SerialCheck
from pos.domain.return_policy import (
    Case,
    judge,
    judge_cash,
    judge_no_receipt_amount,
    judge_offline,
    judge_without_receipt,
)
from pos.domain.return_purchase import Means
from pos.domain.return_verdict import (
    Approved,
    Basis,
    NeedsOverride,
    Refused,
    Verdict,
    Why,
)
from pos.domain.return_words import Condition, Reason
from pos.domain.returns import (
    ExtraKind,
    ReturnExtra,
    ReturnFlag,
    ReturnLine,
    amount_of,
)
from pos.services.refund_ways import refund_ways
from pos.services.take_back import WHOLE, Picked, TakingBack

_RIGHTS = {Basis.WITHDRAWAL: ReturnFlag.WITHDRAWAL, Basis.GUARANTEE: ReturnFlag.GUARANTEE}

_APPROVED = Approved()


class Lacking(Enum):
    """What must be said before anything can be given back, in the order it is asked for."""

    NOTHING_CHOSEN = "nothing chosen"
    REFUSED = "refused"
    REASON = "reason"
    CONDITION = "condition"
    SERIAL = "serial"
    PERMISSION = "permission"
    OFFLINE_LIMIT = "offline limit"
    NO_RECEIPT_LIMIT = "no receipt limit"
    NO_WAY = "no way"  # no way to pay it out was chosen that can pay all of it


@dataclass(frozen=True, slots=True)
class LineFigures:
    """One line as it stands; `value` is what goes back for what is picked of it.

    `verdict` is about it as picked; while nothing is said, about it sealed and without a reason.
    """

    standing: LineStanding
    picked: Picked
    verdict: Verdict
    is_allowed: bool
    value: Money | None = None

    @property
    def number(self) -> int:
        return self.standing.line.number

    @property
    def is_back(self) -> bool:
        """True when something of it is to come back."""
        return self.picked.quantity > 0


@dataclass(frozen=True, slots=True)
class Permission:
    """What somebody has to allow, of a line or of the return (`WHOLE`)."""

    line: int
    verdict: NeedsOverride


@dataclass(frozen=True)
class Figures:
    """Everything the screen shows of a return, worked out once for each change.

    `permissions` are those still to be asked for; `unpaid` is what no way was found for.
    `delivery_left` is what of the delivery is not given back with it.
    """

    lines: tuple[LineFigures, ...]
    chosen: tuple[ReturnLine, ...]
    extras: tuple[ReturnExtra, ...]
    total: Money
    options: tuple[RefundOption, ...]
    splits: tuple[Split, ...]
    unpaid: Money
    permissions: tuple[Permission, ...]
    offline: Verdict
    delivery_left: Money
    flags: frozenset[ReturnFlag]
    unproven: Verdict = _APPROVED  # about giving so much without a receipt
    lacking: Lacking | None = None
    lacking_line: int = WHOLE

    def line(self, number: int) -> LineFigures:
        """Return a line; raises KeyError when there is none of that number."""
        for row in self.lines:
            if row.number == number:
                return row
        raise KeyError(number)


def figures_of(state: TakingBack) -> Figures:
    """Work out what a return comes to as it is chosen by now."""
    ledger = state.known.ledger
    rows = tuple(_line_figures(state, row) for row in ledger.lines)
    back = [row for row in rows if row.is_back and not isinstance(row.verdict, Refused)]
    choices = tuple(_choice(row) for row in back)
    delivery = delivery_refund(
        ledger,
        quantities_of(choices),
        state.rules.law,
        # Who was given something has no contract to withdraw from, and paid for no delivery.
        is_withdrawal=not state.is_gift and any(_basis(row) is Basis.WITHDRAWAL for row in back),
    )
    if state.has_receipt:
        chosen = chosen_lines(ledger, choices, state.rules.policy, beside=delivery)
    else:
        chosen = lines_at_value(ledger, choices, state.rules.policy)
    extras = _extras(state, delivery)
    total = amount_of(chosen, extras, ledger.purchase.currency)
    options = _options(state, total, back)
    splits, unpaid = split_refund(options, total, _wished(state, options))
    offline, unproven = _offline(state, total), _unproven(state, total)
    values = {line.purchase_line: line.refund for line in chosen}
    made = Figures(
        lines=tuple(replace(row, value=values.get(row.number)) for row in rows),
        chosen=chosen,
        extras=extras,
        total=total,
        options=options,
        splits=splits,
        unpaid=unpaid,
        permissions=_permissions(state, back, splits, (offline, unproven)),
        offline=offline,
        delivery_left=ledger.delivery_left - delivery,
        flags=_flags(state, back, splits),
        unproven=unproven,
    )
    lacking, line = _lacking(made)
    return replace(made, lacking=lacking, lacking_line=line)


def case_of(state: TakingBack, standing: LineStanding, picked: Picked) -> Case:
    """Return a line as law and policy look at it."""
    bought = state.known.ledger.purchase
    handed_over = bought.handed_over_at_ms
    return Case(
        line=standing.line,
        channel=bought.channel,
        sold=state.date_of(bought.sold_at_ms),
        handed_over=None if handed_over is None else state.date_of(handed_over),
        today=state.today,
        reason=picked.reason or Reason.OTHER,
        condition=picked.condition or Condition.SEALED,
        country=state.rules.country,
        serial=_serial_check(standing, picked.serials),
    )


def _line_figures(state: TakingBack, standing: LineStanding) -> LineFigures:
    picked = state.of_line(standing.line.number)
    case = case_of(state, standing, picked)
    verdict = _judged(state, case, standing)
    return LineFigures(standing, picked, verdict, _is_allowed(state, picked.line, verdict))


def _judged(state: TakingBack, case: Case, standing: LineStanding) -> Verdict:
    """Judge a line; that there is no receipt is asked once, of all of them (`_unproven`)."""
    if state.has_receipt:
        return judge(case, standing, state.rules.policy, state.rules.law)
    verdict = judge_without_receipt(case, state.rules.policy)
    asks_once = isinstance(verdict, NeedsOverride) and verdict.ground.why is Why.NO_RECEIPT
    return _APPROVED if asks_once else verdict


def _is_allowed(state: TakingBack, line: int, verdict: Verdict) -> bool:
    if isinstance(verdict, NeedsOverride):
        return state.is_allowed(line, verdict.ground.why, verdict.ground.asked)
    return isinstance(verdict, Approved)


def _serial_check(standing: LineStanding, serials: Iterable[str]) -> SerialCheck:
    """Return the worst that is to be said of the pieces on the counter."""
    checks = {standing.check_serial(serial) for serial in serials}
    worst = (SerialCheck.RETURNED_BEFORE, SerialCheck.OTHER, SerialCheck.FITS)
    return next((check for check in worst if check in checks), SerialCheck.NOT_RECORDED)


def _choice(row: LineFigures) -> Choice:
    picked, verdict = row.picked, row.verdict
    # Wear is the customer's only where the verdict says so, whatever was typed before.
    may_keep = isinstance(verdict, Approved) and verdict.may_deduct
    return Choice(
        line=picked.line,
        quantity=picked.quantity,
        reason=picked.reason or Reason.OTHER,
        condition=picked.condition or Condition.SEALED,
        disposition=picked.disposition,
        serials=picked.serials,
        kept=picked.kept if may_keep else 0,
    )


def _basis(row: LineFigures) -> Basis:
    return row.verdict.basis if isinstance(row.verdict, Approved) else Basis.COMMERCIAL


def _extras(state: TakingBack, delivery: Money) -> tuple[ReturnExtra, ...]:
    bought = state.known.ledger.purchase
    if not delivery:
        return ()
    kind = ExtraKind.DELIVERY
    return (ReturnExtra(kind, bought.reference, delivery, bought.delivery_tax_rate),)


# -- money


def _options(
    state: TakingBack, total: Money, back: Iterable[LineFigures]
) -> tuple[RefundOption, ...]:
    by_law = any(_basis(row) in _RIGHTS for row in back)
    case = RefundCase(total, by_law=by_law, is_gift=state.is_gift, is_isolated=state.is_isolated)
    return refund_ways(state.known.ledger if state.has_receipt else None, case, state.rules)


def _wished(state: TakingBack, options: Iterable[RefundOption]) -> tuple[RefundOption, ...]:
    return tuple(one for one in options if (one.means, one.reference) == state.way)


def _offline(state: TakingBack, total: Money) -> Verdict:
    if not state.is_isolated:
        return _APPROVED
    return judge_offline(
        state.rules.policy,
        total,
        till_today=state.isolated_today,
        is_known=state.has_receipt,
    )


def _unproven(state: TakingBack, total: Money) -> Verdict:
    if state.has_receipt or not total:
        return _APPROVED
    nothing = Money(0, total.currency)
    return judge_no_receipt_amount(
        state.rules.policy,
        total,
        customer_today=nothing,
        shop_today=state.no_receipt_today or nothing,
    )


def _permissions(
    state: TakingBack,
    back: Iterable[LineFigures],
    splits: Iterable[Split],
    of_the_whole: Iterable[Verdict],
) -> tuple[Permission, ...]:
    """Return what is still to be allowed: lines first, then how the money goes."""
    cash = (
        judge_cash(state.rules.policy, split.amount)
        for split in splits
        if split.option.means is Means.CASH
    )
    asked = [
        *((row.number, row.verdict) for row in back),
        *((WHOLE, verdict) for verdict in (*cash, *of_the_whole)),
    ]
    return tuple(
        Permission(line, verdict)
        for line, verdict in asked
        if isinstance(verdict, NeedsOverride) and not _is_allowed(state, line, verdict)
    )


def _flags(
    state: TakingBack, back: Iterable[LineFigures], splits: Iterable[Split]
) -> frozenset[ReturnFlag]:
    flags = {_RIGHTS[_basis(row)] for row in back if _basis(row) in _RIGHTS}
    if state.is_isolated:
        flags.add(ReturnFlag.OFFLINE)
    if state.is_gift:
        flags = (flags - {ReturnFlag.WITHDRAWAL}) | {ReturnFlag.GIFT_RECEIPT}
    if not state.has_receipt:
        flags.add(ReturnFlag.NO_RECEIPT)
    if needs_wish(splits):
        flags.add(ReturnFlag.CREDIT_WISHED)
    return frozenset(flags)


# -- what is lacking


def _lacking(figures: Figures) -> tuple[Lacking | None, int]:
    back = [row for row in figures.lines if row.is_back]
    if not back:
        return Lacking.NOTHING_CHOSEN, WHOLE
    for row in back:
        if lacking := _lacking_of(row):
            return lacking, row.number
    if isinstance(figures.offline, Refused):
        return Lacking.OFFLINE_LIMIT, WHOLE
    if isinstance(figures.unproven, Refused):
        return Lacking.NO_RECEIPT_LIMIT, WHOLE
    return (Lacking.NO_WAY, WHOLE) if figures.unpaid else (None, WHOLE)


def _lacking_of(row: LineFigures) -> Lacking | None:
    picked, bought = row.picked, row.standing.line
    if isinstance(row.verdict, Refused):
        return Lacking.REFUSED
    if picked.reason is None:
        return Lacking.REASON
    if picked.condition is None:
        return Lacking.CONDITION
    pieces = picked.quantity // THOUSAND
    if bought.serials and bought.unit.is_counted and len(picked.serials) < pieces:
        return Lacking.SERIAL
    return None if row.is_allowed else Lacking.PERMISSION
