"""Paying what a refund that failed owes: the ways there are, and the one act that records it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum

from pos.domain.card_refund import CardRefund, reissued_to_card
from pos.domain.journal import FactKind
from pos.domain.money import Money
from pos.domain.refund import OPEN_STATES, RefundEvent
from pos.domain.refund_options import RefundCase, RefundOption, Split, split_refund
from pos.domain.reissue import (
    NotOwed,
    Owed,
    Reissue,
    owed_of,
    owed_options,
    paid_again,
    reissue_body,
    reissued,
)
from pos.domain.return_ledger import Ledger
from pos.domain.return_policy import judge_cash, judge_offline
from pos.domain.return_purchase import Means
from pos.domain.return_trouble import troubles_of
from pos.domain.return_verdict import Approved, NeedsOverride, Refused, Verdict
from pos.domain.returns import Return
from pos.domain.staff import Act, Approval, Capability
from pos.services import desk_refunds
from pos.services.at_counter import business_in_shift
from pos.services.find_purchase import Known
from pos.services.paying_out import PayingOut, load_card, paying_out
from pos.services.ports import Records
from pos.services.record_return import PurchaseChanged, resolve_refund, with_own_returns
from pos.services.refund_ways import as_it_can_be
from pos.services.take_back import isolated_today
from pos.services.workstation import SignOn, Workstation

# No refund is split over more ways than there are.
_MOST_PARTS = len(Means)


class OwedLacking(Enum):
    """Why nothing can be paid yet."""

    OFFLINE_LIMIT = "offline limit"
    NO_WAY = "no way"
    PERMISSION = "permission"


@dataclass(frozen=True)
class PayingAgain:
    """What is owed, and how the customer wants it now (`way`: means and reference).

    `number` is that of the return, empty when this till does not know it; `refund_ids` are given
    out before anything is recorded, so that the same act twice is one. `isolated_today` is what
    the till gave back today without seeing the hub.
    """

    refund_ids: tuple[str, ...]
    known: Known
    owed: Owed
    number: str
    isolated_today: Money
    is_isolated: bool = False
    way: tuple[Means, str] | None = None
    approvals: tuple[tuple[Capability, Approval | None], ...] = ()

    def is_allowed(self, capability: Capability) -> bool:
        """True when somebody allowed it."""
        return any(given is capability for given, _ in self.approvals)


@dataclass(frozen=True)
class OwedFigures:
    """What the screen shows of it; `permission` is the verdict somebody has to allow first."""

    options: tuple[RefundOption, ...]
    splits: tuple[Split, ...]
    unpaid: Money
    permission: NeedsOverride | None
    offline: Verdict
    lacking: OwedLacking | None


def by_number(station: Workstation, number: str) -> Return | None:
    """Return this till's return of a number as printed, with its refunds as they are."""
    with station.store.reading() as records:
        return records.returns.by_number(number.strip().upper())


def seen_here(station: Workstation, known: Known) -> Known:
    """Return a purchase of the hub with what this till did that the hub may not know."""
    with station.store.reading() as records:
        return replace(known, ledger=with_own_returns(records, known.ledger))


def begin(
    station: Workstation, known: Known, owed: Owed, *, number: str, is_isolated: bool
) -> PayingAgain:
    """Begin to pay something that is owed."""
    return PayingAgain(
        refund_ids=tuple(station.ids.new() for _ in range(_MOST_PARTS)),
        known=known,
        owed=owed,
        number=number,
        isolated_today=isolated_today(station),
        is_isolated=is_isolated,
    )


def figures_of(station: Workstation, state: PayingAgain) -> OwedFigures:
    """Work out the ways there are, and how the amount goes by now."""
    rules = station.returns
    case = RefundCase(state.owed.amount, by_law=True, is_isolated=state.is_isolated)
    options = tuple(
        as_it_can_be(one, case, rules)
        for one in owed_options(
            state.known.ledger, state.owed, rules.policy, is_isolated=state.is_isolated
        )
    )
    wished = [one for one in options if (one.means, one.reference) == state.way]
    splits, unpaid = split_refund(options, state.owed.amount, wished)
    offline = _offline(station, state)
    permission = _permission(station, state, splits, offline)
    lacking = None
    if isinstance(offline, Refused):
        lacking = OwedLacking.OFFLINE_LIMIT
    elif unpaid:
        lacking = OwedLacking.NO_WAY
    elif permission is not None:
        lacking = OwedLacking.PERMISSION
    return OwedFigures(options, splits, unpaid, permission, offline, lacking)


def looked_again(state: PayingAgain, known: Known, *, is_isolated: bool) -> PayingAgain:
    """Look at the purchase as it is known by now.

    Raises:
        NotOwed: Somebody paid it meanwhile.
    """
    same = [one for one in owed_of(known.ledger) if _is_same(one, state.owed)]
    if not same:
        raise NotOwed(state.owed.failed.refund_id)
    return replace(state, known=known, owed=same[0], is_isolated=is_isolated)


