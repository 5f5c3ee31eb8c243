"""From a print job to the document that it shows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from hardware.receipt_printer.document import Document
from pos.domain.collection_events import OrderHandedOver
from pos.domain.journal import FactKind
from pos.domain.pickup_policy import DAY_MS
from pos.domain.print_subjects import label_subject, orders_of
from pos.domain.printing import PrintJob, PrintKind
from pos.domain.returns import Refund, Return
from pos.domain.sale import Sale
from pos.domain.stored_value import value_reference
from pos.receipts.collected import Collected
from pos.receipts.label import ParcelLabel
from pos.receipts.layouts import Layouts
from pos.receipts.stationery import Reprint
from pos.services.hub_calls import FoundReceipt
from pos.services.ports import Records
from pos.services.workstation import Workstation
from pos.store.order_json import event_of


class NothingToPrint(Exception):
    """What the job shows is gone (a parked ticket that was taken up again)."""


def document_of(
    station: Workstation,
    layouts: Layouts,
    job: PrintJob,
    found: Mapping[str, FoundReceipt] | None = None,
) -> Document:
    """Return what `job` prints, rendered from what is stored.

    Args:
        found: Sales of other tills that were looked up, by id: they are stored nowhere here.

    Raises:
        NothingToPrint: The subject is gone.
    """
    if job.kind is PrintKind.FOUND_COPY:
        return _found_copy(layouts, job, found or {})
    with station.store.reading() as records:
        document = _document(station, records, layouts, job)
    if document is None:
        raise NothingToPrint(f"{job.kind.value} {job.subject_id}")
    return document


def _found_copy(layouts: Layouts, job: PrintJob, found: Mapping[str, FoundReceipt]) -> Document:
    receipt = found.get(job.subject_id)
    if receipt is None or receipt.shop is None:
        raise NothingToPrint(f"{job.subject_id} is to be looked up again")
    return layouts.found_copy(receipt.sale, receipt.shop, at_ms=job.created_at_ms)


def _document(
    station: Workstation, records: Records, layouts: Layouts, job: PrintJob
) -> Document | None:
    match job.kind:
        case PrintKind.ORIGINAL | PrintKind.DUPLICATE | PrintKind.GIFT:
            sale = records.sales.get(job.subject_id)
            return _of_sale(records, layouts, job, sale) if sale else None
        case PrintKind.RETURN | PrintKind.RETURN_COPY | PrintKind.BINS:
            returned = records.returns.get(job.subject_id)
            return _of_return(station, records, layouts, job, returned) if returned else None
        case PrintKind.REISSUE:
            return _paid_again(station, records, layouts, job)
        case PrintKind.X_REPORT | PrintKind.Z_REPORT:
            return _report(records, layouts, job)
        case PrintKind.MOVEMENT:
            return _movement(records, layouts, job)
        case PrintKind.PARKED:
            ticket = records.tickets.get(job.subject_id)
            return layouts.parked(ticket) if ticket else None
        case PrintKind.PICK_LIST:
            orders = filter(None, map(records.orders.get, orders_of(job.subject_id)))
            return layouts.pick_list(tuple(orders), at_ms=job.created_at_ms)
        case PrintKind.HANDOVER:
            done = _collected(records, job.subject_id)
            return layouts.collected(done, _reprint(records, job)) if done else None
        case PrintKind.FOUND_COPY | PrintKind.PARCEL_LABEL:
            return None  # one is looked up, the other is a picture: see `label_of`


def _of_sale(records: Records, layouts: Layouts, job: PrintJob, sale: Sale) -> Document:
    known = records.customers.get(sale.customer_id) if sale.customer_id else None
    return layouts.sale(
        sale,
        job.kind,
        at_ms=job.created_at_ms,
        copy=_earlier(records, job) + 1,
        customer=known.customer if known else None,
    )


def _report(records: Records, layouts: Layouts, job: PrintJob) -> Document | None:
    report = records.sessions.report(job.subject_id)
    if report is None or report.session.is_open is (job.kind is PrintKind.Z_REPORT):
        return None  # an X that waited until the shift was closed is no Z
    return layouts.report(report, _reprint(records, job))


def _movement(records: Records, layouts: Layouts, job: PrintJob) -> Document | None:
    movement = records.sessions.movement(job.subject_id)
    if movement is None:
        return None
    member = records.staff.get(movement.staff_id)
    name = member.name if member else movement.staff_id
    return layouts.movement(movement, name, _reprint(records, job))


def _of_return(
    station: Workstation, records: Records, layouts: Layouts, job: PrintJob, document: Return
) -> Document:
    if job.kind is PrintKind.BINS:
        return layouts.bins(document)
    is_copy = job.kind is PrintKind.RETURN_COPY
    mark = Reprint(job.created_at_ms, _earlier(records, job) + 1) if is_copy else None
    return layouts.taken_back(document, mark, _credit_codes(station, document.as_recorded))


def _paid_again(
    station: Workstation, records: Records, layouts: Layouts, job: PrintJob
) -> Document | None:
    reissues = records.returns.reissues.of_failed(job.subject_id)
    if not reissues:
        return None
    member = records.staff.get(reissues[0].staff_id)
    name = member.name if member else reissues[0].staff_id
    codes = _credit_codes(station, [one.refund for one in reissues])
    return layouts.paid_again(reissues, name, _reprint(records, job), codes)


def _credit_codes(station: Workstation, refunds: Iterable[Refund]) -> dict[str, str]:
    """Return, by refund, the codes of the credit that this till gave: it can make them anew."""
    rules = station.returns
    codes = ((one, rules.code_of(one.means, one.refund_id)) for one in refunds)
    return {
        one.refund_id: code
        for one, code in codes
        if code and one.reference == value_reference(code).text
    }


def label_of(station: Workstation, layouts: Layouts, job: PrintJob) -> ParcelLabel:
    """Return the label that `job` prints, as it reads by now.

    Raises:
        NothingToPrint: The order is gone, a newer label of the parcel made this one void, or
            the order's number cannot be a code.
    """
    subject = label_subject(job.subject_id)
    with station.store.reading() as records:
        order = records.orders.get(subject.order_id)
    parcel = order.parcel(subject.parcel) if order else None
    if order is None or parcel is None:
        raise NothingToPrint(f"parcel {subject.parcel} of {subject.order_id}")
    if parcel.print_number != subject.print_number:
        raise NothingToPrint(f"print {subject.print_number} of {parcel.print_number}")
    planned = job.created_at_ms + station.pickups.hold_days * DAY_MS
    until_ms = order.hold_until_ms or planned
    try:
        return layouts.label(order, subject.parcel, subject.print_number, hold_until_ms=until_ms)
    except ValueError as error:  # a web shop's number that no code can hold
        raise NothingToPrint(f"order {order.number!r}: {error}") from error


def _collected(records: Records, order_id: str) -> Collected | None:
    """Return the handover recorded here that still stands."""
    order, op_id = records.orders.get(order_id), records.orders.handover_op(order_id)
    if order is None or not order.closed_at_ms or not op_id:
        return None
    since_ms = order.closed_at_ms - DAY_MS  # the clock may have been put right meanwhile
    facts = records.orders.events(FactKind.ORDER_HANDED_OVER, since_ms=since_ms)
    fact = next((fact for fact in facts if fact.op_id == op_id), None)
    if fact is None:
        return None
    event = event_of(fact)
    if not isinstance(event, OrderHandedOver):
        return None
    member = records.staff.get(event.staff_id)
    sale = records.sales.get(event.sale_id) if event.sale_id else None
    name = member.name if member else event.staff_id
    return Collected(order, event, fact.occurred_at_ms, name, str(sale.number) if sale else "")


def _reprint(records: Records, job: PrintJob) -> Reprint | None:
    """Return the mark of a copy; an X is taken afresh each time."""
    earlier = 0 if job.kind is PrintKind.X_REPORT else _earlier(records, job)
    return Reprint(job.created_at_ms, earlier) if earlier else None


def _earlier(records: Records, job: PrintJob) -> int:
    """Return how many jobs of its kind came before; the stored order decides within one ms."""
    same = [j.job_id for j in records.prints.of_subject(job.subject_id) if j.kind is job.kind]
    return same.index(job.job_id) if job.job_id in same else len(same)
