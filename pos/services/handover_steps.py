"""Steps of a handover: parcels into the hand, what is taken, signature, age, serial numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pos.domain.collection import Order
from pos.domain.collection_events import ParcelInHand
from pos.domain.free_text import MAX_REASON_LENGTH, checked_text, one_line
from pos.domain.handover import Choice, HandoverDraft
from pos.domain.handover_rules import LabelTrouble, label_trouble, parcels_here
from pos.domain.quantity import THOUSAND
from pos.domain.scan_codes import ParcelScan
from pos.domain.staff import Act, Approval, Capability
from pos.services.on_counter import OnCounter, change, draft_of, keep, order_of
from pos.services.workstation import SignOn

MAX_SERIAL = 40
MAX_STROKES, MAX_POINTS = 200, 5_000
_IMEI_DIGITS = 15


class LabelRefused(Exception):
    """The label is none of this order's newest; `trouble` says why."""

    def __init__(self, trouble: LabelTrouble) -> None:
        super().__init__(trouble.value)
        self.trouble = trouble


def scan_parcel(sign_on: SignOn, order_id: str, label: ParcelScan) -> OnCounter:
    """Take a parcel into the hand by its label.

    Raises:
        LabelRefused: Another order's, none of it, or outdated.
        BeingPaid: Its ticket is being paid.
    """
    hand = ParcelInHand(label.parcel, label.print_number)

    def taken(order: Order, draft: HandoverDraft) -> HandoverDraft:
        trouble = label_trouble(order, label.order_number, hand)
        if trouble is not None:
            raise LabelRefused(trouble)
        return _with_parcel(draft, hand)

    return change(sign_on, order_id, taken)


def name_parcel(sign_on: SignOn, order_id: str, number: int) -> OnCounter:
    """Take a parcel into the hand without its label, or put it back.

    Raises:
        LabelRefused: There is no parcel of that number.
    """

    def taken(order: Order, draft: HandoverDraft) -> HandoverDraft:
        if number not in {parcel.number for parcel in parcels_here(order)}:
            raise LabelRefused(LabelTrouble.NO_SUCH_PARCEL)
        others = tuple(hand for hand in draft.parcels if hand.number != number)
        if len(others) < len(draft.parcels):
            return replace(draft, parcels=others)
        return _with_parcel(draft, ParcelInHand(number, 0))

    return change(sign_on, order_id, taken)


def choose(
    sign_on: SignOn, order_id: str, line: int, delivered: int, reason: str = ""
) -> OnCounter:
    """Say how much of a line is taken, in thousandths, and why the rest stays.

    Raises:
        ValueError: More than there is, or part of a piece.
        LooksLikeCardNumber: The reason may hold the number of a card.
    """
    why = checked_text(reason, MAX_REASON_LENGTH)

    def chosen(order: Order, draft: HandoverDraft) -> HandoverDraft:
        known = order.line(line)
        is_whole = not known.unit.is_counted or delivered % THOUSAND == 0
        if not 0 <= delivered <= known.in_parcel or not is_whole:
            raise ValueError(f"{delivered} of line {line}")
        others = tuple(one for one in draft.choices if one.line != line)
        if delivered == known.in_parcel:
            return replace(draft, choices=others)
        return replace(draft, choices=(*others, Choice(line, delivered, why)))

    return change(sign_on, order_id, chosen)


def leave_all(sign_on: SignOn, order_id: str, reason: str = "") -> OnCounter:
    """Leave every line behind."""
    why = checked_text(reason, MAX_REASON_LENGTH)
    return change(
        sign_on,
        order_id,
        lambda order, draft: replace(
            draft,
            choices=tuple(Choice(one.number, 0, why) for one in order.lines if one.in_parcel),
        ),
    )


def sign(
    sign_on: SignOn, order_id: str, strokes: Sequence[Sequence[tuple[int, int]]]
) -> OnCounter:
    """Keep the signature as drawn (tenths of a pixel), or none.

    Raises:
        ValueError: No signature has so many points.
    """
    drawn = tuple(tuple((int(x), int(y)) for x, y in stroke) for stroke in strokes if stroke)
    if len(drawn) > MAX_STROKES or sum(map(len, drawn)) > MAX_POINTS:
        raise ValueError("too many points")
    return change(sign_on, order_id, lambda _, draft: replace(draft, strokes=drawn))


def check_age(sign_on: SignOn, order_id: str, *, is_old_enough: bool) -> OnCounter:
    """Note that somebody looked whether the customer is old enough."""
    return change(sign_on, order_id, lambda _, draft: replace(draft, age_checked=is_old_enough))


def add_serial(sign_on: SignOn, order_id: str, serial: str) -> OnCounter:
    """Note the serial number of a piece that goes; one that is noted already goes off again.

    Raises:
        ValueError: Nothing was typed.
        LooksLikeCardNumber: It may be the number of a card.
    """
    text = _serial(serial)
    if not text:
        raise ValueError("no serial number")

    def noted(_: Order, draft: HandoverDraft) -> HandoverDraft:
        others = tuple(one for one in draft.serials if one != text)
        has_it = len(others) < len(draft.serials)
        return replace(draft, serials=others if has_it else (*others, text))

    return change(sign_on, order_id, noted)


def allow(
    sign_on: SignOn, order_id: str, capability: Capability, approval: Approval | None
) -> OnCounter:
    """Keep that somebody allowed what exceeds the rules for this handover.

    Raises:
        NotAllowed: An override is needed and missing.
    """
    with sign_on.station.store.transaction() as records:
        order = order_of(records, order_id)
        draft = draft_of(sign_on, records, order)
        detail: dict[str, str | int] = {"order_id": order_id, "number": order.number}
        approved_by = sign_on.authorise(records, Act(capability), approval, detail)
        allowed = replace(
            draft,
            approved=tuple(sorted({*draft.approved, capability.value})),
            approved_by=approved_by or draft.approved_by,
        )
        return keep(sign_on, records, order, allowed)


def _with_parcel(draft: HandoverDraft, hand: ParcelInHand) -> HandoverDraft:
    others = tuple(one for one in draft.parcels if one.number != hand.number)
    both = sorted((*others, hand), key=lambda one: one.number)
    return replace(draft, parcels=tuple(both))


def _serial(text: str) -> str:
    """Return a serial number; an IMEI passes for a card's number and is none (not 34, 37)."""
    plain = one_line(text)[:MAX_SERIAL]
    is_imei = len(plain) == _IMEI_DIGITS and plain.isdigit() and plain[:2] not in {"34", "37"}
    return plain if is_imei else checked_text(plain, MAX_SERIAL)
