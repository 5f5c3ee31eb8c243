"""A print job from the queue to its end, whatever printer it goes to."""

from __future__ import annotations

import logging
from collections.abc import Callable

from hardware.errors import (
    DeviceBusy,
    DeviceError,
    DeviceRefused,
    DeviceUnreachable,
    OutcomeUnknown,
)
from hardware.receipt_printer.port import Paper, PrinterStatus, PrintOutcome
from pos.devices.documents import NothingToPrint
from pos.domain.printing import PrintEvent, PrintJob, PrintState
from pos.screens.ports import PrinterTrouble
from pos.services import print_jobs
from pos.services.workstation import Workstation

Printing = Callable[[], PrintOutcome]
Ended = tuple[PrintJob, PrinterTrouble]

_log = logging.getLogger(__name__)


class JobFlow:
    """Prints in the thread that calls, recording each step before and after it."""

    def __init__(self, station: Workstation) -> None:
        self._station = station

    def carry_out(
        self,
        job: PrintJob,
        prepare: Callable[[PrintJob], Printing],
        status: Callable[[], PrinterStatus],
    ) -> Ended:
        """Print a job that is queued, or that failed before; one that ended is left alone.

        Args:
            prepare: Lays out what the job shows, and returns what prints it; raises
                NothingToPrint when that is gone.
            status: Asks the same printer how it is, for the reason of a refusal.
        """
        job = self._as_stored(job)
        if job.state is PrintState.FAILED:
            job = print_jobs.advance(self._station, job, PrintEvent.TRIED_AGAIN)
        if job.state is PrintState.SENT:  # its end could not be recorded
            trouble = PrinterTrouble.OUTCOME_UNKNOWN
            return self._end(job, PrintEvent.ANSWER_LOST, trouble, job.error)
        if job.state is not PrintState.QUEUED:
            is_unknown = job.state is PrintState.UNKNOWN
            return job, PrinterTrouble.OUTCOME_UNKNOWN if is_unknown else PrinterTrouble.NONE
        try:
            printing = prepare(job)
        except NothingToPrint as error:
            _log.warning("print job %s: %s", job.job_id, error)
            return self._end(job, PrintEvent.NOTHING_SENT, PrinterTrouble.OTHER, str(error))
        job = print_jobs.advance(self._station, job, PrintEvent.SENDING)
        return self._print(job, printing, status)

    def _as_stored(self, job: PrintJob) -> PrintJob:
        with self._station.store.reading() as records:
            return records.prints.get(job.job_id) or job

    def _print(
        self, job: PrintJob, printing: Printing, status: Callable[[], PrinterStatus]
    ) -> Ended:
        try:
            outcome = printing()
        except OutcomeUnknown as error:
            trouble = PrinterTrouble.OUTCOME_UNKNOWN
            return self._end(job, PrintEvent.ANSWER_LOST, trouble, str(error))
        except DeviceError as error:
            _log.warning("print job %s: %s", job.job_id, error)
            trouble = _trouble(error, status)
            return self._end(job, PrintEvent.NOTHING_SENT, trouble, str(error))
        confirmed = outcome is PrintOutcome.CONFIRMED
        event = PrintEvent.PRINTER_CONFIRMED if confirmed else PrintEvent.PRINTER_TOOK_ALL
        return self._end(job, event, PrinterTrouble.NONE)

    def _end(
        self, job: PrintJob, event: PrintEvent, trouble: PrinterTrouble, error: str = ""
    ) -> Ended:
        return print_jobs.advance(self._station, job, event, error), trouble


def _trouble(error: DeviceError, status: Callable[[], PrinterStatus]) -> PrinterTrouble:
    if isinstance(error, DeviceBusy):
        return PrinterTrouble.BUSY
    if isinstance(error, DeviceUnreachable):
        return PrinterTrouble.UNREACHABLE
    if not isinstance(error, DeviceRefused):
        return PrinterTrouble.OTHER
    return _asked(status)


def _asked(status: Callable[[], PrinterStatus]) -> PrinterTrouble:
    try:
        said = status()
    except DeviceError:
        return PrinterTrouble.OTHER
    if said.paper is Paper.OUT:
        return PrinterTrouble.NO_PAPER
    return PrinterTrouble.COVER_OPEN if said.is_cover_open else PrinterTrouble.OTHER
