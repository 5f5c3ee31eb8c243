"""Whether the till is ready for an outage, and what is said of the till itself."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from pos.domain.readiness import Topic
from pos.domain.standing import NoticeName
from pos.screens.navigator import Screen
from pos.screens.ports import LinkState, LinkStatus
from pos.screens.readiness.view_model import ReadinessViewModel
from pos.store.engine import make_engine, transaction
from pos.store.statements import Statements
from tests.builders import KEY
from tests.screens.conftest import OpenFloor
from tests.screens.counter_kit import PIN, Kit
from tests.screens.shop_floor import MINUTE_MS, Floor


def notice(folder: Path, name: NoticeName, since_ms: int, body: str = "") -> None:
    """Leave a notice as the agent does."""
    engine = make_engine(folder / "till.db", key=KEY)
    with transaction(engine) as connection:
        Statements(connection).run(
            "INSERT INTO notice (name, body, since_ms) VALUES (?, ?, ?)",
            (name.value, body, since_ms),
        )
    engine.dispose()


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


def test_a_till_without_a_catalogue_says_what_it_lacks(kit: Kit) -> None:
    model = ReadinessViewModel(kit.counter)

    assert not model.is_ready
    assert model.headline == "Not ready to sell offline. Missing: catalogue"


def test_a_till_with_goods_and_people_is_ready(floor: Floor) -> None:
    model = ReadinessViewModel(floor.kit.counter)

    assert model.headline == "Ready to sell offline"
    assert next(iter(model.lines)).second.startswith("17 articles")


def test_where_there_is_little_room_what_asks_for_attention_stays(floor: Floor) -> None:
    model = ReadinessViewModel(floor.kit.counter)

    amber = [line for line in model.lines if line.amber]

    assert len(model.short_lines) == 8
    assert [line for line in model.short_lines if line.amber] == amber


def test_very_old_prices_are_said_in_a_sentence(floor: Floor) -> None:
    floor.kit.clock.at_ms += 8 * 24 * 60 * MINUTE_MS
    floor.kit.counter.watch.look()

    sentence = ReadinessViewModel(floor.kit.counter).sentence

    assert plain(sentence) == (
        "The prices were last confirmed 8 days ago. Selling goes on with them."
    )


@pytest.mark.parametrize(
    ("offset_ms", "said"),
    [(-12 * MINUTE_MS, "12 mins ahead"), (400 * 24 * 60 * MINUTE_MS, "13 mths behind")],
)
def test_a_wrong_clock_is_a_banner_and_selling_goes_on(
    floor: Floor, offset_ms: int, said: str
) -> None:
    status = LinkStatus(LinkState.ONLINE, clock_offset_ms=offset_ms)

    floor.kit.devices.link.say(status)

    message = floor.window.header.cell("message").accessibleName()
    assert plain(message).startswith(f"The clock of this till is {said}.")
    floor.scan("8410000000017")
    assert len(floor.lines) == 1


@pytest.mark.parametrize(
    ("state", "said"),
    [(LinkState.OFFLINE, "not compared: no link"), (LinkState.ONLINE, "not compared yet")],
)
def test_a_clock_that_cannot_be_compared_says_why(
    floor: Floor, state: LinkState, said: str
) -> None:
    floor.kit.devices.link.say(LinkStatus(state))

    line = ReadinessViewModel(floor.kit.counter).lines[list(Topic).index(Topic.CLOCK)]

    assert line.second == said


def test_a_clone_is_told_with_where_to_look(floor: Floor) -> None:
    notice(floor.folder, NoticeName.CLONED, floor.kit.clock.at_ms)
    floor.kit.counter.watch.look()

    message = floor.window.header.cell("message").accessibleName()

    assert message == "There is another copy of this till. Touch here for what to do"


def test_going_on_in_another_series_is_said_without_alarm(floor: Floor) -> None:
    notice(floor.folder, NoticeName.EPOCH_MOVED, floor.kit.clock.at_ms, '{"epoch": 2}')
    floor.kit.counter.watch.look()
    floor.window.header.cell("link").click()
    panel = floor.panel

    first = panel.view_model.effects[0]  # type: ignore[union-attr]

    assert first.word == "This till goes on with the series 2.2."
    assert not first.amber
    assert not floor.window.header.cell("message").isVisible()


def test_a_revoked_till_opens_no_other_shift(open_till: OpenFloor, qtbot: QtBot) -> None:
    floor = open_till(has_session=False, screen=Screen.SIGN_IN)
    notice(floor.folder, NoticeName.REVOKED, floor.kit.clock.at_ms)
    floor.kit.navigator.go(Screen.SIGN_IN)

    floor.sign_in_page.seat("Lucía Romero").click()
    floor.type(PIN)
    floor.sign_in.enter()

    said = "This till is out of service: no other shift can be opened"
    qtbot.waitUntil(lambda: floor.sign_in.message == said)
    assert floor.kit.counter.signed_on is None
    assert floor.sign_in.told.startswith("This till has been taken out of service.")


def test_a_revoked_till_sells_on_in_the_shift_that_is_open(
    open_till: OpenFloor, qtbot: QtBot
) -> None:
    floor = open_till(screen=Screen.SIGN_IN)
    notice(floor.folder, NoticeName.REVOKED, floor.kit.clock.at_ms)
    floor.kit.navigator.go(Screen.SIGN_IN)

    floor.sign_in_page.seat("Lucía Romero").click()
    floor.type(PIN)
    floor.sign_in.enter()

    qtbot.waitUntil(lambda: floor.kit.navigator.current is Screen.SALE)


def test_the_lights_go_to_the_agent(floor: Floor) -> None:
    floor.kit.counter.watch.look()

    assert floor.kit.devices.link.lights["catalogue"] == "fine"
