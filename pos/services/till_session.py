"""The shift: opening with a float, cash in and out, X, the blind count, Z."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, replace

from pos.domain.free_text import MAX_REASON_LENGTH, checked_text
from pos.domain.journal import FactKind, Json
from pos.domain.money import Money
from pos.domain.numbering import DocumentKind
from pos.domain.printing import PrintKind
from pos.domain.staff import Act, Approval, Capability
from pos.domain.standing import ENDS_WORK
from pos.domain.tax import TaxAmount
from pos.domain.till_session import (
    CashCount,
    CashMovement,
    MovementKind,
    SessionReport,
    TillSession,
)
from pos.services.at_counter import business_in_shift, open_shift
from pos.services.desk_refunds import held_up_by, open_refunds
from pos.services.ports import Records
from pos.services.print_jobs import queued_job
from pos.services.workstation import SignOn

MAX_MOVEMENT_MINOR = 100_000_00


class TillEnded(Exception):
    """The hub takes nothing of this till any more: no other shift is begun."""


class SessionAlreadyOpen(Exception):
    """A shift is open at this till."""


class TicketsLeft(Exception):
    """A ticket is at the counter or a card has no outcome: the shift cannot be closed."""


class NotCounted(Exception):
    """The cash was not counted, or was counted as often as it may be."""


class MovementNotPossible(ValueError):
    """An amount of zero or beyond `MAX_MOVEMENT_MINOR`, or no reason."""


class BusinessDayNotPossible(ValueError):
    """The accounting date is no ISO 8601 date such as ``2026-11-22``."""


@dataclass(frozen=True, slots=True)
class CountResult:
    """What a count came to; `difference` is counted less expected."""

    session: TillSession
    difference: Money
    may_recount: bool


_FACT_OF = {
    MovementKind.PAID_IN: FactKind.CASH_PAID_IN,
    MovementKind.PAID_OUT: FactKind.CASH_PAID_OUT,
    MovementKind.DROP: FactKind.CASH_DROPPED,
}


def open_session(sign_on: SignOn, opening_float: CashCount, *, business_day: str) -> SignOn:
    """Open a shift with its float.

    Args:
        business_day: Accounting date of the shop, ISO 8601; chosen by a person, not the clock.

    Raises:
        SessionAlreadyOpen: There is one.
        TillEnded: The till was taken out of service, or is a copy that was stopped.
        BusinessDayNotPossible: `business_day` is no such date.
    """
    _check_day(business_day)
    station = sign_on.station
    with station.store.transaction() as records:
        if records.sessions.current() is not None:
            raise SessionAlreadyOpen
        if any(notice.name in ENDS_WORK for notice in records.standing.notices()):
            raise TillEnded
        last = records.sessions.last_closed()
        session = TillSession(
            session_id=station.ids.new(),
            number=last.number + 1 if last else 1,
            business_day=business_day,
            opened_at_ms=station.clock.now_ms(),
            opened_by=sign_on.operator.staff_id,
            opening_float=opening_float,
        )
        records.sessions.save(session)
        opened = sign_on.in_session(session)
        opened.record(
            records,
            FactKind.SESSION_OPENED,
            {
                "session_id": session.session_id,
                "number": session.number,
                "business_day": business_day,
                "staff_id": sign_on.operator.staff_id,
                "currency": opening_float.currency,
                "float": opening_float.body(),
                "float_total": opening_float.total.minor,
            },
            at_ms=session.opened_at_ms,
        )
    return opened


def move_cash(
    sign_on: SignOn,
    kind: MovementKind,
    amount: Money,
    *,
    reason: str,
    approval: Approval | None = None,
) -> CashMovement:
    """Record cash paid in, paid out or dropped, and queue its slip.

    Raises:
        MovementNotPossible: An amount or a reason that cannot be.
        LooksLikeCardNumber: The reason may hold the number of a card.
        NotAllowed: An override is needed and missing.
        NoOpenSession: The shift is closed.
    """
    said = checked_text(reason, MAX_REASON_LENGTH)
    if not 0 < amount.minor <= MAX_MOVEMENT_MINOR or not said:
        raise MovementNotPossible(f"{amount.minor}")
    station = sign_on.station
    movement = CashMovement(
        movement_id=station.ids.new(),
        session_id=sign_on.session_id,
        kind=kind,
        amount=amount,
        reason=said,
        staff_id=sign_on.operator.staff_id,
        at_ms=station.clock.now_ms(),
    )
    with station.store.transaction() as records:
        business_in_shift(sign_on, records)
        sign_on.authorise(
            records, Act(Capability.CASH_MOVEMENT), approval, {"amount": amount.minor}
        )
        records.sessions.add_movement(movement)
        sign_on.record(
            records,
            _FACT_OF[kind],
            {
                "movement_id": movement.movement_id,
                "session_id": movement.session_id,
                "amount": amount.minor,
                "currency": amount.currency,
                "reason": movement.reason,
                "staff_id": movement.staff_id,
            },
            at_ms=movement.at_ms,
        )
        records.prints.save(queued_job(sign_on, PrintKind.MOVEMENT, movement.movement_id))
    return movement


def open_drawer(sign_on: SignOn, *, reason: str, approval: Approval | None = None) -> None:
    """Record that the drawer is opened without a sale; the caller then opens it.

    Raises:
        MovementNotPossible: There is no reason.
        LooksLikeCardNumber: The reason may hold the number of a card.
        NotAllowed: An override is needed and missing.
        NoOpenSession: The shift is closed.
    """
    said = checked_text(reason, MAX_REASON_LENGTH)
    if not said:
        raise MovementNotPossible("no reason")
    with sign_on.station.store.transaction() as records:
        open_shift(sign_on, records)
        sign_on.authorise(records, Act(Capability.OPEN_DRAWER), approval)
        sign_on.record(
            records,
            FactKind.DRAWER_OPENED,
            {
                "reason": said,
                "staff_id": sign_on.operator.staff_id,
                "session_id": sign_on.session_id,
            },
        )


def x_report(sign_on: SignOn, approval: Approval | None = None) -> SessionReport:
    """Take an X: the figures so far, kept for printing; nothing is reset.

    Raises:
        NoOpenSession: The shift is closed.
        NotAllowed: An override is needed and missing.
    """
    with sign_on.station.store.transaction() as records:
        session = open_shift(sign_on, records)
        sign_on.authorise(records, Act(Capability.X_REPORT), approval)
        now_ms = sign_on.station.clock.now_ms()
        sign_on.record(
            records,
            FactKind.X_REPORT_TAKEN,
            {
                "session_id": session.session_id,
                "staff_id": sign_on.operator.staff_id,
                "staff_name": sign_on.operator.name,
            },
            at_ms=now_ms,
        )
        report = _report(sign_on, records, session, "X", now_ms)
        records.sessions.save_report(report)
        return report


def submit_count(sign_on: SignOn, count: CashCount) -> CountResult:
    """Record a blind count and only then say how far it is off.

    Raises:
        NotCounted: It was counted and recounted already.
    """
    with sign_on.station.store.transaction() as records:
        session = _current(records)
        if not session.may_recount:
            raise NotCounted("no further recount")
        counted = replace(session, counts=(*session.counts, count))
        records.sessions.save(counted)
        sign_on.record(
            records,
            FactKind.SESSION_COUNTED,
            {
                "session_id": session.session_id,
                "staff_id": sign_on.operator.staff_id,
                "count": count.body(),
                "counted": count.total.minor,
                "attempt": len(counted.counts),
            },
        )
        report = _report(sign_on, records, counted, "X", sign_on.station.clock.now_ms())
    difference = count.total - report.expected_cash
    return CountResult(counted, difference, counted.may_recount)


def close_session(
    sign_on: SignOn, *, reason: str = "", approval: Approval | None = None
) -> SessionReport:
    """Close the shift with its Z; a difference carries the reason given for it.

    Raises:
        NotCounted: The cash was not counted, or something was sold or moved since.
        LooksLikeCardNumber: The reason may hold the number of a card.
        TicketsLeft: A ticket is at the counter, or what became of a card payment or refund is
            not known.
        NotAllowed: An override is needed and missing.
    """
    station = sign_on.station
    said = checked_text(reason, MAX_REASON_LENGTH)
    with station.store.transaction() as records:
        sign_on.authorise(records, Act(Capability.CLOSE_SESSION), approval)
        if records.tickets.current() is not None or records.cards.open():
            raise TicketsLeft
        if any(held_up_by(asked) for asked in open_refunds(records)):
            raise TicketsLeft
        session = _current(records)
        if not session.counts:
            raise NotCounted("nothing counted")
        now_ms = station.clock.now_ms()
        closed = replace(session, closed_at_ms=now_ms)
        number = records.numbers.next(DocumentKind.SESSION)
        report = _report(sign_on, records, closed, str(number), now_ms)
        records.sessions.save(closed)
        records.sessions.save_report(report)
        body = _closing_body(sign_on, report, said)
        sign_on.record(records, FactKind.SESSION_CLOSED, body, at_ms=now_ms)
        records.prints.save(queued_job(sign_on, PrintKind.Z_REPORT, session.session_id))
    return report


def _check_day(text: str) -> None:
    try:
        is_day = datetime.date.fromisoformat(text).isoformat() == text
    except ValueError:
        is_day = False
    if not is_day:
        raise BusinessDayNotPossible(text)


def _current(records: Records) -> TillSession:
    session = records.sessions.current()
    if session is None:
        raise NotCounted("no open shift")
    return session


def _report(
    sign_on: SignOn, records: Records, session: TillSession, number: str, taken_at_ms: int
) -> SessionReport:
    head = records.journal.head()
    return SessionReport(
        session=session,
        number=number,
        figures=records.sessions.figures(session.session_id),
        taken_at_ms=taken_at_ms,
        staff_name=sign_on.operator.name,
        grand_total=Money(records.sessions.grand_total_minor(), sign_on.station.currency),
        chain_seq=head.seq,
        chain_head=head.hash,
        grand_total_returns=records.sessions.grand_total_returns_minor(),
    )


def _closing_body(sign_on: SignOn, report: SessionReport, reason: str) -> dict[str, Json]:
    figures = report.figures
    counted, difference = report.counted_cash, report.difference
    return {
        "session_id": report.session.session_id,
        "z_number": report.number,
        "business_day": report.session.business_day,
        "staff_id": sign_on.operator.staff_id,
        "staff_name": sign_on.operator.name,
        "currency": figures.currency,
        "sales": figures.sales,
        "total": figures.total,
        "tenders": {kind.value: minor for kind, minor in figures.tenders.items()},
        "tax": [_tax_body(entry) for entry in figures.tax],
        "expected": report.expected_cash.minor,
        "counted": counted.minor if counted else 0,
        "difference": difference.minor if difference else 0,
        "grand_total": report.grand_total.minor,
        "returns": figures.returns,
        "returns_total": figures.returns_total,
        "refunds": {means.value: minor for means, minor in figures.refunds.items()},
        "reissues": {means.value: minor for means, minor in figures.reissues.items()},
        "return_tax": [_tax_body(entry) for entry in figures.return_tax],
        "grand_total_returns": report.grand_total_returns,
        "reason": reason,
    }


def _tax_body(entry: TaxAmount) -> dict[str, Json]:
    return {
        "basis_points": entry.rate.basis_points,
        "gross": entry.gross.minor,
        "base": entry.base.minor,
        "tax": entry.tax.minor,
    }
