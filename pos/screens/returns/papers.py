"""The papers of a return: its receipt, and the slip that says where the goods go."""

from __future__ import annotations

from pos.domain.printing import PrintJob, PrintKind
from pos.domain.returns import Return
from pos.screens.acting import attempt
from pos.screens.counter import Counter
from pos.screens.navigator import Navigator
from pos.services import print_jobs


def print_return(counter: Counter, navigator: Navigator, document: Return) -> None:
    """Print the papers of a return that was just recorded."""
    sign_on = counter.sign_on

    def submit(job: PrintJob | None) -> None:
        if job is not None:
            counter.devices.printing.submit(job)

    submit(attempt(counter, navigator, lambda: print_jobs.queue_receipt(sign_on, document)))
    if document.lines:
        kind, return_id = PrintKind.BINS, document.return_id
        submit(
            attempt(counter, navigator, lambda: print_jobs.queue_slip(sign_on, kind, return_id))
        )
