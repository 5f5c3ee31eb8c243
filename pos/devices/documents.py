"""From a print job to the document that it shows."""

from __future__ import annotations

from collections.abc import Mapping

from hardware.receipt_printer.document import Document
from pos.domain.printing import PrintJob, PrintKind
from pos.receipts.layouts import Layouts
from pos.receipts.stationery import Reprint
from pos.services.hub_calls import FoundReceipt
from pos.services.ports import Records
from pos.services.workstation import Workstation


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
            copy = _earlier(records, job) + 1
            return (
                layouts.sale(sale, job.kind, at_ms=job.created_at_ms, copy=copy) if sale else None
            )
        case PrintKind.X_REPORT | PrintKind.Z_REPORT:
            report = records.sessions.report(job.subject_id)
            if report is None or report.session.is_open is (job.kind is PrintKind.Z_REPORT):
                return None  # an X that waited until the shift was closed is no Z
            return layouts.report(report, _reprint(records, job))
        case PrintKind.MOVEMENT:
            movement = records.sessions.movement(job.subject_id)
            if movement is None:
                return None
            member = records.staff.get(movement.staff_id)
            name = member.name if member else movement.staff_id
            return layouts.movement(movement, name, _reprint(records, job))
        case PrintKind.PARKED:
            ticket = records.tickets.get(job.subject_id)
            return layouts.parked(ticket) if ticket else None
        case PrintKind.FOUND_COPY:
            return None


def _reprint(records: Records, job: PrintJob) -> Reprint | None:
    """Return the mark of a copy; an X is taken afresh each time."""
    earlier = 0 if job.kind is PrintKind.X_REPORT else _earlier(records, job)
    return Reprint(job.created_at_ms, earlier) if earlier else None


def _earlier(records: Records, job: PrintJob) -> int:
    """Return how many jobs of its kind came before; the stored order decides within one ms."""
    same = [j.job_id for j in records.prints.of_subject(job.subject_id) if j.kind is job.kind]
    return same.index(job.job_id) if job.job_id in same else len(same)
