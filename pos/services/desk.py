"""The conflict desk at the till: what is on it, and what people here do about it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from pos.domain.card_payment import AttemptEvent, AttemptState, CardAttempt, next_state
from pos.domain.desk import (
    CannotResolve,
    DeskItem,
    Doing,
    ItemKind,
    Resolution,
    Row,
    RowKind,
    Side,
    decided,
    in_order,
    item_id_of,
)
from pos.domain.free_text import MAX_REASON_LENGTH, checked_text
from pos.domain.journal import FactKind
from pos.domain.money import Money
from pos.domain.printing import PrintEvent, PrintJob
from pos.domain.printing import next_state as next_print_state
from pos.domain.staff import Act, Approved, Capability, StaffMember
from pos.domain.standing import SetAside
from pos.services import desk_refunds
from pos.services.ports import Records
from pos.services.workstation import NotAllowed, SignOn, Workstation

ACT = Act(Capability.RESOLVE_CONFLICT)
TERMINAL = "terminal"  # the place of what the terminal said, here and at the hub


def items(station: Workstation, aside: tuple[SetAside, ...] | None = None) -> tuple[DeskItem, ...]:
    """Return what the hub told and what this till finds by itself, most money first.

    Args:
        aside: The facts set aside, when they were just read: looking for them takes longer the
            more facts wait to be sent, 50 ms with 300,000.
    """
    with station.store.reading() as records:
        known = {item.item_id: item for item in records.desk.all()}
        if aside is None:
            aside = records.standing.set_aside()
        for found in _found_here(station, records, aside):
            known[found.item_id] = _open_here(found, known.get(found.item_id))
    return in_order(tuple(known.values()))


def deciders(station: Workstation) -> tuple[StaffMember, ...]:
    """Return who may decide at the desk, by name."""
    with station.store.reading() as records:
        people = records.staff.all()
    able = (who for who in people if who.is_active and _may(station, who))
    return tuple(sorted(able, key=lambda who: who.name))


def resolve(sign_on: SignOn, item_id: str, resolution: Resolution, *, note: str = "") -> DeskItem:
    """Decide an item; a decision of somebody else that the hub took before still wins.

    Raises:
        CannotResolve: It is decided already, gone, or has no such way out.
        NotAllowed: The operator may not.
        LooksLikeCardNumber: The note may hold the number of a card.
    """
    said = checked_text(note, MAX_REASON_LENGTH)
    with sign_on.station.store.transaction() as records:
        item = _item(sign_on, records, item_id)
        now_ms = sign_on.station.clock.now_ms()
        done = decided(item, resolution, sign_on.operator.staff_id, now_ms)
        _carry_out(sign_on, records, item, resolution)
        records.desk.save(done)
        body = {"item_id": item_id, "resolution": resolution.value, "note": said}
        _record(sign_on, records, FactKind.DESK_RESOLVED, body)
    return done


def assign(sign_on: SignOn, item_id: str, owner: StaffMember) -> DeskItem:
    """Make somebody the one who looks after an item.

    Raises:
        CannotResolve: It is gone.
        NotAllowed: The operator may not.
    """
    with sign_on.station.store.transaction() as records:
        item = _item(sign_on, records, item_id)
        kept = replace(item, doing=replace(item.doing, owner=owner.staff_id))
        records.desk.save(kept)
        body = {"item_id": item_id, "owner": owner.staff_id}
        _record(sign_on, records, FactKind.DESK_ASSIGNED, body)
    return kept


def write_note(sign_on: SignOn, item_id: str, text: str) -> DeskItem:
    """Keep what somebody wrote about an item.

    Raises:
        CannotResolve: It is gone.
        NotAllowed: The operator may not.
        LooksLikeCardNumber: The note may hold the number of a card.
    """
    said = checked_text(text, MAX_REASON_LENGTH)
    with sign_on.station.store.transaction() as records:
        item = _item(sign_on, records, item_id)
        notes = (*item.doing.notes, said)
        kept = replace(item, doing=replace(item.doing, notes=notes))
        records.desk.save(kept)
        _record(sign_on, records, FactKind.DESK_NOTED, {"item_id": item_id, "note": said})
    return kept


def send_again(sign_on: SignOn) -> int:
    """Queue what could not be sent once more; return how many facts.

    Raises:
        NotAllowed: The operator may not.
    """
    with sign_on.station.store.transaction() as records:
        item = _set_aside_item(sign_on.station, records.standing.set_aside())
        _check_may(sign_on)
        count = records.standing.send_again()
        if item is not None:
            body = {"item_id": item.item_id, "note": f"sent again: {count}"}
            _record(sign_on, records, FactKind.DESK_NOTED, body)
    return count


def contradicted(
    sign_on: SignOn, records: Records, known: CardAttempt, told: AttemptState, authorisation: str
) -> None:
    """Put on the desk that a terminal says otherwise than what a person recorded; once.

    That nobody knew the outcome is an item of the same id: open or decided, it is no reason to
    keep quiet about the contradiction.
    """
    item_id = item_id_of(ItemKind.CARD_OUTCOME_UNKNOWN, known.attempt_id)
    on_desk = records.desk.get(item_id)
    if on_desk is not None and any(side.till == TERMINAL for side in on_desk.sides):
        return
    station = sign_on.station
    rows = _card_rows(known)
    records.desk.save(
        DeskItem(
            item_id,
            ItemKind.CARD_OUTCOME_UNKNOWN,
            station.shop,
            station.till,
            known.attempt_id[-6:].upper(),
            known.amount,
            station.clock.now_ms(),
            sides=(
                Side(station.shop, station.till,
                     (*rows, Row(RowKind.STATE, known.state.value),
                      Row(RowKind.STAFF, sign_on.operator.staff_id))),
                Side(station.shop, TERMINAL,
                     (Row(RowKind.STATE, told.value), Row(RowKind.DETAIL, authorisation))),
            ),
            resolutions=(Resolution.CHARGED, Resolution.NOT_CHARGED),
            is_from_here=True,
            doing=_undecided(on_desk),
        )
    )  # fmt: skip
    sign_on.record(
        records,
        FactKind.CARD_CONTRADICTED,
        {
            "attempt_id": known.attempt_id,
            "basket_id": known.basket_id,
            "amount": known.amount.minor,
            "currency": known.amount.currency,
            "recorded": known.state.value,
            "told": told.value,
            "authorisation": authorisation,
            "staff_id": sign_on.operator.staff_id,
        },
    )


def _undecided(item: DeskItem | None) -> Doing:
    """Return who looks after an item and what was written, without what was decided."""
    return Doing(owner=item.whose, notes=item.doing.notes) if item else Doing()


def _item(sign_on: SignOn, records: Records, item_id: str) -> DeskItem:
    _check_may(sign_on)
    item = records.desk.get(item_id)
    if item is not None and item.is_open:
        return item
    aside = records.standing.set_aside()
    for found in _found_here(sign_on.station, records, aside):
        if found.item_id == item_id:
            return _open_here(found, item)
    if item is None:
        raise CannotResolve(f"{item_id} is gone")
    return item


def _open_here(found: DeskItem, on_desk: DeskItem | None) -> DeskItem:
    """Return what this till found as it stands: open, whatever was decided about it before.

    A decision made elsewhere leaves the till's own part undone. The first decision counts:
    where there is one, doing the same here is the only way out.
    """
    if on_desk is None or on_desk.is_open:
        return on_desk or found
    here = on_desk.doing.resolution
    decision = on_desk.resolution or (here.value if here else "")
    ways = tuple(way for way in found.resolutions if way.value == decision)
    doing = _undecided(on_desk)
    return replace(found, resolutions=ways or found.resolutions, doing=doing)


def _check_may(sign_on: SignOn) -> None:
    if not _may(sign_on.station, sign_on.operator):
        raise NotAllowed(f"{ACT.capability.value} by {sign_on.operator.staff_id}")


def _may(station: Workstation, member: StaffMember) -> bool:
    return isinstance(station.policy.decide(ACT, member), Approved)


def _record(sign_on: SignOn, records: Records, kind: FactKind, body: dict[str, str]) -> None:
    sign_on.record(records, kind, {**body, "staff_id": sign_on.operator.staff_id})


def _found_here(
    station: Workstation, records: Records, aside: tuple[SetAside, ...]
) -> tuple[DeskItem, ...]:
    """Return what this till knows without being told."""
    cards = (_card_item(station, attempt) for attempt in _lost_cards(records))
    prints = (_print_item(station, records, job) for job in records.prints.in_doubt())
    not_sent = _set_aside_item(station, aside)
    refunds = desk_refunds.items(station, records)
    return (*cards, *refunds, *prints, *((not_sent,) if not_sent else ()))


def _lost_cards(records: Records) -> Iterator[CardAttempt]:
    """Yield attempts that nobody is asked about: while its ticket is here, who pays it is."""
    for attempt in records.cards.open():
        if records.tickets.get(attempt.basket_id) is None:
            yield attempt


def _card_item(station: Workstation, attempt: CardAttempt) -> DeskItem:
    return DeskItem(
        item_id_of(ItemKind.CARD_OUTCOME_UNKNOWN, attempt.attempt_id),
        ItemKind.CARD_OUTCOME_UNKNOWN,
        station.shop,
        station.till,
        attempt.attempt_id[-6:].upper(),
        attempt.amount,
        attempt.requested_at_ms,
        sides=(Side(station.shop, station.till, _card_rows(attempt)),),
        resolutions=(Resolution.CHARGED, Resolution.NOT_CHARGED),
        is_from_here=True,
    )


def _card_rows(attempt: CardAttempt) -> tuple[Row, ...]:
    return (
        Row(RowKind.AT, number=attempt.requested_at_ms),
        Row(RowKind.TOTAL, number=attempt.amount.minor),
        Row(RowKind.DOCUMENT, attempt.attempt_id[-6:].upper()),
    )


def _print_item(station: Workstation, records: Records, job: PrintJob) -> DeskItem:
    sale = records.sales.get(job.subject_id)
    rows = (Row(RowKind.AT, number=job.created_at_ms), Row(RowKind.STATE, job.kind.value))
    number = str(sale.number) if sale else ""
    document = (Row(RowKind.DOCUMENT, number),) if sale else ()
    return DeskItem(
        item_id_of(ItemKind.PRINT_UNKNOWN, job.job_id),
        ItemKind.PRINT_UNKNOWN,
        station.shop,
        station.till,
        number,
        Money(0, station.currency),
        job.created_at_ms,
        sides=(Side(station.shop, station.till, (*rows, *document)),),
        resolutions=(Resolution.SEEN,),
        is_from_here=True,
    )


def _set_aside_item(station: Workstation, aside: tuple[SetAside, ...]) -> DeskItem | None:
    if not aside:
        return None
    rows = (
        Row(RowKind.AT, number=aside[0].at_ms),
        Row(RowKind.LINES, number=len(aside)),
        Row(RowKind.DETAIL, aside[0].reason),
    )
    return DeskItem(
        item_id_of(ItemKind.FACT_PARKED, f"{station.till}:{aside[0].op_id}"),
        ItemKind.FACT_PARKED,
        station.shop,
        station.till,
        str(len(aside)),
        Money(0, station.currency),
        aside[0].at_ms,
        sides=(Side(station.shop, station.till, rows),),
        resolutions=(Resolution.SEND_AGAIN,),
        is_from_here=True,
    )


def _carry_out(sign_on: SignOn, records: Records, item: DeskItem, resolution: Resolution) -> None:
    """Do at this till what a decision means, whoever found the item: this till or the hub."""
    match item.kind:
        case ItemKind.CARD_OUTCOME_UNKNOWN:
            _settle_card(sign_on, records, item, resolution)
        case ItemKind.CARD_REFUND_UNKNOWN:
            desk_refunds.resolve(sign_on, records, item, resolution)
        case ItemKind.PRINT_UNKNOWN:
            _settle_print(records, item)
        case ItemKind.FACT_PARKED if item.is_from_here:
            records.standing.send_again()
        case _:
            pass


def _settle_card(
    sign_on: SignOn, records: Records, item: DeskItem, resolution: Resolution
) -> None:
    event = AttemptEvent.APPROVAL if resolution is Resolution.CHARGED else AttemptEvent.DECLINE
    for attempt in tuple(_lost_cards(records)):
        if item_id_of(ItemKind.CARD_OUTCOME_UNKNOWN, attempt.attempt_id) != item.item_id:
            continue
        settled = replace(attempt, state=next_state(attempt.state, event), is_verified=False)
        records.cards.save(settled)
        sign_on.record(
            records,
            FactKind.CARD_RESOLVED,
            {
                "attempt_id": settled.attempt_id,
                "basket_id": settled.basket_id,
                "state": settled.state.value,
                "amount": settled.amount.minor,
                "authorisation": settled.authorisation,
                "verified": False,
                "staff_id": sign_on.operator.staff_id,
            },
        )


def _settle_print(records: Records, item: DeskItem) -> None:
    for job in records.prints.in_doubt():
        if item_id_of(ItemKind.PRINT_UNKNOWN, job.job_id) == item.item_id:
            seen = next_print_state(job.state, PrintEvent.LOOKED_AT)
            records.prints.save(replace(job, state=seen))
