"""Every receipt printer keeps the promises of the port, whatever line it hangs on."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from hardware.errors import DeviceRefused, DeviceUnreachable, OutcomeUnknown
from hardware.receipt_printer.emulator.printer import Pulse
from hardware.receipt_printer.layout import plain_text
from hardware.receipt_printer.port import DrawerPin, Paper, PrinterStatus, PrintOutcome
from tests.hardware.receipt_printer.rigs import RIGS, Rig, receipt


@pytest.fixture(params=RIGS)
def rig(request: pytest.FixtureRequest) -> Iterator[Rig]:
    with RIGS[request.param]() as built:
        yield built


def test_a_receipt_is_on_paper_when_the_printer_says_so(rig: Rig) -> None:
    outcome = rig.printer.print(receipt())

    assert outcome is PrintOutcome.CONFIRMED
    assert [printed.text for printed in rig.emulator.receipts] == [plain_text(receipt())]


def test_receipts_follow_each_other(rig: Rig) -> None:
    rig.printer.print(receipt("Café"))
    rig.printer.print(receipt("Té"))

    assert len(rig.emulator.receipts) == 2


def test_a_printer_in_order_says_so(rig: Rig) -> None:
    assert rig.printer.status() == PrinterStatus(
        is_online=True,
        paper=Paper.OK,
        is_cover_open=False,
        has_cutter_error=False,
        has_unrecoverable_error=False,
        is_drawer_pin_high=False,
    )
    assert rig.printer.status().is_ready


def test_little_paper_is_told_and_hinders_nothing(rig: Rig) -> None:
    rig.emulator.faults.paper = Paper.NEAR_END

    assert rig.printer.status().paper is Paper.NEAR_END
    assert rig.printer.print(receipt()) is PrintOutcome.CONFIRMED


def test_without_paper_nothing_is_sent_and_the_reason_is_told(rig: Rig) -> None:
    rig.emulator.faults.paper = Paper.OUT

    with pytest.raises(DeviceRefused, match="out of paper"):
        rig.printer.print(receipt())

    rig.emulator.load_paper()
    assert rig.emulator.receipts == []
    assert rig.printer.print(receipt()) is PrintOutcome.CONFIRMED
    assert len(rig.emulator.receipts) == 1


def test_an_open_cover_is_told(rig: Rig) -> None:
    rig.emulator.faults.is_cover_open = True

    assert rig.printer.status().is_cover_open
    with pytest.raises(DeviceRefused, match="cover open"):
        rig.printer.print(receipt())


def test_a_printer_switched_offline_is_told(rig: Rig) -> None:
    rig.emulator.faults.is_offline = True

    assert rig.printer.status().is_online is False
    with pytest.raises(DeviceRefused, match="offline"):
        rig.printer.print(receipt())


def test_a_broken_printer_is_told(rig: Rig) -> None:
    rig.emulator.faults.has_unrecoverable_error = True

    assert rig.printer.status().has_unrecoverable_error
    assert not rig.printer.status().is_ready


def test_paper_that_ends_within_a_receipt_leaves_its_outcome_unknown(rig: Rig) -> None:
    rig.emulator.faults.lines_left = 3

    with pytest.raises(OutcomeUnknown, match="out of paper"):
        rig.printer.print(receipt(lines=10))

    assert rig.emulator.receipts == []


def test_a_printer_finishes_by_itself_what_it_took_before_its_paper_ended(rig: Rig) -> None:
    rig.emulator.faults.lines_left = 3
    with pytest.raises(OutcomeUnknown):
        rig.printer.print(receipt(lines=10))

    rig.emulator.load_paper()

    assert [printed.text for printed in rig.emulator.receipts] == [plain_text(receipt(lines=10))]


def test_a_jammed_cutter_leaves_the_outcome_unknown_and_is_told(rig: Rig) -> None:
    rig.emulator.faults.has_cutter_error = True

    with pytest.raises(OutcomeUnknown, match="cutter jammed"):
        rig.printer.print(receipt())

    assert rig.printer.status().has_cutter_error
    rig.emulator.faults.has_cutter_error = False
    rig.emulator.resume()
    assert len(rig.emulator.receipts) == 1


def test_a_mute_printer_is_never_taken_for_a_ready_one(rig: Rig) -> None:
    rig.emulator.faults.is_mute = True

    assert rig.printer.status() == PrinterStatus()
    assert not rig.printer.status().is_ready
    with pytest.raises(DeviceUnreachable):
        rig.printer.print(receipt())
    assert rig.emulator.receipts == []


def test_a_printer_that_never_confirms_leaves_the_outcome_unknown(rig: Rig) -> None:
    rig.emulator.faults.ignores_process_id = True

    with pytest.raises(OutcomeUnknown):
        rig.printer.print(receipt())

    assert len(rig.emulator.receipts) == 1


def test_a_line_that_breaks_within_a_receipt_leaves_the_outcome_unknown(rig: Rig) -> None:
    rig.line.drop_after_bytes = 60

    with pytest.raises(OutcomeUnknown):
        rig.printer.print(receipt(lines=200))

    assert rig.emulator.receipts == []


def test_an_unplugged_printer_was_sent_nothing(rig: Rig) -> None:
    rig.unplug()

    with pytest.raises(DeviceUnreachable):
        rig.printer.print(receipt())
    with pytest.raises(DeviceUnreachable):
        rig.printer.status()
    with pytest.raises(DeviceUnreachable):
        rig.printer.kick_drawer()
    assert rig.emulator.receipts == []


def test_the_drawer_is_kicked_for_50_ms_on_the_pin_asked_for(rig: Rig) -> None:
    rig.printer.kick_drawer()
    rig.printer.kick_drawer(DrawerPin.PIN_5)

    assert rig.printer.status().is_drawer_pin_high
    assert rig.emulator.pulses == [
        Pulse(DrawerPin.PIN_2, on_ms=50, off_ms=500),
        Pulse(DrawerPin.PIN_5, on_ms=50, off_ms=500),
    ]
