"""What can be wrong with the emulated printer, and the bytes that say so.

Source: Epson ESC/POS Command Reference, "DLE EOT n", "GS a", "GS r", "GS I".
"""

from __future__ import annotations

from dataclasses import dataclass

from hardware.receipt_printer.port import Paper

FIXED_STATUS_BITS = 0x12  # bits 1 and 4 of every DLE EOT reply
FIXED_ASB_BITS = 0x10
MAKER, MODEL, FIRMWARE, SERIAL_NUMBER = b"MOSTRADOR", b"EMULATOR", b"1.00", b"EMU0000001"


@dataclass(slots=True)
class Faults:
    """The levers; change them while it runs.

    Attributes:
        paper: OK, NEAR_END or OUT.
        lines_left: Lines until the paper is out; None is plenty.
        is_offline: Switched offline by its button.
        is_mute: Takes bytes, prints, and never says a word.
        has_cutter_error: The cutter jams at its next cut.
        ignores_process_id: Knows no GS ( H, as older and cheap models.
    """

    paper: Paper = Paper.OK
    lines_left: int | None = None
    is_cover_open: bool = False
    is_offline: bool = False
    is_mute: bool = False
    has_cutter_error: bool = False
    has_unrecoverable_error: bool = False
    ignores_process_id: bool = False

    @property
    def is_stopped(self) -> bool:
        """Whether the printer takes bytes but prints none."""
        return (
            self.paper is Paper.OUT
            or self.is_cover_open
            or self.is_offline
            or self.has_unrecoverable_error
        )


def real_time_status(
    n: int, faults: Faults, *, is_drawer_open: bool, is_cutter_stuck: bool
) -> int:
    """Return the reply to DLE EOT n, n from 1 to 4."""
    is_stopped = faults.is_stopped or is_cutter_stuck
    has_error = is_cutter_stuck or faults.has_unrecoverable_error
    bits = {
        1: (is_drawer_open << 2) | (is_stopped << 3),
        2: (faults.is_cover_open << 2) | ((faults.paper is Paper.OUT) << 5) | (has_error << 6),
        3: (is_cutter_stuck << 3) | (faults.has_unrecoverable_error << 5),
        4: _near_end(faults, 0x0C) | (0x60 if faults.paper is Paper.OUT else 0),
    }
    return FIXED_STATUS_BITS | bits[n]


def automatic_status(faults: Faults, *, is_drawer_open: bool, is_cutter_stuck: bool) -> bytes:
    """Return the four bytes that GS a makes the printer send by itself."""
    is_stopped = faults.is_stopped or is_cutter_stuck
    first = (is_drawer_open << 2) | (is_stopped << 3) | (faults.is_cover_open << 5)
    second = (is_cutter_stuck << 3) | (faults.has_unrecoverable_error << 5)
    return bytes([FIXED_ASB_BITS | first, second, paper_sensors(faults), 0])


def paper_sensors(faults: Faults) -> int:
    """Return the reply to GS r 1: bits 0 and 1 near end, 2 and 3 end."""
    return _near_end(faults, 0x03) | (0x0C if faults.paper is Paper.OUT else 0)


def _near_end(faults: Faults, bits: int) -> int:
    return bits if faults.paper in (Paper.NEAR_END, Paper.OUT) else 0


def identity(n: int) -> bytes:
    """Return the reply to GS I n."""
    texts = {65: FIRMWARE, 66: MAKER, 67: MODEL, 68: SERIAL_NUMBER}
    if n in texts:
        return b"\x5f" + texts[n] + b"\0"
    return {1: b"\x20", 2: b"\x02", 3: b"\x31", 49: b"\x20", 50: b"\x02"}.get(n, b"\0")
