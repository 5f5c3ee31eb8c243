"""A return while it is put together: what is chosen of a purchase, and what that comes to.

Nothing is recorded before the last key: the state is a value, each act returns the next one.
`pos.services.return_figures` works out what it comes to, `pos.services.give_back` records it.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from zoneinfo import ZoneInfo

from pos.domain.money import Money
from pos.domain.quantity import THOUSAND
from pos.domain.return_ledger import LineStanding
from pos.domain.return_purchase import Means
from pos.domain.return_verdict import Why
from pos.domain.return_words import Condition, Disposition, Reason
from pos.domain.returns import ReturnFlag
from pos.domain.staff import Approval, Capability
from pos.services.find_purchase import GoodsRead, Known
from pos.services.ports import Records
from pos.services.return_rules import ReturnRules
from pos.services.workstation import APPROVAL_LASTS_MS, Workstation

WHOLE = 0  # the number of no line: what is about the return as a whole
# In which state goods usually are that come back for that reason.
_USUAL_CONDITION = {
    Reason.FAULTY: Condition.FAULTY,
    Reason.ARRIVED_DAMAGED: Condition.DAMAGED,
}


@dataclass(frozen=True, slots=True)
class Picked:
    """What of one line comes back; reason and condition are None until somebody said them.

    `quantity` is thousandths, `kept` what is kept for wear in minor units; `disposition` None:
    as the shop's policy says.
    """

    line: int
    quantity: int = 0
    reason: Reason | None = None
    condition: Condition | None = None
    disposition: Disposition | None = None
    serials: tuple[str, ...] = ()
    kept: int = 0


@dataclass(frozen=True, slots=True)
class Allowed:
    """That somebody allowed what needed it, for a line or (`WHOLE`) for the return.

    `why` is None for taking anything back at all. `approval` is None where the operator may
    allow it. `asked` is the amount it was about, None where it was about none.
    """

    line: int
    why: Why | None
    capability: Capability
    approval: Approval | None = None
    asked: Money | None = None

    def covers(self, asked: Money | None) -> bool:
        """True unless more is asked for by now than somebody allowed."""
        return asked is None or (self.asked is not None and asked <= self.asked)

    def is_good(self, now_ms: int) -> bool:
        """True while the approval has not run out."""
        given = self.approval
        return given is None or now_ms - given.granted_at_ms <= APPROVAL_LASTS_MS


@dataclass(frozen=True)
class TakingBack:
    """One purchase on the screen of returns. `way` is how the customer wants the money.

    `is_isolated`: the till does not see the hub. `isolated_today` is what it gave back that way
    today. `is_gift`: whoever shows the gift's paper gets credit, and sees of what was paid the
    credit alone, once it is theirs. `today` is the shop's date, `zone` its time zone. Without a
    receipt (`has_receipt`) the purchase is what lies on the counter
    (`pos.services.without_receipt`); `no_receipt_today` is what this till gave back so today.
    """

    return_id: str
    began_at_ms: int
    today: datetime.date
    zone: ZoneInfo
    known: Known
    rules: ReturnRules
    isolated_today: Money
    is_isolated: bool = False
    picked: Mapping[int, Picked] = field(default_factory=dict)
    allowed: tuple[Allowed, ...] = ()
    way: tuple[Means, str] | None = None
    has_receipt: bool = True
    no_receipt_today: Money | None = None
    is_gift: bool = False

    def of_line(self, number: int) -> Picked:
        """Return what is picked of a line."""
        return self.picked.get(number) or Picked(number)

    def is_allowed(self, line: int, why: Why | None, asked: Money | None = None) -> bool:
        """True when somebody allowed that, and as much of it as is asked for."""
        return any(
            (one.line, one.why) == (line, why) and one.covers(asked) for one in self.allowed
        )

    def date_of(self, at_ms: int) -> datetime.date:
        """Return the shop's date of a time in UTC Unix ms."""
        return _date(at_ms, self.zone)


def begin(
    station: Workstation, known: Known, *, is_isolated: bool, is_gift: bool = False
) -> TakingBack:
    """Begin to take something of a purchase back; `is_gift` with the paper of a gift."""
    now_ms, zone = station.clock.now_ms(), ZoneInfo(station.time_zone)
    with station.store.reading() as records:
        midnight = _midnight_ms(_date(now_ms, zone), zone)
        given = _given_since(records, ReturnFlag.OFFLINE, midnight)
        no_receipt = _given_since(records, ReturnFlag.NO_RECEIPT, midnight)
    return TakingBack(
        return_id=station.ids.new(),
        began_at_ms=now_ms,
        today=_date(now_ms, zone),
        zone=zone,
        known=known,
        rules=station.returns,
        isolated_today=Money(given, station.currency),
        is_isolated=is_isolated,
        no_receipt_today=Money(no_receipt, station.currency),
        is_gift=is_gift,
    )


def isolated_today(station: Workstation) -> Money:
    """Return what this till gave back today without seeing the hub."""
    now_ms, zone = station.clock.now_ms(), ZoneInfo(station.time_zone)
    with station.store.reading() as records:
        midnight = _midnight_ms(_date(now_ms, zone), zone)
        given = _given_since(records, ReturnFlag.OFFLINE, midnight)
    return Money(given, station.currency)


