"""A label that is not on paper: what is said, and each way out of it."""

from __future__ import annotations

import pytest

from pos.domain.print_subjects import label_subject
from pos.domain.printing import PrintEvent, PrintJob, PrintKind, PrintState
from pos.screens.ports import PrinterTrouble
from pos.screens.receipts.print_trouble import PrintTroubleViewModel, Remedy
from pos.services import labels, print_jobs
from tests.order_builders import customer_order, staged
from tests.screens.counter_kit import Kit


@pytest.fixture
def job(kit: Kit) -> PrintJob:
    with kit.store.transaction() as records:
        records.orders.save(staged(customer_order(order_id="o-1")))
    return labels.print_label(kit.counter.sign_on, "o-1", 1)


def stored(kit: Kit, job: PrintJob) -> PrintJob:
    with kit.store.reading() as records:
        found = records.prints.get(job.job_id)
    assert found is not None
    return found


def trouble(kit: Kit, job: PrintJob, *events: PrintEvent) -> PrintTroubleViewModel:
    for event in events:
        job = print_jobs.advance(kit.counter.station, job, event)
    is_lost = job.state is PrintState.UNKNOWN
    why = PrinterTrouble.OUTCOME_UNKNOWN if is_lost else PrinterTrouble.UNREACHABLE
    return PrintTroubleViewModel(kit.counter, kit.navigator, job, why)


def remedies(model: PrintTroubleViewModel) -> list[Remedy]:
    return [word.remedy for word in model.remedies]


def test_a_label_printer_that_is_away_leaves_the_receipt_roll(kit: Kit, job: PrintJob) -> None:
    kit.devices.printing.has_label_printer = True
    model = trouble(kit, job, PrintEvent.NOTHING_SENT)

    model.do(Remedy.ON_RECEIPTS)

    assert model.title == "Label of a parcel"
    assert remedies(model) == [Remedy.AGAIN, Remedy.ON_RECEIPTS]
    assert [sent.job_id for sent in kit.devices.printing.on_receipts] == [job.job_id]
    assert kit.devices.printing.submitted == []


def test_a_shop_whose_labels_come_off_the_roll_anyway_can_only_try_again(
    kit: Kit, job: PrintJob
) -> None:
    model = trouble(kit, job, PrintEvent.NOTHING_SENT)

    model.do(Remedy.AGAIN)

    assert remedies(model) == [Remedy.AGAIN]
    assert [sent.job_id for sent in kit.devices.printing.submitted] == [job.job_id]


def test_a_label_that_may_have_come_out_is_replaced_by_the_next_print(
    kit: Kit, job: PrintJob
) -> None:
    model = trouble(kit, job, PrintEvent.SENDING, PrintEvent.ANSWER_LOST)

    model.do(Remedy.COPY)

    (sent,) = kit.devices.printing.submitted
    first, second = label_subject(job.subject_id), label_subject(sent.subject_id)
    assert (first.print_number + 1, sent.kind) == (second.print_number, PrintKind.PARCEL_LABEL)
    assert stored(kit, job).state is PrintState.CONFIRMED


def test_a_label_of_an_order_that_is_gone_meanwhile_is_only_put_aside(
    kit: Kit, job: PrintJob
) -> None:
    model = trouble(kit, job, PrintEvent.SENDING, PrintEvent.ANSWER_LOST)
    with kit.store.transaction() as records:
        records.orders.save(customer_order(order_id="o-1"))

    model.do(Remedy.COPY)

    assert kit.devices.printing.submitted == []
    assert stored(kit, job).state is PrintState.CONFIRMED


def test_a_label_that_did_come_out_is_settled(kit: Kit, job: PrintJob) -> None:
    model = trouble(kit, job, PrintEvent.SENDING, PrintEvent.ANSWER_LOST)

    model.do(Remedy.CAME_OUT)

    assert stored(kit, job).state is PrintState.CONFIRMED
