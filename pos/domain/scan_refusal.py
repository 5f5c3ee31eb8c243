"""Why a scanned code is refused, audibly, with the ticket left as it is."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class RefusalReason(Enum):
    """What is wrong with a code; the screen says it in words, the log by value."""

    EMPTY = "empty"
    TOO_LONG = "too long"
    CONTROL_CHARACTERS = "control characters"
    WRONG_CHECK_DIGIT = "wrong check digit"
    WRONG_PRICE_VERIFIER = "wrong price verifier"
    NO_VALUE = "no value"  # a scale label over 0.000 kg or 0.00
    MALFORMED_GS1 = "malformed GS1"  # element strings that break the GS1 syntax


@dataclass(frozen=True, slots=True)
class RefusedScan:
    """A code that no label of a working shop carries: misread, damaged or hostile."""

    reason: RefusalReason
