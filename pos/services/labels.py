"""Papers of orders to collect: parcel labels, pick lists, what a customer took with them.

Each is a print job like a receipt. A label is numbered and journalled before it is sent: of a
parcel's labels only the newest print is valid, whether or not the older ones ever came out. One
that surely did not come out is that label again when it is asked for, not another number.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pos.domain.collection import MAX_PARCELS, Order
from pos.domain.collection_events import LabelPrinted
from pos.domain.journal import FactKind
from pos.domain.print_subjects import LabelSubject, orders_subject
from pos.domain.printing import PrintEvent, PrintJob, PrintKind, PrintState, next_state
from pos.domain.sale import Sale
from pos.services.orders import NoSuchOrder, happen
from pos.services.ports import Records
from pos.services.print_jobs import queue_slip, queued_job
from pos.services.workstation import SignOn


def print_label(sign_on: SignOn, order_id: str, parcel: int) -> PrintJob:
    """Queue the next label of one parcel; every label of it printed before is void with this.

    Raises:
        NoSuchOrder: It is not known here.
        Contradiction: The order is not yet picked, or gone.
        ValueError: Parcels count from 1 to 99.
    """
    return print_labels(sign_on, order_id, (parcel,))[0]


def print_labels(sign_on: SignOn, order_id: str, parcels: Sequence[int]) -> tuple[PrintJob, ...]:
    """Queue the next label of each parcel in one act, so that each says of how many it is one.

    Raises:
        NoSuchOrder: It is not known here.
        Contradiction: The order is not yet picked, or gone.
        ValueError: Parcels count from 1 to 99.
    """
    if not parcels or not all(1 <= number <= MAX_PARCELS for number in parcels):
        raise ValueError(f"parcels {parcels}")
    with sign_on.station.store.transaction() as records:
        return tuple(_queue(sign_on, records, order_id, number) for number in parcels)


def print_pick_list(sign_on: SignOn, order_ids: Sequence[str]) -> PrintJob:
    """Queue the list of what is to be fetched for these orders.

    Raises:
        ValueError: No order is named.
    """
    return queue_slip(sign_on, PrintKind.PICK_LIST, orders_subject(order_ids))


def print_acknowledgement(sign_on: SignOn, order_id: str) -> PrintJob:
    """Queue what the customer of an order handed over at this till takes along.

    From the second on they are marked as copies.
    """
    return queue_slip(sign_on, PrintKind.HANDOVER, order_id)


def acknowledge_sale(sign_on: SignOn, sale: Sale) -> PrintJob | None:
    """Queue the same for the order whose handover a sale paid.

    Returns:
        None when it paid no handover, or its paper was queued before.
    """
    with sign_on.station.store.transaction() as records:
        since_ms = sale.completed_at_ms
        facts = records.orders.events(FactKind.ORDER_HANDED_OVER, since_ms=since_ms)
        paid = [fact.body for fact in facts if fact.body["sale_id"] == sale.sale_id]
        if not paid:
            return None
        order_id = str(paid[0]["order_id"])
        before = records.prints.of_subject(order_id)
        if any(job.kind is PrintKind.HANDOVER for job in before):
            return None
        job = queued_job(sign_on, PrintKind.HANDOVER, order_id)
        records.prints.save(job)
        return job


def _queue(sign_on: SignOn, records: Records, order_id: str, parcel: int) -> PrintJob:
    order = records.orders.get(order_id)
    if order is None:
        raise NoSuchOrder(order_id)
    number = _last_print(order, parcel)
    same = _not_printed(records, LabelSubject(order_id, parcel, number))
    if same is not None:
        return same
    event = LabelPrinted(order_id, sign_on.operator.staff_id, parcel, number + 1)
    happen(sign_on, records, event)
    subject = LabelSubject(order_id, parcel, number + 1).text
    job = queued_job(sign_on, PrintKind.PARCEL_LABEL, subject)
    records.prints.save(job)
    return job


def _not_printed(records: Records, subject: LabelSubject) -> PrintJob | None:
    """Return the newest label's job when it never reached paper: its number is still good."""
    for job in records.prints.of_subject(subject.text):
        if job.state is PrintState.QUEUED:
            return job
        if job.state is PrintState.FAILED:
            state = next_state(job.state, PrintEvent.TRIED_AGAIN)
            again = replace(job, state=state, error="")
            records.prints.save(again)
            return again
    return None


def _last_print(order: Order, parcel: int) -> int:
    known = order.parcel(parcel)
    return known.print_number if known else 0
