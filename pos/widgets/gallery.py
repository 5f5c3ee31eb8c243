"""Every component in every state on one sheet, and the sale screen with sample data.

python -m pos.widgets.gallery --theme dark --sheet sale --size 1366x768 --out sale.png
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from typing import cast

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from pos.theme import theme
from pos.theme.tokens import ThemeName
from pos.widgets.choices import Segment
from pos.widgets.field import Field
from pos.widgets.function_keys import Act, FunctionKeys
from pos.widgets.gallery_faces import faces, search
from pos.widgets.grid import SaleFrame
from pos.widgets.header import Header, State
from pos.widgets.key import Key, Kind
from pos.widgets.keypad import Keypad
from pos.widgets.labels import Chip, CountBadge, KeyCap
from pos.widgets.notice import Notice
from pos.widgets.panel import Panel, Rule
from pos.widgets.row_list import ListRow, RowList
from pos.widgets.tab_strip import Tab, TabStrip
from pos.widgets.text import Text
from pos.widgets.ticket_list import TicketRow
from pos.widgets.ticket_panel import TicketPanel

_KINDS = (
    ("Tecla", Kind.NORMAL),
    ("Acento", Kind.ACCENT),
    ("Cobro", Kind.PAY),
    ("Abono", Kind.DANGER),
)
_STATES = ("normal", "puntero", "pulsada", "foco", "ocupada", "apagada")

TICKET = (
    TicketRow("1", "2", "Aceite de oliva virgen extra 500 ml", "15,90", detail="7,95 € / ud"),
    TicketRow(
        "2",
        "0,412",
        "Café en grano Colombia, a granel",
        "10,26",
        unit="kg",
        detail="24,90 €/kg · tara 0,008 kg",
    ),
    TicketRow(
        "3",
        "3",
        "Chocolate negro 70 % 100 g",
        "4,98",
        detail="2,49 € / ud",
        accent="3x2 −2,49 €",
    ),
    TicketRow(
        "4",
        "1",
        "Manta de lana 130 × 170 gris",
        "35,91",
        detail="39,90 €",
        accent="Descuento 10 % −3,99 € · tara visible",
    ),
    TicketRow("5", "1", "Vela de soja higuera 220 g", "14,50", detail="14,50 € / ud"),
    TicketRow(
        "6",
        "1",
        "Paños de cocina algodón, 4 uds",
        "12,95",
        detail="Del carrito web · precio igual",
    ),
    TicketRow(
        "7", "", "Vale encuesta ENC-5", "−5,00", icon="voucher", detail="Descuento del ticket"
    ),
)
ACTS = (
    Act("park", "park", "Aparcar", "F4"),
    Act("return", "return", "Devolución", "F6"),
    Act("discount", "percent", "Descuento", "F7"),
    Act("price", "tag", "Precio/stock", "F8"),
    Act("drawer", "drawer", "Abrir cajón", "F9"),
    Act("void", "trash", "Anular línea", "Supr", "danger-text"),
    Act("help", "help", "Ayuda", "F1"),
    Act("lock", "lock", "Bloquear", "F12"),
)
TABS = (
    Tab("keys", "Teclas rápidas"),
    Tab("search", "Buscar", "F2"),
    Tab("customer", "Cliente", "F3"),
    Tab("pickups", "Recogidas", "F5", 2),
)


def sample_header(state: State) -> Header:
    """Return the header as it stands in a state."""
    header = Header()
    header.set_place("Nogal Fuencarral", "Caja 2")
    header.set_cashier("Lucía Romero", "Cajera")
    header.set_clock("sáb 21 nov", "11:05" if state is State.OFFLINE else "17:42")
    link = {
        State.ONLINE: ("En línea", "hace 4 s", "", ""),
        State.DELAYED: ("Con retraso", "último dato hace 4 min", "", ""),
        State.OFFLINE: (
            "Sin conexión desde 10:42",
            "hace 23 min · 7 por enviar",
            "Se vende igual. Todo queda guardado.",
            "Se enviará solo al volver la conexión",
        ),
        State.TRAINING: (
            "Sin enlace real",
            "tienda simulada",
            "FORMACIÓN",
            "Nada de esto se vende ni se cobra",
        ),
    }[state]
    header.set_state(state, *link)
    if state in (State.ONLINE, State.DELAYED):
        header.set_pickups("2 recogidas nuevas")
    else:
        header.set_pickups("2 nuevas", "recogidas")
    return header


def _shown_as(key: Key, state: str) -> Key:
    """Put a key into a state as a hand would."""
    if state == "puntero":
        key.setAttribute(Qt.WidgetAttribute.WA_UnderMouse)
    elif state == "pulsada":
        key.setDown(True)
    elif state == "ocupada":
        key.set_busy("Guardando…")
    elif state == "apagada":
        key.set_off()
    key.setFixedHeight(64)
    return key


def _key_states() -> QWidget:
    sheet = QWidget()
    grid = QGridLayout(sheet)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setSpacing(8)
    grid.setColumnMinimumWidth(0, 84)
    for column, state in enumerate(_STATES, start=1):
        grid.addWidget(Text(state, "meta", "text-muted", align="centre"), 0, column)
        for row, (word, kind) in enumerate(_KINDS, start=1):
            key = _shown_as(Key(word, kind=kind), state)
            key.setObjectName(f"{word}-{state}")
            key.setFixedWidth(126 if state == "ocupada" else 99)
            grid.addWidget(key, row, column)
    for row, (word, _) in enumerate(_KINDS, start=1):
        grid.addWidget(Text(word, "body", "text-muted"), row, 0)
    return sheet


def _line(title: str, *widgets: QWidget) -> QHBoxLayout:
    line = QHBoxLayout()
    line.setSpacing(8)
    name = Text(title, "body", "text-muted")
    name.setFixedWidth(84)
    for widget in (name, *widgets):
        line.addWidget(widget)
    line.addStretch(1)
    return line


def _choices() -> QHBoxLayout:
    keys = [Key("Elegida"), Key("Libre"), Key("Propuesta")]
    keys[0].set_chosen(True)
    keys[2].set_proposed(True)
    for key, width in zip(keys, (125, 125, 143), strict=True):
        key.setFixedWidth(width)
    segment = Segment((("hand", "Entregar"), ("leave", "Dejar")))
    segment.setFixedWidth(239)
    return _line("Elegir", *keys, segment)


def _fields() -> QHBoxLayout:
    fields = [Field(name="importe"), Field(name="con foco"), Field(name="mal")]
    for field, text, width in zip(
        fields, ("12,50", "12,5", "12,555"), (190, 190, 240), strict=True
    ):
        field.set_text(text)
        field.setFixedWidth(width)
    fields[1].setObjectName("focus")
    fields[2].set_wrong("dos decimales")
    return _line("Campo", *fields)


def _rows() -> Panel:
    panel = Panel()
    rows = RowList(right_width=160, rounded="both")
    rows.set_rows(
        (
            ListRow("1", "Fila", right="normal", strong=True),
            ListRow("2", "Fila", right="bajo el puntero", strong=True),
            ListRow("3", "Fila", right="elegida", strong=True),
            ListRow(
                "4",
                "Anulada",
                right="ANULADA −9,95",
                icon="trash",
                tone="danger",
                strong=True,
                voided=True,
            ),
        )
    )
    rows.choose(2)
    panel.setFixedHeight(242)
    panel.column.addWidget(rows)
    return panel


def _chips() -> QHBoxLayout:
    line = QHBoxLayout()
    line.setSpacing(8)
    for widget in (
        Chip("Neutra"),
        Chip("Acento", tone="accent"),
        Chip("2 h", icon="clock", tone="amber"),
        Chip("8 días", icon="alert", tone="solid"),
        CountBadge(2),
        KeyCap("F10"),
    ):
        line.addWidget(widget)
    line.addStretch(1)
    return line


def components() -> QWidget:
    """Return the sheet of all components in all states."""
    window = QWidget()
    window.setObjectName("window")
    left, right = Panel(padding=16, spacing=12), QVBoxLayout()
    left.setFixedWidth(790)
    left.column.addWidget(_key_states())
    left.column.addWidget(Rule())
    left.column.addLayout(_choices())
    left.column.addLayout(_fields())
    left.column.addStretch(1)
    right.setSpacing(12)
    right.addWidget(_rows())
    right.addLayout(_chips())
    right.addWidget(Notice("Nota: la venta está guardada.", icon="shield"))
    right.addWidget(Notice("Hecho: taza 1 de 2.", tone="accent", icon="check-circle"))
    right.addWidget(Notice("Atención: queda poco papel.", tone="amber", icon="alert"))
    right.addStretch(1)
    sheet = QHBoxLayout()
    sheet.setContentsMargins(12, 12, 12, 12)
    sheet.setSpacing(12)
    sheet.addWidget(left)
    sheet.addLayout(right)
    column = QVBoxLayout(window)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    for state in State:
        column.addWidget(sample_header(state))
        column.addSpacing(2 if state is not State.TRAINING else 0)
    column.addLayout(sheet, 1)
    return window


def sale() -> QWidget:
    """Return the sale screen with sample data."""
    window = QWidget()
    window.setObjectName("window")
    ticket = TicketPanel()
    ticket.head.set_texts("Ticket", "desde las 17:38")
    ticket.head.row.addWidget(Chip("Carmen Ortega · Oro", icon="user", tone="accent"))
    ticket.lines.set_rows(TICKET)
    ticket.lines.choose(3)
    ticket.entry.set_words("Escanea o teclea un código", "varias", "3*")
    ticket.foot.set_figures(
        count="9 artículos",
        saving="Ahorro 11,48 €",
        tax_label="IVA incluido",
        tax="12,30 €",
        total_label="Total",
        total="89,50 €",
    )
    tabs = Panel()
    strip = TabStrip(TABS)
    strip.choose("customer")
    tabs.column.addWidget(strip)
    tabs.column.addStretch(1)
    keypad = Keypad()
    keypad.set_words(
        quantity="Cant.",
        erase="Borrar",
        third="Aceptar",
        third_cap="Intro",
        closing="Cobrar",
        closing_cap="F10",
    )
    keypad.closing.set_amount("89,50 €")
    frame = SaleFrame()
    frame.put("ticket", ticket)
    frame.put("tabs", tabs)
    frame.put("acts", FunctionKeys(ACTS))
    frame.put("keypad", keypad)
    column = QVBoxLayout(window)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    column.addWidget(sample_header(State.ONLINE))
    column.addWidget(frame, 1)
    return window


SHEETS: dict[str, Callable[[], QWidget]] = {
    "components": components,
    "sale": sale,
    "faces": faces,
    "search": search,
}


def main() -> int:
    """Show a sheet, or write its picture to a file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--theme", choices=("light", "dark"), default="light")
    parser.add_argument("--sheet", choices=tuple(SHEETS), default="components")
    parser.add_argument("--size", default="1366x768")
    parser.add_argument("--out", help="write a picture and stop")
    asked = parser.parse_args()
    app = QApplication(sys.argv[:1])
    theme.apply(app, cast(ThemeName, asked.theme))
    window = SHEETS[asked.sheet]()
    window.resize(*(int(side) for side in asked.size.split("x")))
    window.show()
    for focused in window.findChildren(QWidget, "Acento-foco"):
        focused.setFocus()
    app.processEvents()
    if not asked.out:
        return app.exec()
    return 0 if window.grab().save(asked.out) else 1


if __name__ == "__main__":
    sys.exit(main())
