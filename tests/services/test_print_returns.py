"""The papers of a return: one original, marked copies, by mail, and slips for the bins."""

from __future__ import annotations

import pytest

from pos.domain.printing import PrintEvent, PrintKind
from pos.domain.quantity import THOUSAND
from pos.domain.returns import Return
from pos.services import print_jobs
from pos.services.workstation import SignOn
from tests.services.conftest import Shop
from tests.services.return_things import draft, sold, taken_back, untouched


@pytest.fixture
def document(at_work: SignOn) -> Return:
    return taken_back(at_work, draft(at_work, untouched(sold(at_work, 2)), (1, THOUSAND)))


def test_a_return_has_one_original_and_then_only_copies(
    shop: Shop, at_work: SignOn, document: Return
) -> None:
    first = print_jobs.queue_receipt(at_work, document)
    failed = print_jobs.advance(shop.station, first, PrintEvent.NOTHING_SENT, "no paper")
    again = print_jobs.queue_receipt(at_work, document)
    copy = print_jobs.reprint(at_work, document)

    assert (first.kind, first.subject_id) == (PrintKind.RETURN, document.return_id)
    assert again.job_id == failed.job_id
    assert (copy.kind, copy.subject_id) == (PrintKind.RETURN_COPY, document.return_id)
    assert shop.kinds()[-2:] == ["receipt.printed", "receipt.reprinted"]
    told = shop.facts()[-1].body
    assert (told["kind"], told["subject_id"]) == ("return_copy", document.return_id)


def test_a_return_by_mail_is_told_without_the_address(
    shop: Shop, at_work: SignOn, document: Return
) -> None:
    job = print_jobs.email_receipt(
        at_work, document, recipient="carmen@correo.es", subject="S", text="T", pdf=b"%PDF"
    )

    told = shop.facts()[-1]
    assert (told.kind.value, told.body["return_id"]) == ("receipt.emailed", document.return_id)
    assert "sale_id" not in told.body
    assert "carmen" not in told.body_json
    assert job.sale_id == document.return_id
