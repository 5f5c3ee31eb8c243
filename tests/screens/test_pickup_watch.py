"""New orders are heard and seen on every screen, and only until somebody looked."""

from __future__ import annotations

from dataclasses import replace

from pytestqt.qtbot import QtBot

from pos.domain.collection import OrderState
from pos.screens.header import HeaderViewModel
from pos.screens.pickup_watch import MOST_TIMES
from pos.screens.ports import LinkState, LinkStatus, Sound
from tests.screens.counter_kit import Kit
from tests.screens.pickup_kit import MINUTE_MS, an_order, know, ready, tell

RING = Sound.NEW_ORDER


def rings(kit: Kit) -> int:
    return kit.devices.sounds.played.count(RING)


def tell_and_wait(kit: Kit, qtbot: QtBot, *orders: object) -> None:
    with qtbot.waitSignal(kit.counter.pickups.changed):
        tell(kit, *orders)  # type: ignore[arg-type]


def test_an_order_that_came_is_heard_once_and_counted(kit: Kit, qtbot: QtBot) -> None:
    tell_and_wait(kit, qtbot, an_order(1, "Nuria Paz"))
    assert rings(kit) == 1
    assert kit.counter.pickups.new_count == 1
    tell_and_wait(kit, qtbot)
    assert rings(kit) == 1


def test_nobody_who_looks_makes_it_ring_again_three_times_at_most(kit: Kit, qtbot: QtBot) -> None:
    tell_and_wait(kit, qtbot, an_order(1, "Nuria Paz"))
    watch = kit.counter.pickups
    for _ in range(5):
        if watch.again.isActive():
            watch.again.timeout.emit()
    assert rings(kit) == MOST_TIMES
    assert not watch.again.isActive()


def test_it_is_quiet_once_somebody_looked(kit: Kit, qtbot: QtBot) -> None:
    tell_and_wait(kit, qtbot, an_order(1, "Nuria Paz"))
    watch = kit.counter.pickups
    watch.looked_at()
    assert not watch.again.isActive()
    watch.again.timeout.emit()
    assert rings(kit) == 1
    tell_and_wait(kit, qtbot, an_order(2, "Inés Rubio"))
    assert rings(kit) == 2


def test_an_order_somebody_began_with_elsewhere_rings_no_more(kit: Kit, qtbot: QtBot) -> None:
    order = an_order(1, "Nuria Paz")
    tell_and_wait(kit, qtbot, order)
    tell_and_wait(kit, qtbot, replace(order, state=OrderState.PICKING, picker="marta"))
    kit.counter.pickups.again.timeout.emit()
    assert rings(kit) == 1
    assert kit.counter.pickups.new_count == 0


def test_an_order_on_its_shelf_is_nothing_to_ring_for(kit: Kit, qtbot: QtBot) -> None:
    tell_and_wait(kit, qtbot, ready(an_order(1, "Nuria Paz")))
    assert rings(kit) == 0


def test_the_header_says_how_many_are_new_and_late(kit: Kit, qtbot: QtBot) -> None:
    header = HeaderViewModel(kit.counter)
    assert header.pickups == ("", "")
    late = an_order(1, "Nuria Paz", promised_at_ms=kit.clock.at_ms - MINUTE_MS)
    tell_and_wait(kit, qtbot, late, an_order(2, "Inés Rubio"))
    words, _ = header.pickups
    assert words.startswith("2 ")
    assert " · 1 " in words
    kit.counter.work_as(None)
    assert header.pickups == header.short_pickups == ("", "")


def test_without_connection_the_header_says_it_in_two_rows(kit: Kit, qtbot: QtBot) -> None:
    header = HeaderViewModel(kit.counter)
    late = an_order(1, "Nuria Paz", promised_at_ms=kit.clock.at_ms - MINUTE_MS)
    tell_and_wait(kit, qtbot, late, an_order(2, "Inés Rubio"))

    kit.devices.link.say(LinkStatus(LinkState.OFFLINE))

    first, second = header.pickups
    assert (first[0], second[0]) == ("2", "1")
    assert header.short_pickups == (first, second)


def test_minutes_pass_without_anybody_telling(kit: Kit, qtbot: QtBot) -> None:
    soon = an_order(1, "Nuria Paz", promised_at_ms=kit.clock.at_ms + MINUTE_MS)
    tell_and_wait(kit, qtbot, soon)
    assert kit.counter.pickups.late_count == 0
    kit.clock.at_ms += 2 * MINUTE_MS
    with qtbot.waitSignal(kit.counter.pickups.changed):
        kit.counter.pickups.minutes.timeout.emit()
    assert kit.counter.pickups.late_count == 1


def test_what_is_told_while_the_queue_is_read_is_read_as_well(kit: Kit, qtbot: QtBot) -> None:
    know(kit, an_order(1, "Nuria Paz"))
    watch = kit.counter.pickups
    watch.look()
    tell(kit, an_order(2, "Inés Rubio"))
    qtbot.waitUntil(lambda: watch.new_count == 2)
