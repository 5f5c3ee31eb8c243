"""Print jobs: queued with the act they belong to, then followed to their end."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import replace

from pos.domain.journal import FactKind, Json
from pos.domain.mail_address import check_mail_address
from pos.domain.print_subjects import Receipted, ReceiptSubject, receipt_subject
from pos.domain.printing import EmailJob, PrintEvent, PrintJob, PrintKind, PrintState, next_state
from pos.domain.sale import Sale
from pos.domain.staff import Act, Approval, Capability
from pos.services.hub_calls import FoundReceipt
from pos.services.ports import Records
from pos.services.workstation import SignOn, Workstation


def queued_job(sign_on: SignOn, kind: PrintKind, subject_id: str) -> PrintJob:
    """Return a job in its first state."""
    station = sign_on.station
    return PrintJob(station.ids.new(), kind, subject_id, PrintState.QUEUED, station.clock.now_ms())


def queue_receipt(sign_on: SignOn, document: Receipted) -> PrintJob:
    """Queue the receipt of a sale or return: the original once, then only marked copies."""
    with sign_on.station.store.transaction() as records:
        return _queue_receipt(sign_on, records, receipt_subject(document))


def queue_gift_receipt(sign_on: SignOn, sale: Sale) -> PrintJob:
    """Queue a receipt without prices."""
    with sign_on.station.store.transaction() as records:
        job = queued_job(sign_on, PrintKind.GIFT, sale.sale_id)
        records.prints.save(job)
        _record(sign_on, records, FactKind.RECEIPT_PRINTED, job)
        return job


def reprint(sign_on: SignOn, document: Receipted, approval: Approval | None = None) -> PrintJob:
    """Queue a duplicate of a receipt, marked as such.

    Raises:
        NotAllowed: An override is needed and missing.
    """
    with sign_on.station.store.transaction() as records:
        sign_on.authorise(records, Act(Capability.REPRINT), approval)
        return _queue_receipt(sign_on, records, receipt_subject(document))


def reprint_found(
    sign_on: SignOn, receipt: FoundReceipt, approval: Approval | None = None
) -> PrintJob:
    """Queue a marked copy of a sale that another till made.

    The fact names shop, till and number: the sale is none of this till's.

    Raises:
        NotAllowed: An override is needed and missing.
    """
    sale = receipt.sale
    with sign_on.station.store.transaction() as records:
        sign_on.authorise(records, Act(Capability.REPRINT), approval)
        job = queued_job(sign_on, PrintKind.FOUND_COPY, sale.sale_id)
        records.prints.save(job)
        where: dict[str, Json] = {
            "shop": sale.shop,
            "till": sale.till,
            "number": str(sale.number),
        }
        _record(sign_on, records, FactKind.RECEIPT_REPRINTED, job, where)
        return job


def queue_slip(sign_on: SignOn, kind: PrintKind, subject_id: str) -> PrintJob:
    """Queue a report, a movement slip, a parked ticket's slip, or those for a return's bins."""
    with sign_on.station.store.transaction() as records:
        job = queued_job(sign_on, kind, subject_id)
        records.prints.save(job)
        return job


def advance(station: Workstation, job: PrintJob, event: PrintEvent, error: str = "") -> PrintJob:
    """Record what became of a job, as it is on the disk by now.

    Raises:
        IllegalPrintTransition: The table in pos/domain/printing.py does not allow it; a job
            that somebody else printed meanwhile is so not printed again.
    """
    with station.store.transaction() as records:
        known = records.prints.get(job.job_id) or job
        moved = replace(known, state=next_state(known.state, event), error=error[:200])
        records.prints.save(moved)
    return moved


def unfinished(station: Workstation) -> tuple[PrintJob, ...]:
    """Return the jobs that wait, failed, or may lie in the tray."""
    with station.store.reading() as records:
        return waiting(records)


def waiting(records: Records) -> tuple[PrintJob, ...]:
    """Return the jobs of which something is still to be done or asked."""
    return records.prints.unfinished()


def email_receipt(
    sign_on: SignOn, document: Receipted, *, recipient: str, subject: str, text: str, pdf: bytes
) -> EmailJob:
    """Queue the receipt of a sale or return to be sent by e-mail when there is a link.

    The journal keeps only a hash of the address, salted with the job's id: personal data
    can be erased without breaking the chain.

    Raises:
        NotAMailAddress: `recipient` is not one plain address.
    """
    station = sign_on.station
    subject_id = receipt_subject(document).subject_id
    job = EmailJob(
        station.ids.new(),
        subject_id,
        check_mail_address(recipient),
        " ".join(subject.split()),
        text,
        pdf,
        station.clock.now_ms(),
    )
    name = "sale_id" if isinstance(document, Sale) else "return_id"
    digest = hashlib.sha256(f"{job.job_id}:{job.recipient.lower()}".encode()).hexdigest()
    with station.store.transaction() as records:
        records.prints.queue_email(job)
        sign_on.record(
            records,
            FactKind.RECEIPT_EMAILED,
            {"job_id": job.job_id, name: subject_id, "recipient_hash": digest},
        )
    return job


def _queue_receipt(sign_on: SignOn, records: Records, receipt: ReceiptSubject) -> PrintJob:
    """Queue the original, once: one that failed is that job again, else a marked duplicate."""
    jobs = records.prints.of_subject(receipt.subject_id)
    originals = [job for job in jobs if job.kind is receipt.original]
    if originals and all(job.state is PrintState.FAILED for job in originals):
        again = replace(
            originals[-1], state=next_state(PrintState.FAILED, PrintEvent.TRIED_AGAIN), error=""
        )
        records.prints.save(again)
        return again
    kind = receipt.copy if originals else receipt.original
    job = queued_job(sign_on, kind, receipt.subject_id)
    records.prints.save(job)
    fact = FactKind.RECEIPT_REPRINTED if originals else FactKind.RECEIPT_PRINTED
    _record(sign_on, records, fact, job)
    return job


def _record(
    sign_on: SignOn,
    records: Records,
    fact: FactKind,
    job: PrintJob,
    more: Mapping[str, Json] | None = None,
) -> None:
    sign_on.record(
        records,
        fact,
        {
            "job_id": job.job_id,
            "kind": job.kind.value,
            "subject_id": job.subject_id,
            "staff_id": sign_on.operator.staff_id,
            **(more or {}),
        },
        at_ms=job.created_at_ms,
    )
