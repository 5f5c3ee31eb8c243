"""Labels are numbered before they are printed, and the newest is the valid one."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pos.domain.collection import Order, OrderState, Parcel
from pos.domain.collection_rules import Contradiction
from pos.domain.print_subjects import label_subject
from pos.domain.printing import PrintEvent, PrintJob, PrintKind, PrintState
from pos.services import labels, print_jobs
from pos.services.orders import NoSuchOrder
from pos.services.workstation import SignOn
from tests.receipts.order_examples import placed, staged
from tests.services.conftest import Shop


def kept(shop: Shop, order: Order) -> Order:
    with shop.station.store.transaction() as records:
        records.orders.save(order)
    return order


def parcel(shop: Shop, number: int) -> Parcel | None:
    with shop.station.store.reading() as records:
        order = records.orders.get("o-1")
    return order.parcel(number) if order else None


def prints_of(jobs: tuple[PrintJob, ...]) -> list[tuple[int, int]]:
    subjects = [label_subject(job.subject_id) for job in jobs]
    return [(subject.parcel, subject.print_number) for subject in subjects]


def test_the_labels_of_an_order_that_was_just_picked_are_first_prints_of_all_its_parcels(
    shop: Shop, at_work: SignOn
) -> None:
    kept(shop, replace(staged(), state=OrderState.PICKED, parcels=()))

    jobs = labels.print_labels(at_work, "o-1", (1, 2, 3))

    assert prints_of(jobs) == [(1, 1), (2, 1), (3, 1)]
    assert {(job.kind, job.state) for job in jobs} == {(PrintKind.PARCEL_LABEL, PrintState.QUEUED)}
    assert [parcel(shop, number) for number in (1, 2, 3)] == [
        Parcel(number, print_number=1) for number in (1, 2, 3)
    ]


def test_a_reprint_takes_the_next_number_and_is_in_the_journal_before_anything_is_sent(
    shop: Shop, at_work: SignOn
) -> None:
    kept(shop, staged())

    job = labels.print_label(at_work, "o-1", 1)

    fact = shop.facts()[-1]
    assert prints_of((job,)) == [(1, 3)]
    assert fact.kind.value == "order.label_printed"
    assert (fact.body["parcel"], fact.body["print_number"]) == (1, 3)
    assert fact.body["staff_id"] == "lucia"
    assert parcel(shop, 1) == Parcel(1, "B3", print_number=3)


@pytest.mark.parametrize(
    ("events", "number"),
    [
        ((), 3),  # it waits still
        ((PrintEvent.NOTHING_SENT,), 3),
        ((PrintEvent.SENDING,), 4),
        ((PrintEvent.SENDING, PrintEvent.ANSWER_LOST), 4),
        ((PrintEvent.SENDING, PrintEvent.PRINTER_CONFIRMED), 4),
    ],
)
def test_only_a_label_that_surely_did_not_come_out_keeps_its_number_when_asked_for_again(
    shop: Shop, at_work: SignOn, events: tuple[PrintEvent, ...], number: int
) -> None:
    kept(shop, staged())
    first = job = labels.print_label(at_work, "o-1", 1)
    for event in events:
        job = print_jobs.advance(shop.station, job, event)

    again = labels.print_label(at_work, "o-1", 1)

    assert prints_of((again,)) == [(1, number)]
    assert again.state is PrintState.QUEUED
    assert (again.job_id == first.job_id) is (number == 3)
    assert shop.kinds().count("order.label_printed") == number - 2


def test_no_label_is_numbered_for_an_order_that_is_still_being_picked(
    shop: Shop, at_work: SignOn
) -> None:
    kept(shop, placed())
    before = shop.kinds()

    with pytest.raises(Contradiction):
        labels.print_label(at_work, "o-1", 1)

    assert shop.kinds() == before


def test_an_order_nobody_heard_of_has_no_label(shop: Shop, at_work: SignOn) -> None:
    with pytest.raises(NoSuchOrder):
        labels.print_label(at_work, "o-9", 1)


@pytest.mark.parametrize("parcels", [(), (0,), (100,), (1, -1)])
def test_parcels_that_cannot_be_are_refused(
    shop: Shop, at_work: SignOn, parcels: tuple[int, ...]
) -> None:
    kept(shop, staged())

    with pytest.raises(ValueError, match="parcels"):
        labels.print_labels(at_work, "o-1", parcels)

    assert "order.label_printed" not in shop.kinds()


def test_lists_and_acknowledgements_wait_like_any_other_paper(shop: Shop, at_work: SignOn) -> None:
    listed = labels.print_pick_list(at_work, ("o-1", "o-2"))
    acknowledged = labels.print_acknowledgement(at_work, "o-1")

    with shop.station.store.reading() as records:
        assert records.prints.unfinished() == (listed, acknowledged)
    assert (listed.kind, listed.subject_id) == (PrintKind.PICK_LIST, "o-1,o-2")
    assert (acknowledged.kind, acknowledged.subject_id) == (PrintKind.HANDOVER, "o-1")
