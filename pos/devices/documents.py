"""From a print job to the document that it shows."""

from __future__ import annotations

from typing import Protocol

from hardware.receipt_printer.document import Document
from pos.domain.printing import PrintJob, PrintKind
from pos.domain.sale import Sale
from pos.domain.ticket import Ticket
from pos.domain.till_session import CashMovement, SessionReport
from pos.services.ports import Records
from pos.services.workstation import Workstation


class NothingToPrint(Exception):
    """What the job shows is gone (a parked ticket that was taken up again)."""


class Layouts(Protocol):
    """Lays out documents for the paper of this till (pos/receipts/layouts.py)."""

    def sale(self, sale: Sale, kind: PrintKind, *, at_ms: int, copy: int) -> Document: ...

    def report(self, report: SessionReport) -> Document: ...

    def movement(self, movement: CashMovement, staff_name: str) -> Document: ...

    def parked(self, ticket: Ticket) -> Document: ...


def document_of(station: Workstation, layouts: Layouts, job: PrintJob) -> Document:
    """Return what `job` prints, rendered from what is stored.

    Raises:
        NothingToPrint: The subject is gone.
    """
    with station.store.reading() as records:
        document = _document(station, records, layouts, job)
    if document is None:
        raise NothingToPrint(f"{job.kind.value} {job.subject_id}")
    return document


def _document(
    station: Workstation, records: Records, layouts: Layouts, job: PrintJob
) -> Document | None:
    match job.kind:
        case PrintKind.ORIGINAL | PrintKind.DUPLICATE | PrintKind.GIFT:
            sale = records.sales.get(job.subject_id)
            copy = _copy_number(records, job)
            return (
                layouts.sale(sale, job.kind, at_ms=job.created_at_ms, copy=copy) if sale else None
            )
        case PrintKind.X_REPORT | PrintKind.Z_REPORT:
            report = records.sessions.report(job.subject_id)
            return layouts.report(report) if report else None
        case PrintKind.MOVEMENT:
            movement = records.sessions.movement(job.subject_id)
            if movement is None:
                return None
            member = records.staff.get(movement.staff_id)
            return layouts.movement(movement, member.name if member else movement.staff_id)
        case PrintKind.PARKED:
            ticket = records.tickets.get(job.subject_id)
            return layouts.parked(ticket) if ticket else None


def _copy_number(records: Records, job: PrintJob) -> int:
    copies = [j for j in records.prints.of_subject(job.subject_id) if j.kind is job.kind]
    earlier = [j for j in copies if j.created_at_ms <= job.created_at_ms]
    return max(len(earlier), 1)
