"""The gallery's sheets of key faces, sign-in and search, as the design pictures show them."""

from __future__ import annotations

from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from pos.widgets.grid import SaleFrame
from pos.widgets.key import Key, Kind
from pos.widgets.key_faces import Face
from pos.widgets.keypad import Keypad, Mode
from pos.widgets.labels import Avatar, PinDots
from pos.widgets.letters import Letters
from pos.widgets.page_bar import PageBar, SearchBar
from pos.widgets.panel import Panel
from pos.widgets.row_list import ListRow, RowList
from pos.widgets.text import Text
from pos.widgets.ticket_panel import TicketPanel

_TENDERS = (
    ("cash", "Efectivo", "", "E", ""),
    ("card", "Tarjeta", "terminal listo", "T", ""),
    ("gift", "Tarjeta regalo", "", "R", ""),
    ("wallet", "Saldo a favor", "", "S", "ya usado"),
    ("star", "Puntos", "860 son 8,60 €", "P", ""),
    ("account", "A cuenta", "", "C", "solo empresas"),
)
_STAFF = (
    ("LR", "Lucía Romero", "Cajera", "Turno abierto a las 9:58"),
    ("MS", "Marta Sanz", "Encargada", ""),
    ("ÓV", "Óscar Vega", "Gerente", ""),
)
_TILES = (
    ("p-bagkraft", "Bolsa papel", "0,15 €"),
    ("p-beans", "Café Colombia", "24,90 €/kg"),
    ("p-bread", "Pan de pueblo de masa madre", "3,20 €"),
    ("tag", "Precio libre", "Hogar 21 %"),
)
RESULTS = (
    ListRow(
        "1",
        "Taza de gres 350 ml azul",
        "Alfar Talavera · 8436012340179",
        middle="14 aquí",
        middle_second="hace 3 min",
        right="9,95 €",
        picture="p-cup",
    ),
    ListRow(
        "2",
        "Juego 2 tazas café con plato",
        "Alfar Talavera ·",
        accent="2.ª al 50 %",
        middle="1 aquí",
        middle_second="hace 2 h, compruébalo",
        middle_tone="amber",
        right="18,90 €",
        picture="image",
    ),
)


def _grid(keys: list[Key], columns: int) -> QGridLayout:
    grid = QGridLayout()
    grid.setSpacing(8)
    for index, key in enumerate(keys):
        grid.addWidget(key, *divmod(index, columns))
    for column in range(columns):
        grid.setColumnStretch(column, 1)
    return grid


def _tenders() -> list[Key]:
    keys = []
    for icon, word, second, cap, reason in _TENDERS:
        key = Key(word, icon=icon, second=second, cap=cap, face=Face.TENDER)
        if reason:
            key.set_off(reason)
        keys.append(key)
    keys[0].set_chosen(True)
    return keys


def _staff() -> list[Key]:
    keys = [
        Key(name, initials=initials, second=role, third=shift, face=Face.STAFF)
        for initials, name, role, shift in _STAFF
    ]
    keys[0].set_chosen(True)
    return keys


def _tiles() -> list[Key]:
    return [Key(word, icon=icon, second=price, face=Face.TILE) for icon, word, price in _TILES]


def _receipts() -> list[Key]:
    keys = [
        Key("Imprimir", icon="printer", cap="1", face=Face.STACK),
        Key("Ticket regalo", icon="gift", cap="4", face=Face.STACK),
        Key("Marta Sanz", initials="MS", second="Encargada", face=Face.STACK),
        Key("Siguiente", cap="Intro", style="title", kind=Kind.ACCENT, face=Face.STACK),
    ]
    keys[0].set_chosen(True)
    return keys


def _notes() -> list[Key]:
    keys = [Key("52,00 €", second="exacto", style="title"), Key("60 €", style="title")]
    for key in keys:
        key.setFixedHeight(72)
    keys[1].set_chosen(True)
    return keys


def faces() -> QWidget:
    """Return the faces of keys, below a page bar, beside the sign-in keypad."""
    window = QWidget()
    window.setObjectName("window")
    bar = PageBar("Caras de las teclas", "todas las que hay", back="Volver")
    bar.add_act(Key("Arqueo X", icon="account"))
    left, right = Panel(padding=16, spacing=12), Panel(padding=23, spacing=16)
    for keys, columns in (
        (_tenders(), 3),
        (_notes(), 2),
        (_staff(), 3),
        (_tiles(), 4),
        (_receipts(), 4),
    ):
        left.column.addLayout(_grid(keys, columns))
    left.column.addStretch(1)
    right.setFixedWidth(452)
    who = QHBoxLayout()
    who.setSpacing(16)
    names = QVBoxLayout()
    names.setSpacing(0)
    names.addWidget(Text("Lucía Romero", "title"))
    names.addWidget(Text("Teclea tu PIN", "body", "text-muted"))
    who.addWidget(Avatar("LR", 64))
    who.addLayout(names, 1)
    dots, pad = PinDots(), Keypad(Mode.SIGN_IN, closing_kind=Kind.NORMAL)
    dots.set_count(2)
    pad.set_words(erase="Borrar", closing="Entrar", closing_cap="Intro")
    pad.closing.set_off()
    pad.setFixedHeight(344)
    right.column.addLayout(who)
    right.column.addWidget(dots, 1)
    right.column.addWidget(pad)
    sheet = QHBoxLayout()
    sheet.setSpacing(12)
    sheet.addWidget(left, 1)
    sheet.addWidget(right)
    column = QVBoxLayout(window)
    column.setContentsMargins(12, 12, 12, 12)
    column.setSpacing(12)
    column.addWidget(bar)
    column.addLayout(sheet, 1)
    return window


def search() -> QWidget:
    """Return an empty ticket that teaches, a list of results and the on-screen letters."""
    ticket = TicketPanel()
    ticket.head.set_texts("Ticket", "sin empezar")
    ticket.show_lines(False)
    ticket.teach.set_words(
        "Escanea el primer artículo",
        "También vale el código de una recogida, un ticket\n"
        "para devolver o la tarjeta del cliente.",
        (("F2", "Buscar por nombre, marca o código"), ("F4", "Recuperar un ticket aparcado")),
    )
    ticket.entry.set_refused("Código desconocido: 8436012340170")
    ticket.foot.set_figures(
        count="0 artículos",
        tax_label="IVA incluido",
        tax="0,00 €",
        total_label="Total",
        total="0,00 €",
        muted=True,
    )
    results, letters = Panel(), Letters()
    bar = SearchBar()
    bar.set_words(placeholder="Buscar", close="Cerrar", filter_word="Con stock aquí")
    bar.set_text("taza")
    bar.set_count("12 de 38")
    bar.filter_key.set_chosen(True)
    rows = RowList(row_height=66, middle_width=164, rounded="bottom")
    rows.set_rows(RESULTS)
    rows.choose(0)
    results.column.addWidget(bar)
    results.column.addWidget(rows, 1)
    letters.set_words(
        space="espacio", hide="Ocultar", accept="Añadir", accept_cap="Intro", erase="Borrar"
    )
    frame = SaleFrame()
    frame.setObjectName("window")
    frame.put("ticket", ticket)
    frame.put("tabs", results)
    frame.put("lower", letters)
    return frame
