"""Receipts on paper and by mail: one original, whatever the printer does."""

from __future__ import annotations

import pytest

from pos.domain.mail_address import NotAMailAddress
from pos.domain.printing import (
    IllegalPrintTransition,
    PrintEvent,
    PrintJob,
    PrintKind,
    PrintState,
)
from pos.domain.sale import Sale
from pos.services import pay, print_jobs, recover
from pos.services.workstation import SignOn
from tests.services.conftest import Shop
from tests.services.test_pay import eur, to_pay


@pytest.fixture
def sale(at_work: SignOn) -> Sale:
    step = pay.take_cash(at_work, to_pay(at_work), eur(7_95))
    assert isinstance(step, pay.Paid)
    return step.sale


def failed(shop: Shop, job: PrintJob) -> PrintJob:
    return print_jobs.advance(shop.station, job, PrintEvent.NOTHING_SENT, "no paper")


def printed(shop: Shop, job: PrintJob) -> PrintJob:
    sent = print_jobs.advance(shop.station, job, PrintEvent.SENDING)
    return print_jobs.advance(shop.station, sent, PrintEvent.PRINTER_CONFIRMED)


def test_an_original_that_failed_is_the_original_that_is_printed_later(
    shop: Shop, at_work: SignOn, sale: Sale
) -> None:
    first = failed(shop, print_jobs.queue_receipt(at_work, sale))

    again = print_jobs.queue_receipt(at_work, sale)
    printed(shop, again)

    assert (again.job_id, again.kind) == (first.job_id, PrintKind.ORIGINAL)
    assert print_jobs.unfinished(shop.station) == ()
    assert print_jobs.queue_receipt(at_work, sale).kind is PrintKind.DUPLICATE
    assert shop.kinds().count("receipt.printed") == 1


def test_a_job_that_was_printed_is_not_sent_again_by_who_missed_it(
    shop: Shop, at_work: SignOn, sale: Sale
) -> None:
    job = print_jobs.queue_receipt(at_work, sale)
    printed(shop, job)

    with pytest.raises(IllegalPrintTransition):
        print_jobs.advance(shop.station, job, PrintEvent.SENDING)

    with shop.station.store.reading() as records:
        stored = records.prints.get(job.job_id)
    assert stored is not None
    assert stored.state is PrintState.CONFIRMED


def test_a_job_that_was_being_sent_when_the_till_died_is_asked_about(
    shop: Shop, at_work: SignOn, sale: Sale
) -> None:
    job = print_jobs.queue_receipt(at_work, sale)
    print_jobs.advance(shop.station, job, PrintEvent.SENDING)

    found = recover.look_around(shop.station).prints
    again = recover.look_around(shop.station).prints

    assert [one.state for one in found] == [PrintState.UNKNOWN]
    assert found == again
    assert print_jobs.queue_receipt(at_work, sale).kind is PrintKind.DUPLICATE


def test_what_a_mute_printer_took_is_not_unfinished_for_ever(
    shop: Shop, at_work: SignOn, sale: Sale
) -> None:
    job = print_jobs.queue_receipt(at_work, sale)
    sent = print_jobs.advance(shop.station, job, PrintEvent.SENDING)
    print_jobs.advance(shop.station, sent, PrintEvent.PRINTER_TOOK_ALL)

    assert print_jobs.unfinished(shop.station) == ()
    assert recover.look_around(shop.station).prints == ()


@pytest.mark.parametrize(
    "address",
    [
        "", "ana", "ana@", "@correo.es", "ana@correo", "ana@correo.es\nBcc: todos@correo.es",
        "ana@correo.es, eva@correo.es", "Ana <ana@correo.es>", "ana @correo.es", "a\x00@correo.es",
        "ana@co..es", "ana@-correo.es", "a" * 65 + "@correo.es", "ana@" + "a" * 250 + ".es",
        "ana@correo.es\u202e",
    ],
)  # fmt: skip
def test_no_receipt_is_sent_to_what_is_no_address(
    shop: Shop, at_work: SignOn, sale: Sale, address: str
) -> None:
    with pytest.raises(NotAMailAddress):
        print_jobs.email_receipt(at_work, sale, recipient=address, subject="x", text="x", pdf=b"x")

    assert "receipt.emailed" not in shop.kinds()


@pytest.mark.parametrize("address", ["ana@correo.es", " Ana.Gil+1@sub.Correo.es ", "ana@ñandú.es"])
def test_a_receipt_is_queued_for_an_address(at_work: SignOn, sale: Sale, address: str) -> None:
    job = print_jobs.email_receipt(
        at_work, sale, recipient=address, subject="Recibo\r\nBcc: x@y.es", text="x", pdf=b"x"
    )

    assert job.recipient == address.strip()
    assert job.subject == "Recibo Bcc: x@y.es"
