"""From a key of the search to the painted list of what was found, among a million products.

The keys go through the X server into the search panel of the sale screen. The time begins when
the key reaches the application and ends with the paint event of the list that answers the text
typed so far. Beside it: the bare FTS5 question for the same texts.
"""

from __future__ import annotations

import random
import time
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QLineEdit
from sqlcipher3 import dbapi2 as driver

from pos.screens.search.view_model import SearchViewModel
from pos.store.catalogue_schema import current_file
from pos.store.data_folder import DataFolder
from pos.widgets.row_list import RowList
from tests.bench import shop
from tests.bench.catalogue import SEED, figures, raw_search, timed
from tests.bench.measures import Context
from tests.bench.report import Row, spread, times
from tests.bench.ui_display import Hands, display
from tests.bench.ui_till import BenchTill, served_till, settle, wait_until, watch_paints

TYPED = ("galleta ma", "jamon ser", "leche ent", "a", "to", "cafe mol", "vino tin", "pan")
ENOUGH_MS = 3_000


def measure(context: Context) -> list[Row]:
    """Type product names key by key; each key waits for the list of the one before."""
    products = context.of(shop.MILLION, 20_000)
    texts = _texts(products, context.of(40, 3))
    with display(), shop.copy_of(shop.till_folder(products)) as data:
        shop.point_to(data, shop.NO_HUB)
        painted = _PaintedLists()
        watch_paints(RowList, painted)
        with served_till(data) as (bench, hands):
            found = [each for text in texts for each in _type(bench, hands, text, painted)]
        raw = figures(_raw_times(data, texts))
    return [
        _row_in_field(figures([key.in_field_ms for key in found]), raw, products, len(found)),
        _row_at_window(figures([key.at_window_ms for key in found])),
    ]


def _row_in_field(
    found: dict[str, float], raw: dict[str, float], products: int, count: int
) -> Row:
    how = (
        f"{count} keys typed by xdotool under Xvfb into the search panel: whole names and the"
        " worst beginnings; from the key in the search field to the end of the paint event of the"
        " list that answers it. Limit: the bare FTS5 question."
    )
    return Row(
        f"search, per key, to painted list, {products:,} products",
        "p99 ≤ 16.7 ms",
        spread(found),
        spread(raw),
        times(found["p99"], raw["p99"]),
        found["p99"] <= 16.7,
        (how,),
    )


def _row_at_window(found: dict[str, float]) -> Row:
    how = (
        "A key is held until it is plain that no scanner typed it: 45 ms, or not at all where the"
        " scanner is set to send a prefix."
    )
    name = "the same from the key at the window"
    return Row(name, "", spread(found), notes=(how,))


@dataclass(frozen=True, slots=True)
class _Key:
    """What one key took, from the search field and from the window it came to; in ms."""

    in_field_ms: float
    at_window_ms: float


class _Field(QObject):
    """When a key press reached the search field."""

    def __init__(self) -> None:
        super().__init__()
        self.at = 0.0

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress:
            self.at = time.perf_counter()
        return False


class _PaintedLists:
    """When the list was painted last."""

    def __init__(self) -> None:
        self.at = 0.0

    def __call__(self, _view: object, _keys: set[str]) -> None:
        self.at = time.perf_counter()


def _texts(products: int, count: int) -> list[str]:
    dice = random.Random(SEED)
    chosen = set(dice.sample(range(products), count))
    names = [
        " ".join(str(row[2]).split()[:2])
        for number, row in enumerate(shop.generated_rows(products))
        if number in chosen
    ]
    plain = str.maketrans("áéíóúñü", "aeiounu")  # keys of any keyboard
    return [*TYPED, *(name.lower().translate(plain) for name in names)]


def _type(bench: BenchTill, hands: Hands, text: str, painted: _PaintedLists) -> list[_Key]:
    hands.press("F2")
    wait_until(lambda: isinstance(bench.till.navigator.panel, SearchViewModel))
    settle(100)
    field = _Field()
    _focused(bench).installEventFilter(field)
    found = []
    for size in range(1, len(text) + 1):
        begun = _press(bench, hands, text[:size])
        model = bench.till.navigator.panel
        assert isinstance(model, SearchViewModel)
        wait_until(partial(_is_shown, model, text[:size], painted, begun), ENOUGH_MS)
        if painted.at > begun and model.shown:
            found.append(_Key((painted.at - field.at) * 1000, (painted.at - begun) * 1000))
    hands.press("Escape")
    wait_until(lambda: bench.till.navigator.panel is None)
    return found


def _focused(bench: BenchTill) -> QLineEdit:
    field = bench.window.focusWidget()
    assert isinstance(field, QLineEdit)
    return field


def _press(bench: BenchTill, hands: Hands, typed: str) -> float:
    """Press the last key of what is typed; return when it reached the application."""
    bench.keys.forget()
    hands.press("space" if typed[-1] == " " else typed[-1])
    wait_until(lambda: bool(bench.keys.all))
    return bench.keys.all[0]


def _is_shown(model: SearchViewModel, text: str, painted: _PaintedLists, begun: float) -> bool:
    """True when the list of `text` is painted; a list that stays the same is not painted."""
    if model.text != text or not model.is_settled:
        return False
    return painted.at > begun or not model.shown or time.perf_counter() - begun > 0.25


def _raw_times(data: Path, texts: Sequence[str]) -> list[float]:
    path = current_file(DataFolder(data).catalogue)
    catalogue: Any = driver.connect(f"file:{path}?mode=ro", uri=True)
    found = [
        timed(partial(raw_search, catalogue, text[:size]))
        for text in texts
        for size in range(1, len(text) + 1)
        if text[size - 1] != " "
    ]
    catalogue.close()
    return found