def count(state: TakingBack, line: int, quantity: int) -> TakingBack:
    """Take `quantity` (thousandths) of a line back, as much as can still come back at most."""
    standing = state.known.ledger.line(line)
    wanted = min(max(quantity, 0), standing.returnable)
    picked = state.of_line(line)
    serials = picked.serials[: wanted // THOUSAND] if standing.line.unit.is_counted else ()
    return _put(state, replace(picked, quantity=wanted, serials=serials, kept=0))


def add_one(state: TakingBack, line: int) -> TakingBack:
    """Take one piece more of a line back; of what is measured, all there is."""
    standing = state.known.ledger.line(line)
    return count(state, line, state.of_line(line).quantity + step_of(standing))


def step_of(standing: LineStanding) -> int:
    """Return by how much a line is counted up and down, in thousandths."""
    return THOUSAND if standing.line.unit.is_counted else max(standing.returnable, 1)


def because(state: TakingBack, line: int, reason: Reason) -> TakingBack:
    """Say why a line comes back; how it usually comes back then is said with it."""
    picked = state.of_line(line)
    condition = picked.condition or _USUAL_CONDITION.get(reason)
    return _put(state, replace(_at_least_one(state, picked), reason=reason, condition=condition))


def in_condition(state: TakingBack, line: int, condition: Condition) -> TakingBack:
    """Say how a line comes back; where it goes is as the policy says again."""
    picked = _at_least_one(state, state.of_line(line))
    return _put(state, replace(picked, condition=condition, disposition=None, kept=0))


def goes_to(state: TakingBack, line: int, disposition: Disposition) -> TakingBack:
    """Say where a line goes, other than the policy says."""
    return _put(state, replace(state.of_line(line), disposition=disposition))


def with_serial(state: TakingBack, line: int, serial: str) -> TakingBack:
    """Note the serial number of a piece; the same one again changes nothing."""
    picked = _at_least_one(state, state.of_line(line))
    if not serial or serial in picked.serials:
        return state
    pieces = max(picked.quantity // THOUSAND, 1)
    serials = (*picked.serials, serial)[-pieces:]
    return _put(state, replace(picked, serials=serials))


def keep(state: TakingBack, line: int, minor: int) -> TakingBack:
    """Keep an amount of what was paid for a line, for wear: all of it at most."""
    picked = state.of_line(line)
    most = state.known.ledger.line(line).value_of(picked.quantity) if picked.quantity else None
    kept = min(max(minor, 0), most.minor if most is not None else 0)
    return _put(state, replace(picked, kept=kept))


def pay_by(state: TakingBack, means: Means, reference: str) -> TakingBack:
    """Say which way the customer wants the money, as far as it goes."""
    return replace(state, way=(means, reference))


def allow(
    state: TakingBack,
    line: int,
    why: Why | None,
    capability: Capability,
    approval: Approval | None,
    asked: Money | None = None,
) -> TakingBack:
    """Keep that somebody allowed something; a line that was allowed is taken back.

    Args:
        asked: The amount it was about, if it was about one.
    """
    others = tuple(one for one in state.allowed if (one.line, one.why) != (line, why))
    done = replace(state, allowed=(*others, Allowed(line, why, capability, approval, asked)))
    if line == WHOLE:
        return done
    return _put(done, _at_least_one(done, done.of_line(line)))


def without_stale(state: TakingBack, now_ms: int) -> TakingBack:
    """Forget approvals that ran out: they are asked for again."""
    return replace(state, allowed=tuple(one for one in state.allowed if one.is_good(now_ms)))


def refreshed(state: TakingBack, known: Known, *, is_isolated: bool) -> TakingBack:
    """Look at the purchase as it is known by now; no more is picked than can still come back."""
    changed = replace(state, known=known, is_isolated=is_isolated)
    lines = {row.line.number: row for row in known.ledger.lines}
    fitting = {
        number: _fitted(picked, lines[number])
        for number, picked in state.picked.items()
        if number in lines
    }
    return replace(changed, picked=fitting)


def is_as_before(before: TakingBack, after: TakingBack) -> bool:
    """True when a fresh look at the purchase changed nothing of what was chosen."""
    return before.picked == after.picked and before.is_isolated == after.is_isolated


def line_of_goods(state: TakingBack, goods: GoodsRead) -> int:
    """Return the line that goods on the counter are of, one with something left; 0: none."""
    lines = state.known.ledger.lines
    fitting = [row for row in lines if goods.is_of(row.line.sku, row.line.gtin)]
    left = [row for row in fitting if row.returnable > state.of_line(row.line.number).quantity]
    return next((row.line.number for row in (*left, *fitting)), 0)


def _given_since(records: Records, flag: ReturnFlag, at_ms: int) -> int:
    """Return what came back with a flag since then, for tickets that wait too; minor units."""
    waiting = (one for one in records.exchanges.waiting() if flag in one.flags)
    return records.returns.flagged_since(flag, at_ms) + sum(one.total.minor for one in waiting)


def _put(state: TakingBack, picked: Picked) -> TakingBack:
    return replace(state, picked={**state.picked, picked.line: picked})


def _at_least_one(state: TakingBack, picked: Picked) -> Picked:
    """Whoever says something of a line that nothing was picked of means to bring it back."""
    if picked.quantity:
        return picked
    standing = state.known.ledger.line(picked.line)
    return replace(picked, quantity=min(step_of(standing), standing.returnable))


def _fitted(picked: Picked, standing: LineStanding) -> Picked:
    quantity = min(picked.quantity, standing.returnable)
    worth = standing.value_of(quantity).minor if quantity else 0
    return replace(picked, quantity=quantity, kept=min(picked.kept, worth))


def _date(at_ms: int, zone: ZoneInfo) -> datetime.date:
    return datetime.datetime.fromtimestamp(at_ms / 1000, datetime.UTC).astimezone(zone).date()


def _midnight_ms(day: datetime.date, zone: ZoneInfo) -> int:
    begins = datetime.datetime.combine(day, datetime.time(), zone)
    return int(begins.timestamp() * 1000)
