"""The ticket: its lines, its entry row, its totals."""

from __future__ import annotations

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtTest import QSignalSpy, QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pos.widgets.paint import elided, width_of
from pos.widgets.row_model import RowModel
from pos.widgets.ticket_list import TicketList, TicketRow
from pos.widgets.ticket_panel import TicketPanel
from pos.widgets.ticket_parts import EntryRow

# The offscreen platform says so of every window with a least size.
pytestmark = pytest.mark.qt_log_ignore("does not support propagateSizeHints")


def line(number: int, amount: str = "1,00") -> TicketRow:
    return TicketRow(str(number), "1", f"Artículo {number}", amount)


def shown(qtbot: QtBot) -> TicketList:
    lines = TicketList()
    qtbot.addWidget(lines)
    lines.resize(546, 452)
    lines.show()
    return lines


def test_a_scan_inserts_one_row_and_touches_no_other(qtbot: QtBot) -> None:
    lines = shown(qtbot)
    lines.set_rows([line(1), line(2)])
    resets, inserts = QSignalSpy(lines.rows.modelReset), QSignalSpy(lines.rows.rowsInserted)
    changes = QSignalSpy(lines.rows.dataChanged)

    lines.set_rows([line(1), line(2), line(3)])

    assert (resets.count(), inserts.count(), changes.count()) == (0, 1, 0)
    assert inserts.at(0)[1:] == [2, 2]


def test_a_change_of_quantity_repaints_one_row(qtbot: QtBot) -> None:
    lines = shown(qtbot)
    lines.set_rows([line(1), line(2), line(3)])
    changes = QSignalSpy(lines.rows.dataChanged)

    lines.set_rows([line(1), line(2, "2,00"), line(3)])

    assert changes.count() == 1
    assert changes.at(0)[0].row() == changes.at(0)[1].row() == 1


def test_the_same_rows_again_change_nothing(qtbot: QtBot) -> None:
    lines = shown(qtbot)
    lines.set_rows([line(1), line(2)])
    signals = (lines.rows.dataChanged, lines.rows.rowsInserted, lines.rows.rowsRemoved)
    spies = [QSignalSpy(signal) for signal in signals]

    lines.set_rows([line(1), line(2)])

    assert [spy.count() for spy in spies] == [0, 0, 0]


ROWS = st.lists(
    st.builds(line, st.integers(0, 9), st.sampled_from(["1,00", "2,00"])),
    max_size=8,
)


@given(before=ROWS, after=ROWS)
def test_whatever_was_shown_the_list_becomes_what_it_is_told(
    before: list[TicketRow], after: list[TicketRow]
) -> None:
    model = RowModel[TicketRow]()
    model.set_rows(before)

    model.set_rows(after)

    assert list(model.rows) == after


def test_arrow_keys_choose_lines_and_intro_confirms(qtbot: QtBot) -> None:
    lines = shown(qtbot)
    lines.set_rows([line(1), line(2), line(3)])
    lines.choose(0)
    activated = QSignalSpy(lines.activated_row)

    QTest.keyClick(lines, Qt.Key.Key_Down)
    QTest.keyClick(lines, Qt.Key.Key_Return)

    assert lines.chosen_row == 1
    assert activated.at(0) == [1]


def test_a_long_ticket_keeps_the_chosen_line_in_sight(qtbot: QtBot) -> None:
    lines = shown(qtbot)
    lines.set_rows([line(number) for number in range(40)])

    lines.choose(39)

    box = lines.visualRect(lines.rows.index(39))
    assert lines.viewport().rect().contains(box)


def test_a_voided_line_says_so_in_words() -> None:
    voided = TicketRow("1", "1", "Vela", "9,95", voided="ANULADA")

    assert "ANULADA" in voided.spoken()


def test_long_names_are_cut_at_the_right_and_short_ones_are_not() -> None:
    name = "Aceite de oliva virgen extra de cosecha temprana 500 ml"

    cut = elided(name, "line", 200)

    assert cut.endswith("…")
    assert name.startswith(cut[:-1].rstrip())
    assert width_of(cut, "line") <= 200
    assert elided("Vela", "line", 200) == "Vela"


def test_typing_reaches_the_entry_row_and_intro_hands_it_on(qtbot: QtBot) -> None:
    entry = EntryRow()
    qtbot.addWidget(entry)
    accepted = QSignalSpy(entry.accepted)

    QTest.keyClicks(entry, "8412x")
    QTest.keyClick(entry, Qt.Key.Key_Backspace)
    entry.press("3")
    QTest.keyClick(entry, Qt.Key.Key_Return)

    assert accepted.at(0) == ["84123"]


def test_the_next_sign_takes_a_refusal_away(qtbot: QtBot) -> None:
    entry = EntryRow()
    qtbot.addWidget(entry)
    entry.set_refused("Código desconocido")
    assert entry.accessibleName() == "Código desconocido"

    QTest.keyClicks(entry, "8")

    assert entry.text == "8"
    assert entry.accessibleName() == "8"


def test_while_an_authorisation_is_asked_for_nothing_is_typed(qtbot: QtBot) -> None:
    entry = EntryRow()
    qtbot.addWidget(entry)
    accepted = QSignalSpy(entry.accepted)
    entry.set_off("Espera a la autorización")

    QTest.keyClicks(entry, "84")
    QTest.keyClick(entry, Qt.Key.Key_Return)

    assert entry.text == ""
    assert accepted.count() == 0


def test_erasing_an_empty_row_takes_the_quantity_back(qtbot: QtBot) -> None:
    entry = EntryRow()
    qtbot.addWidget(entry)
    entry.set_quantity("3 ×")
    assert entry.accessibleName().startswith("3 ×")

    entry.erase()

    assert "3 ×" not in entry.accessibleName()


def test_a_thousand_scans_cost_no_reference_to_none(qtbot: QtBot, qapp: QApplication) -> None:
    """PySide6 6.12.0 gives one away at every void call, and aborts after some hundred scans."""
    panel = TicketPanel()
    qtbot.addWidget(panel)
    panel.resize(548, 688)
    panel.show()
    rows = [line(number) for number in range(7)]

    def scan(number: int) -> None:
        changed = TicketRow("6", str(number), "Artículo 6", f"{number},00")
        panel.lines.set_rows([*rows[:6], changed])
        panel.foot.set_figures(
            count=str(number), tax_label="IVA", tax="0", total_label="Total", total=f"{number} €"
        )
        panel.entry.set_quantity(f"{number} ×")
        qapp.processEvents()

    for number in range(50):
        scan(number)
    before = sys.getrefcount(None)
    for number in range(1000):
        scan(number)

    assert abs(sys.getrefcount(None) - before) < 500
