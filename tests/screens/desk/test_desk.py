"""The conflict desk as people at the till see and use it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from pos.domain.desk import Resolution
from pos.screens.desk.people import PeopleViewModel
from pos.screens.desk.view import DeskPage
from pos.screens.desk.view_model import DeskViewModel, Filter
from pos.screens.navigator import Screen
from pos.screens.ports import LinkState, LinkStatus
from pos.screens.text_entry.view_model import TextEntryViewModel
from pos.services import desk
from pos.services.workstation import SignOn
from tests.builders import KEY
from tests.screens.counter_kit import LUCIA, MARTA, OSCAR, Kit
from tests.services.desk_things import tell, told

HOUR_MS = 60 * 60_000


def open_desk(
    kit: Kit, folder: Path, *items: dict[str, object], operator: object = MARTA
) -> DeskPage:
    """Put items on the desk and go there as somebody."""
    sign_on = kit.counter.sign_on
    kit.counter.work_as(SignOn(sign_on.station, operator, sign_on.session))  # type: ignore[arg-type]
    at_ms = kit.clock.at_ms
    tell(folder / "till.db", KEY, [{"opened_at_ms": at_ms - HOUR_MS, **item} for item in items])
    page = DeskPage(DeskViewModel(kit.counter, kit.navigator))
    kit.show(Screen.DESK, page)
    return page


def press(page: DeskPage, *keys: Qt.Key) -> None:
    for key in keys:
        QTest.keyClick(page, key)


def an(item_id: str, money: int = 54_90, **changes: Any) -> dict[str, object]:
    item = told(item_id, money=money, **changes)
    del item["opened_at_ms"]
    return item


def test_the_list_names_what_moves_most_money_first(kit: Kit, tmp_path: Path) -> None:
    page = open_desk(kit, tmp_path, an("a", 1_00), an("b", 312_75, kind="till_cloned"))

    assert [line.title for line in page.view_model.lines] == [
        "Two copies of one till",
        "Ticket taken up twice",
    ]
    assert [line.amount for line in page.view_model.lines] == ["€312.75", "€1.00"]
    assert page.title.text() == "Two copies of one till"
    assert page.money.text() == "€312.75"


def test_the_story_names_both_sides_the_money_and_that_nothing_is_lost(
    kit: Kit, tmp_path: Path
) -> None:
    page = open_desk(kit, tmp_path, an("a"))

    assert page.story.text().startswith("The parked ticket Señora del abrigo was taken up")
    assert "€54.90 twice" in page.story.text()
    assert page.cards[0].accessibleName() == "Till 2: Total €54.90"
    assert page.view_model.safe == "Nothing was lost: both sides are stored whole."


def test_arrows_go_through_the_items_and_the_filters(kit: Kit, tmp_path: Path) -> None:
    page = open_desk(kit, tmp_path, an("a", 2_00), an("b", 1_00))

    press(page, Qt.Key.Key_Down)
    assert page.view_model.chosen_index == 1
    press(page, Qt.Key.Key_Up, Qt.Key.Key_Up)
    assert page.view_model.chosen_index == 0
    press(page, Qt.Key.Key_Right)
    assert page.view_model.filter is Filter.MINE


def test_a_decision_offline_says_that_it_will_be_sent(kit: Kit, tmp_path: Path) -> None:
    kit.devices.link.say(LinkStatus(LinkState.OFFLINE))
    page = open_desk(kit, tmp_path, an("a"))

    press(page, Qt.Key.Key_1)

    model = page.view_model
    assert model.filter is Filter.RESOLVED
    assert model.outcome == (
        "amber",
        "Decided here: Both count. It will be sent when the link is back.",
    )
    assert page._acts.isHidden()
    assert kit.devices.link.nudges > 0


def test_the_hubs_word_ends_the_waiting(kit: Kit, tmp_path: Path) -> None:
    page = open_desk(kit, tmp_path, an("a"))
    press(page, Qt.Key.Key_1)

    ended = told("a", state="resolved", resolution="both_stand", resolved_by="marta")
    tell(tmp_path / "till.db", KEY, [ended], cursor=2)
    kit.devices.link.desk_changed.emit()

    tone, text = page.view_model.outcome
    assert (tone, text.split(",")[0]) == ("accent", "Both count · Marta Sanz")


def test_a_decision_made_elsewhere_meanwhile_is_told(kit: Kit, tmp_path: Path) -> None:
    page = open_desk(kit, tmp_path, an("a"))
    press(page, Qt.Key.Key_1)

    ended = told("a", state="resolved", resolution="seen", resolved_by="oscar")
    tell(tmp_path / "till.db", KEY, [ended], cursor=2)
    kit.devices.link.desk_changed.emit()

    assert page.view_model.outcome[1].startswith("Decided elsewhere before: Looked at (Óscar Vega")


def test_an_item_that_was_decided_while_it_was_looked_at_is_not_decided_again(
    kit: Kit, tmp_path: Path
) -> None:
    page = open_desk(kit, tmp_path, an("a"))
    desk.resolve(kit.counter.sign_on, "a", Resolution.SEEN)

    page.view_model.resolve(0)

    assert page.view_model.said == "Somebody decided it meanwhile"


def test_a_cashier_sees_it_and_the_keys_say_who_decides(kit: Kit, tmp_path: Path) -> None:
    page = open_desk(kit, tmp_path, an("a"), operator=LUCIA)

    press(page, Qt.Key.Key_1)

    assert [key.reason for key in page.ways] == ["Marta or Óscar decides"] * 2
    assert not page.note.isEnabled()
    assert page.view_model.counts[Filter.OPEN] == 1


def test_a_note_is_written_and_shown(kit: Kit, tmp_path: Path) -> None:
    page = open_desk(kit, tmp_path, an("a"))

    press(page, Qt.Key.Key_N)
    entry = kit.navigator.panel
    assert isinstance(entry, TextEntryViewModel)
    entry.write("She calls back")
    entry.confirm()

    assert page.view_model.notes == ("She calls back",)
    assert page.view_model.said == "Note kept"


def test_an_item_is_given_to_somebody_and_is_theirs(kit: Kit, tmp_path: Path) -> None:
    page = open_desk(kit, tmp_path, an("a"))

    press(page, Qt.Key.Key_A)
    people = kit.navigator.panel
    assert isinstance(people, PeopleViewModel)
    people.choose(people.people.index(OSCAR))

    assert page.view_model.lines[0].third.endswith("Óscar")
    assert page.view_model.counts[Filter.MINE] == 0


def test_the_panel_lies_over_the_item_and_leaves_the_list_in_sight(
    kit: Kit, tmp_path: Path
) -> None:
    page = open_desk(kit, tmp_path, an("a"))
    window = kit.windows[-1]

    page.view_model.assign()

    host = window.stage.host  # type: ignore[attr-defined]
    assert host.geometry() == page.right.geometry()


def test_an_old_item_asks_for_attention(kit: Kit, tmp_path: Path) -> None:
    old = {**an("a"), "opened_at_ms": kit.clock.at_ms - 7 * HOUR_MS}
    page = open_desk(kit, tmp_path, old)

    (line,) = page.view_model.lines
    assert line.is_late
    assert line.third == "unresolved, from 7\u00a0hr\u00a0ago · nobody yet"


def test_an_empty_desk_says_what_comes_here(kit: Kit, tmp_path: Path) -> None:
    page = open_desk(kit, tmp_path)

    assert page._middle.currentWidget() is page.teach
    assert page.view_model.lines == ()


def test_esc_leads_back_to_where_one_came_from(kit: Kit, tmp_path: Path) -> None:
    page = open_desk(kit, tmp_path, an("a"))

    page.view_model.back()

    assert kit.navigator.current is Screen.SALE


@pytest.mark.parametrize("width", [1024, 1366, 1920])
def test_the_item_and_its_ways_out_fit(kit: Kit, tmp_path: Path, width: int) -> None:
    page = open_desk(kit, tmp_path, an("a"))
    kit.windows[-1].resize(width, 768)
    QApplication.processEvents()

    detail = page.right.rect()
    for key in page.ways:
        assert detail.contains(key.mapTo(page.right, key.rect().bottomRight()))
    assert page.story.height() >= page.story.heightForWidth(page.story.width())


def test_the_header_counts_what_nobody_decided(kit: Kit, tmp_path: Path) -> None:
    page = open_desk(kit, tmp_path, an("a"), an("b", 1_00))
    header = kit.windows[-1].header  # type: ignore[attr-defined]
    assert header.cell("desk").accessibleName() == "2 items to look at"

    press(page, Qt.Key.Key_1)
    assert header.cell("desk").accessibleName() == "1 items to look at"

    kit.devices.link.say(replace(kit.devices.link.status, state=LinkState.OFFLINE))
    assert header.cell("desk").accessibleName() == "1"


def test_locking_the_till_leaves_the_desk_without_a_fault(kit: Kit, tmp_path: Path) -> None:
    page = open_desk(kit, tmp_path, an("a"))

    kit.counter.work_as(None)
    page.view_model.changed.emit()

    assert not any(key.isEnabled() for key in page.ways)