def pay_again(
    sign_on: SignOn, state: PayingAgain, figures: OwedFigures, reason: str = ""
) -> tuple[Reissue, ...]:
    """Record how it is paid now; doing it again changes nothing and gives what was recorded.

    Raises:
        NotOwed: It was paid meanwhile, or never failed; or its terminal said later that it paid
            it, and nobody decided on the desk that it did not. Nothing is recorded.
        PurchaseChanged: A tender would get back more than it paid.
        NoOpenSession: There is no shift to pay it from.
        NotAllowed: An approval is not good (any more).
        NotComplete: No way was found for all of it.
    """
    if figures.lacking is not None:
        raise NotOwed(figures.lacking.value)
    with sign_on.station.store.transaction() as records:
        done = _recorded(records, state)
        if done:
            return done
        business_in_shift(sign_on, records)
        ledger = with_own_returns(records, state.known.ledger)
        paying = _paying(sign_on.station, state, figures)
        _check(ledger, state.owed, paying)
        if desk_refunds.may_have_moved(records, state.owed.failed.refund_id):
            raise NotOwed(state.owed.failed.refund_id)
        _settle_failed(sign_on, records, state.owed)
        _authorise(sign_on, records, state)
        now_ms = sign_on.station.clock.now_ms()
        reissues = tuple(_reissue(sign_on, state, one, reason, now_ms) for one in paying)
        for one, reissue in zip(paying, reissues, strict=True):
            records.returns.reissues.add(reissue)
            sign_on.record(records, FactKind.REFUND_ISSUED, reissue_body(reissue), at_ms=now_ms)
            load_card(sign_on, records, one, document=state.number, at_ms=now_ms)
    return reissues


def recorded(station: Workstation, state: PayingAgain) -> tuple[Reissue, ...]:
    """Return what was recorded of it, nothing when nothing was."""
    with station.store.reading() as records:
        return _recorded(records, state)


def to_ask(reissues: tuple[Reissue, ...]) -> tuple[CardRefund, ...]:
    """Return those that this till's terminal is to be asked for now."""
    found = (reissued_to_card(one) for one in reissues if not one.is_isolated)
    return tuple(one for one in found if one is not None and one.is_open)


def _is_same(one: Owed, other: Owed) -> bool:
    """True for one refund, whatever id its return goes by."""
    return one.failed.refund_id == other.failed.refund_id


def _offline(station: Workstation, state: PayingAgain) -> Verdict:
    if not state.is_isolated:
        return Approved()
    return judge_offline(
        station.returns.policy, state.owed.amount, till_today=state.isolated_today, is_known=True
    )


def _permission(
    station: Workstation, state: PayingAgain, splits: tuple[Split, ...], offline: Verdict
) -> NeedsOverride | None:
    cash = (
        judge_cash(station.returns.policy, split.amount)
        for split in splits
        if split.option.means is Means.CASH
    )
    for verdict in (*cash, offline):
        if isinstance(verdict, NeedsOverride) and not state.is_allowed(verdict.capability):
            return verdict
    return None


def _recorded(records: Records, state: PayingAgain) -> tuple[Reissue, ...]:
    found = (records.returns.reissues.get(refund_id) for refund_id in state.refund_ids)
    return tuple(one for one in found if one is not None)


def _paying(
    station: Workstation, state: PayingAgain, figures: OwedFigures
) -> tuple[PayingOut, ...]:
    made = (
        (split.option, paying_out(station, split, state.owed.purchase, refund_id=refund_id))
        for split, refund_id in zip(figures.splits, state.refund_ids, strict=False)
    )
    return tuple(
        replace(one, refund=paid_again(option, one.refund, state.owed)) for option, one in made
    )


def _check(ledger: Ledger, owed: Owed, paying: tuple[PayingOut, ...]) -> None:
    """Make sure that it is owed still, and that no tender gets back more than it paid."""
    refunds = [one.refund.as_paid_out for one in paying]
    after = tuple(
        reissued(one, owed.failed.refund_id, refunds)
        if any(part.refund_id == owed.failed.refund_id for part in one.paid_out)
        else one
        for one in ledger.returns
    )
    if after == ledger.returns:
        raise NotOwed(owed.failed.refund_id)
    troubles = troubles_of(replace(ledger, returns=after)) - troubles_of(ledger)
    if troubles:
        raise PurchaseChanged(owed.purchase, troubles)


def _settle_failed(sign_on: SignOn, records: Records, owed: Owed) -> None:
    """Record here what the hub said: a card that this till had no answer of got nothing."""
    document = records.returns.get(owed.return_id)
    known = () if document is None else document.refunds
    for one in known:
        is_it = one.refund_id == owed.failed.refund_id and one.means is Means.CARD
        if is_it and one.state in OPEN_STATES:
            event, why = RefundEvent.REFUSAL, "central system"
            resolve_refund(sign_on, records, owed.return_id, one.refund_id, event, detail=why)


def _authorise(sign_on: SignOn, records: Records, state: PayingAgain) -> None:
    detail = {"return_id": state.owed.return_id, "refund_id": state.owed.failed.refund_id}
    given = dict(state.approvals)
    for capability in dict.fromkeys((Capability.RETURN, *given)):
        sign_on.authorise(records, Act(capability), given.get(capability), detail)


def _reissue(
    sign_on: SignOn, state: PayingAgain, one: PayingOut, reason: str, now_ms: int
) -> Reissue:
    return Reissue(
        return_id=state.owed.return_id,
        number=state.number,
        replaces=state.owed.failed.refund_id,
        refund=one.refund,
        reason=reason,
        staff_id=sign_on.operator.staff_id,
        session_id=sign_on.session_id,
        at_ms=now_ms,
        is_isolated=state.is_isolated,
    )
