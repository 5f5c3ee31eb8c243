"""Every cash drawer keeps the promises of the port."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from hardware.cash_drawer.keyed import KeyedDrawer
from hardware.cash_drawer.port import CashDrawer, DrawerState
from hardware.cash_drawer.printer_kick import DrawerSwitch, PrinterKickDrawer
from hardware.cash_drawer.simulator import SimulatedDrawer
from hardware.errors import DeviceUnreachable
from hardware.receipt_printer.port import DrawerPin
from hardware.receipt_printer.simulator import SimulatedPrinter


@dataclass(frozen=True)
class Rig:
    drawer: CashDrawer
    is_really_open: Callable[[], bool]
    unplug: Callable[[], None]


def simulated() -> Rig:
    drawer = SimulatedDrawer()

    def unplug() -> None:
        drawer.is_plugged_in = False

    return Rig(drawer, lambda: drawer.is_open, unplug)


def on_a_printer() -> Rig:
    printer = SimulatedPrinter()
    drawer = PrinterKickDrawer(printer, switch=DrawerSwitch.HIGH_WHEN_OPEN)

    def unplug() -> None:
        printer.is_plugged_in = False

    return Rig(drawer, lambda: printer.emulator.is_drawer_open, unplug)


@pytest.fixture(params=[simulated, on_a_printer])
def rig(request: pytest.FixtureRequest) -> Rig:
    built: Rig = request.param()
    return built


def test_a_closed_drawer_springs_open(rig: Rig) -> None:
    assert rig.drawer.state() is DrawerState.CLOSED

    rig.drawer.open()

    assert rig.is_really_open()
    assert rig.drawer.state() is DrawerState.OPEN
    assert rig.drawer.opens_by_itself


def test_opening_an_open_drawer_is_harmless(rig: Rig) -> None:
    rig.drawer.open()
    rig.drawer.open()

    assert rig.is_really_open()


def test_an_unplugged_drawer_is_told_and_its_state_is_not_guessed(rig: Rig) -> None:
    rig.unplug()

    with pytest.raises(DeviceUnreachable):
        rig.drawer.open()
    assert not rig.is_really_open()
    assert rig.drawer.state() is DrawerState.UNKNOWN


def test_a_drawer_whose_switch_is_not_wired_has_no_known_state() -> None:
    drawer = PrinterKickDrawer(SimulatedPrinter())

    drawer.open()

    assert drawer.state() is DrawerState.UNKNOWN


def test_a_switch_may_be_wired_the_other_way_round() -> None:
    printer = SimulatedPrinter()
    drawer = PrinterKickDrawer(printer, switch=DrawerSwitch.LOW_WHEN_OPEN)

    assert drawer.state() is DrawerState.OPEN
    printer.emulator.is_drawer_open = True
    assert drawer.state() is DrawerState.CLOSED


def test_a_mute_printer_leaves_the_drawer_state_unknown() -> None:
    printer = SimulatedPrinter()
    printer.faults.is_mute = True

    drawer = PrinterKickDrawer(printer, switch=DrawerSwitch.HIGH_WHEN_OPEN)

    assert drawer.state() is DrawerState.UNKNOWN


def test_a_second_drawer_hangs_on_pin_5() -> None:
    printer = SimulatedPrinter()

    PrinterKickDrawer(printer, pin=DrawerPin.PIN_5).open()

    assert [pulse.pin for pulse in printer.emulator.pulses] == [DrawerPin.PIN_5]
    assert not printer.emulator.is_drawer_open


def test_a_drawer_with_a_key_is_left_to_the_cashier() -> None:
    drawer = KeyedDrawer()

    drawer.open()

    assert not drawer.opens_by_itself
    assert drawer.state() is DrawerState.UNKNOWN


def test_closing_the_simulated_drawer_by_hand() -> None:
    drawer = SimulatedDrawer()
    drawer.open()

    drawer.close_by_hand()

    assert drawer.state() is DrawerState.CLOSED
    assert drawer.times_opened == 1
