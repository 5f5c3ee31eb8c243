"""What the header and the link panel say of the link."""

from __future__ import annotations

from pos.screens.link.view import LinkPanel
from pos.screens.ports import LinkState, LinkStatus
from pos.widgets.header import State
from tests.screens.shop_floor import MINUTE_MS, OIL, Floor


def say(floor: Floor, status: LinkStatus) -> None:
    floor.kit.devices.link.say(status)


def header_of(floor: Floor, cell: str) -> str:
    return floor.window.header.cell(cell).accessibleName().replace("\u00a0", " ")


def test_online_says_how_old_the_last_contact_is(floor: Floor) -> None:
    now_ms = floor.kit.clock.at_ms

    say(floor, LinkStatus(LinkState.ONLINE, last_contact_ms=now_ms - 4_000))

    assert floor.window.header.state is State.ONLINE
    assert header_of(floor, "link") == "Online 4 sec ago"


def test_offline_says_since_when_and_how_much_waits(floor: Floor) -> None:
    since_ms = floor.kit.clock.at_ms - 23 * MINUTE_MS

    say(floor, LinkStatus(LinkState.OFFLINE, since_ms=since_ms, queued=7))

    assert floor.window.header.state is State.OFFLINE
    assert header_of(floor, "link").startswith("Offline since ")
    assert header_of(floor, "link").endswith("23 min ago · 7 to send")
    assert header_of(floor, "message").startswith("Selling as usual. Everything is saved.")


def test_delayed_says_how_old_the_last_data_are(floor: Floor) -> None:
    contact_ms = floor.kit.clock.at_ms - 4 * MINUTE_MS

    say(floor, LinkStatus(LinkState.DELAYED, last_contact_ms=contact_ms))

    assert floor.window.header.state is State.DELAYED
    assert header_of(floor, "link") == "Delayed last data 4 min ago"


def test_selling_goes_on_below_the_link_panel(floor: Floor) -> None:
    say(floor, LinkStatus(LinkState.OFFLINE, queued=1))

    floor.window.header.cell("link").click()
    assert isinstance(floor.panel, LinkPanel)
    floor.type("2*")
    floor.scan(OIL)

    assert [line[0] for line in floor.lines] == ["2"]


def test_the_panel_tells_what_was_set_aside(floor: Floor) -> None:
    say(floor, LinkStatus(LinkState.ONLINE, parked=2))
    floor.window.header.cell("link").click()
    assert isinstance(floor.panel, LinkPanel)

    amber = [line.word for line in floor.panel.view_model.effects if line.amber]

    assert amber == ["2 acts were set aside"]


def test_the_link_cell_closes_what_it_opened(floor: Floor) -> None:
    floor.window.header.cell("link").click()
    floor.window.header.cell("link").click()

    assert floor.panel is None
