"""Every label printer keeps the promises of the port, whatever line it hangs on."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from hardware.errors import DeviceRefused, DeviceUnreachable, OutcomeUnknown
from hardware.receipt_printer.port import Paper, PrinterStatus, PrintOutcome
from tests.hardware.label_printer.rigs import PAPER, RIGS, Rig, label


@pytest.fixture(params=RIGS)
def rig(request: pytest.FixtureRequest) -> Iterator[Rig]:
    with RIGS[request.param]() as built:
        yield built


def test_a_label_comes_out_dot_by_dot_as_it_was_drawn(rig: Rig) -> None:
    assert rig.printer.paper == PAPER

    outcome = rig.printer.print(label(7))

    assert outcome is PrintOutcome.CONFIRMED
    assert rig.emulator.labels == [label(7)]


def test_labels_come_out_in_the_order_they_were_printed(rig: Rig) -> None:
    for seed in range(3):
        rig.printer.print(label(seed))

    assert rig.emulator.labels == [label(seed) for seed in range(3)]


def test_a_printer_in_order_says_so(rig: Rig) -> None:
    status = rig.printer.status()

    assert status.is_ready
    assert (status.paper, status.is_cover_open) == (Paper.OK, False)


@pytest.mark.parametrize(
    ("lever", "why"),
    [
        ({"labels_left": 0}, "out of paper"),
        ({"is_head_open": True}, "cover open"),
        ({"is_paused": True}, "offline"),
        ({"is_ribbon_out": True}, "printer error"),
    ],
)
def test_what_stands_in_the_way_is_told_before_anything_is_sent(
    rig: Rig, lever: dict[str, object], why: str
) -> None:
    for name, value in lever.items():
        setattr(rig.emulator.faults, name, value)

    with pytest.raises(DeviceRefused, match=why):
        rig.printer.print(label())

    assert rig.printer.status().hindrance == why
    rig.emulator.faults.is_head_open = rig.emulator.faults.is_paused = False
    rig.emulator.faults.is_ribbon_out = False
    rig.emulator.load_labels()
    assert rig.emulator.labels == []


def test_a_second_label_that_the_roll_has_no_room_for_is_refused_and_the_first_is_out(
    rig: Rig,
) -> None:
    rig.emulator.faults.labels_left = 2
    assert rig.printer.print(label(1)) is PrintOutcome.CONFIRMED
    with pytest.raises(OutcomeUnknown, match="out of paper"):
        rig.printer.print(label(2))

    with pytest.raises(DeviceRefused, match="out of paper"):
        rig.printer.print(label(3))

    assert rig.emulator.labels == [label(1), label(2)]


def test_a_mute_printer_was_sent_nothing(rig: Rig) -> None:
    rig.emulator.faults.answers_left = 0

    with pytest.raises(DeviceUnreachable):
        rig.printer.print(label())

    assert rig.printer.status() == PrinterStatus()
    assert rig.emulator.labels == []


def test_an_answer_that_is_lost_leaves_the_outcome_unknown(rig: Rig) -> None:
    rig.emulator.faults.answers_left = 1

    with pytest.raises(OutcomeUnknown):
        rig.printer.print(label())

    assert rig.emulator.labels == [label()]


@pytest.mark.parametrize("arrived", [4, 60, 1_000])
def test_a_line_that_breaks_within_a_label_leaves_the_outcome_unknown(
    rig: Rig, arrived: int
) -> None:
    rig.line.drop_after_bytes = arrived

    with pytest.raises(OutcomeUnknown):
        rig.printer.print(label())

    assert rig.emulator.labels == []
    assert rig.printer.print(label(2)) is PrintOutcome.CONFIRMED


def test_a_line_that_breaks_at_the_first_question_broke_before_anything_was_sent(
    rig: Rig,
) -> None:
    rig.line.drop_after_bytes = 2

    with pytest.raises(DeviceUnreachable):
        rig.printer.print(label())


def test_an_unplugged_printer_was_sent_nothing(rig: Rig) -> None:
    rig.unplug()

    with pytest.raises(DeviceUnreachable):
        rig.printer.print(label())
    with pytest.raises(DeviceUnreachable):
        rig.printer.status()
    assert rig.emulator.labels == []
