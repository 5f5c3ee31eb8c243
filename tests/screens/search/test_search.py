"""Finding articles while the ticket stays in sight."""

from __future__ import annotations

import threading

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from pos.domain.basket import EntryMethod
from pos.screens.search.view import SearchPanel
from tests.screens.shop_floor import COFFEE, CUP, CUP_SET, OIL, SAND_CUP, Floor


def begin(floor: Floor, qtbot: QtBot, text: str) -> SearchPanel:
    floor.press(Qt.Key.Key_F2)
    floor.type(text)
    panel = floor.panel
    assert isinstance(panel, SearchPanel)
    qtbot.waitUntil(lambda: panel.view_model.is_settled)
    return panel


def names(panel: SearchPanel) -> list[str]:
    return [row.title for row in panel.list.rows.rows]


def test_the_list_follows_what_is_typed(floor: Floor, qtbot: QtBot) -> None:
    panel = begin(floor, qtbot, "taza gres")

    assert set(names(panel)) == {CUP.name, SAND_CUP.name}
    assert panel.view_model.count == "2 found"


def test_a_row_tells_code_price_stock_and_its_age(floor: Floor, qtbot: QtBot) -> None:
    panel = begin(floor, qtbot, "taza gres azul")

    row = panel.list.rows.rows[0]

    assert (row.second, row.right) == ("Alfar Talavera · 8436012340179", "€9.95")
    assert (row.middle, row.middle_tone) == ("14 here", "")
    assert row.middle_second.replace("\u00a0", " ") == "3 min ago"


def test_old_stock_is_amber_and_says_to_look(floor: Floor, qtbot: QtBot) -> None:
    panel = begin(floor, qtbot, "juego tazas")

    row = panel.list.rows.rows[0]

    assert row.title == CUP_SET.name
    assert row.middle_tone == "amber"
    assert row.middle_second.endswith("check it")


def test_intro_adds_the_chosen_article_and_the_search_stays(floor: Floor, qtbot: QtBot) -> None:
    panel = begin(floor, qtbot, "taza")
    second = names(panel)[1]

    floor.press(Qt.Key.Key_Down, Qt.Key.Key_Return)

    assert [line[1] for line in floor.lines] == [second]
    assert floor.panel is panel
    ticket = floor.kit.counter.ticket
    assert ticket is not None
    assert ticket.basket.lines[0].entry_method is EntryMethod.SEARCHED


def test_scanning_goes_on_adding_while_the_search_is_open(floor: Floor, qtbot: QtBot) -> None:
    panel = begin(floor, qtbot, "taza")

    floor.scan(OIL)

    assert [line[1] for line in floor.lines] == [OIL.name]
    assert floor.panel is panel
    assert panel.edit.text() == "taza"


def test_a_first_touch_chooses_and_a_second_adds(floor: Floor, qtbot: QtBot) -> None:
    panel = begin(floor, qtbot, "taza")
    second = QPoint(200, 66 + 30)

    QTest.mouseClick(panel.list.viewport(), Qt.MouseButton.LeftButton, pos=second)
    assert floor.lines == []
    QTest.mouseClick(panel.list.viewport(), Qt.MouseButton.LeftButton, pos=second)

    assert [line[1] for line in floor.lines] == [names(panel)[1]]


def test_the_filter_leaves_only_what_is_in_stock_here(floor: Floor, qtbot: QtBot) -> None:
    panel = begin(floor, qtbot, "taza")
    found = len(names(panel))

    panel.stock_key.click()

    assert len(names(panel)) == found - 1
    assert panel.view_model.count == f"{found - 1} of {found}"


def test_an_article_that_asks_for_its_weight_closes_the_search(floor: Floor, qtbot: QtBot) -> None:
    begin(floor, qtbot, "cafe colombia")

    floor.press(Qt.Key.Key_Return)

    assert floor.panel is None
    assert floor.entry == f"How many kg of {COFFEE.name}"


def test_letters_for_the_finger_type_into_the_field(floor: Floor, qtbot: QtBot) -> None:
    floor.kit.navigator.touched = True
    floor.sale.search()
    panel = floor.panel
    assert isinstance(panel, SearchPanel)

    for key in panel.letters.findChildren(type(panel.letters.accept)):
        if key.word == "m":
            key.click()

    assert panel.covers == "side"
    assert panel.edit.text() == "m"
    panel.letters.hide_key.click()
    assert panel.covers == "tabs"
    assert floor.window.stage.host.height() < 400


def test_an_answer_to_an_older_text_is_dropped(floor: Floor, qtbot: QtBot) -> None:
    floor.press(Qt.Key.Key_F2)
    panel = floor.panel
    assert isinstance(panel, SearchPanel)
    model = panel.view_model
    catalogue = model._catalogue
    may_answer = threading.Event()
    asked: list[str] = []

    class SlowCatalogue:
        def search(self, text: str, *, limit: int = 50) -> object:
            asked.append(text)
            may_answer.wait(10)
            return catalogue.search(text, limit=limit)

    model._catalogue = SlowCatalogue()  # type: ignore[assignment]
    shown: list[tuple[str, ...]] = []
    model.changed.connect(lambda: shown.append(tuple(names(panel))))

    floor.type("aceite")
    may_answer.set()
    qtbot.waitUntil(lambda: model.is_settled and not model._is_running)

    assert asked == ["a", "aceite"]
    assert names(panel) == [OIL.name]
    assert {rows for rows in shown if rows} <= {(OIL.name,)}


def test_an_empty_field_asks_for_a_text(floor: Floor) -> None:
    floor.press(Qt.Key.Key_F2)

    assert isinstance(floor.panel, SearchPanel)
    assert floor.panel.view_model.advice == "Type a name, a brand or a code"
