"""The papers of a return, and of a sale that it paid for."""

from __future__ import annotations

from collections.abc import Callable

from pos.domain.printing import PrintJob, PrintKind
from pos.domain.returns import Return
from pos.domain.sale import Sale
from pos.screens.acting import attempt
from pos.screens.counter import Counter
from pos.screens.navigator import Navigator
from pos.services import labels, print_jobs


def print_return(counter: Counter, navigator: Navigator, document: Return) -> None:
    """Print the receipt of a return just recorded, and the slip that says where goods go."""
    sign_on, return_id = counter.sign_on, document.return_id
    _print(counter, navigator, lambda: print_jobs.queue_receipt(sign_on, document))
    if document.lines:
        kind = PrintKind.BINS
        _print(counter, navigator, lambda: print_jobs.queue_slip(sign_on, kind, return_id))


def print_sale(counter: Counter, navigator: Navigator, sale: Sale) -> None:
    """Print the receipt of a sale, and what the customer of an order takes along with it."""
    sign_on = counter.sign_on
    _print(counter, navigator, lambda: labels.acknowledge_sale(sign_on, sale))
    _print(counter, navigator, lambda: print_jobs.queue_receipt(sign_on, sale))


def _print(counter: Counter, navigator: Navigator, queue: Callable[[], PrintJob | None]) -> None:
    job = attempt(counter, navigator, queue)
    if job is not None:
        counter.devices.printing.submit(job)
