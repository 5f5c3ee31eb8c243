"""Says why a scan was refused, in the words of the counter."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from pos.domain.scan import RefusalReason, ScannedCode, StaffBadgeScan, parse
from pos.screens.counter import Counter
from pos.screens.ports import Sound


def refusal_text(reason: RefusalReason) -> str:
    """Return the line of text for a code that cannot be used."""
    return {
        RefusalReason.EMPTY: QCoreApplication.translate("Scan", "The code is empty"),
        RefusalReason.TOO_LONG: QCoreApplication.translate("Scan", "The code is too long"),
        RefusalReason.CONTROL_CHARACTERS: QCoreApplication.translate(
            "Scan", "The code holds signs no label has"
        ),
        RefusalReason.WRONG_CHECK_DIGIT: QCoreApplication.translate(
            "Scan", "Misread: the check digit is wrong"
        ),
        RefusalReason.WRONG_PRICE_VERIFIER: QCoreApplication.translate(
            "Scan", "Misread: the price on the label does not add up"
        ),
        RefusalReason.NO_VALUE: QCoreApplication.translate(
            "Scan", "The label says weight or price 0"
        ),
        RefusalReason.MALFORMED_GS1: QCoreApplication.translate(
            "Scan", "The GS1 code is badly made"
        ),
    }[reason]


def refuse_scan(counter: Counter) -> str:
    """Play the refusal and return the line of text for a screen that cannot use scans."""
    counter.devices.sounds.play(Sound.REFUSED)
    return QCoreApplication.translate("Scan", "That code is of no use here")


def badge_of(counter: Counter, code: ScannedCode) -> str | None:
    """Return the token of a staff badge, or None when the code is anything else."""
    read = parse(code, counter.station.scan_rules, is_in_catalogue=lambda _: False)
    return read.badge if isinstance(read, StaffBadgeScan) else None
