"""What becomes of a print job: never blindly repeated, never forgotten."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class PrintKind(Enum):
    """What is printed; everything but the first original is marked or has no prices."""

    ORIGINAL = "original"
    DUPLICATE = "duplicate"
    FOUND_COPY = "found_copy"  # a marked copy of a sale that another till made
    GIFT = "gift"
    X_REPORT = "x_report"
    Z_REPORT = "z_report"
    PARKED = "parked"
    MOVEMENT = "movement"
    PARCEL_LABEL = "parcel_label"
    PICK_LIST = "pick_list"
    HANDOVER = "handover"  # what a customer collected
    RETURN = "return"
    RETURN_COPY = "return_copy"
    BINS = "bins"  # where what came back goes
    REISSUE = "reissue"  # how a refund that failed was paid after all


class PrintState(Enum):
    QUEUED = "queued"
    SENT = "sent"  # bytes may have reached the printer
    CONFIRMED = "confirmed"  # the printer said that it finished
    HANDED_OVER = "handed over"  # taken whole by a printer that cannot say more
    UNKNOWN = "unknown"  # sent, and no answer: it may lie in the tray
    FAILED = "failed"  # nothing was printed


class PrintEvent(Enum):
    SENDING = "sending"
    PRINTER_CONFIRMED = "printer confirmed"
    PRINTER_TOOK_ALL = "printer took all"
    ANSWER_LOST = "answer lost"
    NOTHING_SENT = "nothing sent"
    TRIED_AGAIN = "tried again"  # by a person
    LOOKED_AT = "looked at"  # a person says that the paper came out


class IllegalPrintTransition(Exception):
    """An event reached a job that cannot take it: a bug."""


TRANSITIONS = {
    (PrintState.QUEUED, PrintEvent.SENDING): PrintState.SENT,
    (PrintState.QUEUED, PrintEvent.NOTHING_SENT): PrintState.FAILED,
    (PrintState.SENT, PrintEvent.PRINTER_CONFIRMED): PrintState.CONFIRMED,
    (PrintState.SENT, PrintEvent.PRINTER_TOOK_ALL): PrintState.HANDED_OVER,
    (PrintState.SENT, PrintEvent.ANSWER_LOST): PrintState.UNKNOWN,
    (PrintState.SENT, PrintEvent.NOTHING_SENT): PrintState.FAILED,
    (PrintState.FAILED, PrintEvent.TRIED_AGAIN): PrintState.QUEUED,
    (PrintState.UNKNOWN, PrintEvent.LOOKED_AT): PrintState.CONFIRMED,
}


def next_state(state: PrintState, event: PrintEvent) -> PrintState:
    """Return the state after `event`.

    Raises:
        IllegalPrintTransition: The pair is not in `TRANSITIONS`.
    """
    try:
        return TRANSITIONS[state, event]
    except KeyError:
        raise IllegalPrintTransition(f"{event.value!r} while {state.value!r}") from None


@dataclass(frozen=True, slots=True)
class PrintJob:
    """One thing to print; `subject_id` is the sale, return, session, basket or movement it shows.

    Of an order to collect it is the order, or what `print_subjects` makes of several.
    """

    job_id: str
    kind: PrintKind
    subject_id: str
    state: PrintState
    created_at_ms: int
    error: str = ""


@dataclass(frozen=True, slots=True)
class EmailJob:
    """A receipt waiting to be sent by e-mail; the agent sends it when there is a link.

    `sale_id` is that of the sale or of the return.
    """

    job_id: str
    sale_id: str
    recipient: str
    subject: str
    text: str
    pdf: bytes
    created_at_ms: int
