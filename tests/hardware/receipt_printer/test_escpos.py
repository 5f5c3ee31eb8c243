"""The ESC/POS driver says exactly what the manual says, and believes only what it heard."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware.errors import DeviceRefused, DeviceUnreachable, OutcomeUnknown
from hardware.receipt_printer.document import Cut, Document, Text
from hardware.receipt_printer.escpos import EscposPrinter
from hardware.receipt_printer.port import DrawerPin, Paper, PrinterStatus, PrintOutcome
from hardware.receipt_printer.profile import PROFILES, Confirmation, PrinterProfile
from hardware.receipt_printer.simulator import SimulatedPrinter
from hardware.transport.file import FileTransport
from hardware.transport.replay import Exchange, ReplayTransport
from tests.hardware.receipt_printer.rigs import EPSON, driver, over_tcp, receipt

MARK = b"ab12"
READY = (
    Exchange(b"\x10\x04\x01", b"\x12"),
    Exchange(b"\x10\x04\x02", b"\x12"),
    Exchange(b"\x10\x04\x03", b"\x12"),
    Exchange(b"\x10\x04\x04", b"\x12"),
)
HELLO = Document((Text("¡Olé! 5 €"), Cut()))
HELLO_BYTES = (
    b"\x1b@"  # reset
    b"\x1bt\x13"  # page 19, CP858
    b"\x1d!\x00\x1bE\x00\x1ba\x00"  # normal size, not bold, left
    b"\xadOl\x82! 5 \xd5\n"
    b"\x1dV\x42\x00"  # feed and cut partly
)


def scripted(*exchanges: Exchange, profile: PrinterProfile = EPSON) -> EscposPrinter:
    line = ReplayTransport(exchanges)
    return EscposPrinter(
        lambda: line,
        profile,
        finish_timeout_s=0.05,
        status_timeout_s=0.01,
        process_id=lambda: MARK,
    )


def test_a_job_is_asked_for_status_sent_and_confirmed_by_its_process_id() -> None:
    job = HELLO_BYTES + b"\x1d(H\x06\x00\x30\x30" + MARK
    printer = scripted(*READY, Exchange(job, b"\x37\x22" + MARK + b"\0"))

    assert printer.print(HELLO) is PrintOutcome.CONFIRMED


def test_the_confirmation_of_another_job_is_not_ours() -> None:
    job = HELLO_BYTES + b"\x1d(H\x06\x00\x30\x30" + MARK
    printer = scripted(*READY, Exchange(job, b"\x37\x22zzzz\0"), Exchange(b"\x10\x04\x01"))

    with pytest.raises(OutcomeUnknown, match="no answer"):
        printer.print(HELLO)


def test_an_older_printer_confirms_by_its_paper_sensor() -> None:
    profile = PROFILES["generic-80mm"]
    printer = scripted(*READY, Exchange(HELLO_BYTES + b"\x1dr\x01", b"\0"), profile=profile)

    assert printer.print(HELLO) is PrintOutcome.CONFIRMED


def test_noise_on_the_line_is_no_status() -> None:
    printer = scripted(Exchange(b"\x10\x04\x01", b"\xff\x00\x91"))

    assert printer.status() == PrinterStatus()


def test_a_status_byte_behind_noise_is_found() -> None:
    printer = scripted(Exchange(b"\x10\x04\x01", b"\xff\x16"), *READY[1:])

    assert printer.status().is_drawer_pin_high


@pytest.mark.parametrize(
    ("replies", "expected"),
    [
        pytest.param(b"\x1a\x36\x12\x7e", "out of paper", id="paper end"),
        pytest.param(b"\x1a\x16\x12\x12", "cover open", id="cover"),
        pytest.param(b"\x1a\x52\x1a\x12", "cutter jammed", id="cutter"),
        pytest.param(b"\x1a\x52\x32\x12", "printer error", id="unrecoverable"),
        pytest.param(b"\x1a\x12\x12\x12", "offline", id="offline only"),
    ],
)
def test_a_job_is_refused_for_what_the_status_bits_say(replies: bytes, expected: str) -> None:
    asked = [Exchange(bytes([0x10, 4, n + 1]), replies[n : n + 1]) for n in range(4)]

    with pytest.raises(DeviceRefused, match=expected):
        scripted(*asked).print(HELLO)


def test_paper_near_its_end_is_read_from_the_sensor_bits() -> None:
    printer = scripted(*READY[:3], Exchange(b"\x10\x04\x04", b"\x1e"))

    assert printer.status().paper is Paper.NEAR_END


def test_the_pulse_is_that_of_the_manual() -> None:
    scripted(Exchange(b"\x1bp\x00\x19\xfa")).kick_drawer()
    scripted(Exchange(b"\x1bp\x01\x19\xfa")).kick_drawer(DrawerPin.PIN_5)


def test_a_file_takes_the_job_and_confirms_nothing(tmp_path: Path) -> None:
    path = tmp_path / "receipts.bin"
    printer = driver(lambda: FileTransport(path), PROFILES["write-only-80mm"])

    assert printer.print(HELLO) is PrintOutcome.SENT
    assert path.read_bytes() == HELLO_BYTES
    assert printer.status() == PrinterStatus()


def test_a_printer_as_slow_as_a_byte_a_second_leaves_the_outcome_unknown() -> None:
    profile = PrinterProfile("slow", 48, 576, has_status=False)
    with over_tcp(profile) as rig:
        rig.line.bytes_per_s = 1.0

        with pytest.raises(OutcomeUnknown):
            rig.printer.print(receipt())

        assert rig.emulator.receipts == []


def test_two_jobs_at_once_wait_for_each_other() -> None:
    from concurrent.futures import ThreadPoolExecutor

    with over_tcp() as rig, ThreadPoolExecutor(4) as pool:
        outcomes = list(pool.map(lambda n: rig.printer.print(receipt(f"Café {n}")), range(8)))

        assert outcomes == [PrintOutcome.CONFIRMED] * 8
        assert len(rig.emulator.receipts) == 8


@given(st.integers(1, 400))
def test_wherever_the_line_breaks_the_driver_never_says_more_than_it_knows(limit: int) -> None:
    printer = SimulatedPrinter(48)
    printer.line.drop_after_bytes = limit

    try:
        outcome: object = printer.print(receipt(lines=2))
    except DeviceUnreachable:
        assert printer.receipts == []
        assert printer.emulator.unfinished.lines == ()
    except OutcomeUnknown:
        assert len(printer.receipts) <= 1
    else:
        assert outcome is PrintOutcome.CONFIRMED
        assert len(printer.receipts) == 1


@given(st.integers(0, 12))
def test_wherever_the_paper_ends_the_whole_receipt_comes_out_once_after_refilling(
    lines: int,
) -> None:
    printer = SimulatedPrinter(48)
    printer.faults.lines_left = lines or None

    try:
        printer.print(receipt(lines=8))
    except OutcomeUnknown:
        assert printer.receipts == []
        printer.emulator.load_paper()

    assert len(printer.receipts) == 1


@pytest.mark.parametrize("profile", PROFILES.values(), ids=lambda profile: profile.name)
def test_every_profile_prints(profile: PrinterProfile) -> None:
    with over_tcp(profile) as rig:
        outcome = rig.printer.print(receipt())

        is_told = profile.confirmation is not Confirmation.NONE
        assert outcome is (PrintOutcome.CONFIRMED if is_told else PrintOutcome.SENT)
