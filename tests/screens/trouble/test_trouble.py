"""What the screen says when the disk fails an act."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from PySide6.QtCore import Qt

from pos.domain.errors import OutcomeOfCommitUnknown, StoreUnavailable
from pos.screens.navigator import Screen
from pos.screens.ports import Sound
from pos.screens.trouble.view import TroublePanel
from pos.screens.trouble.view_model import Trouble
from pos.services.ports import Records, Store
from tests.screens.shop_floor import BLANKET, FREE, OIL, Floor


class FailingStore:
    """The real store whose next transaction fails, before or after it is durable."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.error: Exception | None = None
        self.is_recorded = False

    @contextmanager
    def transaction(self) -> Iterator[Records]:
        error, self.error = self.error, None
        if error is not None and not self.is_recorded:
            raise error
        with self._store.transaction() as records:
            yield records
        if error is not None:
            raise error

    @contextmanager
    def reading(self) -> Iterator[Records]:
        with self._store.reading() as records:
            yield records

    def fail(self, error: Exception, *, is_recorded: bool = False) -> None:
        self.error, self.is_recorded = error, is_recorded


def break_disk(floor: Floor) -> FailingStore:
    store = FailingStore(floor.kit.counter.station.store)
    counter = floor.kit.counter
    station = replace(counter.station, store=store)
    counter.station = station
    counter.work_as(replace(counter.sign_on, station=station))
    return store


def trouble_of(floor: Floor) -> Trouble:
    assert isinstance(floor.panel, TroublePanel)
    return floor.panel.view_model.trouble


def test_a_full_disk_leaves_the_ticket_as_it_was_and_says_so(floor: Floor) -> None:
    floor.scan(OIL)
    store = break_disk(floor)

    store.fail(StoreUnavailable("disk full"))
    floor.scan(BLANKET)

    assert trouble_of(floor) is Trouble.NOTHING_RECORDED
    assert [line[1] for line in floor.lines] == [OIL.name]
    assert floor.kit.devices.sounds.played[-1] is Sound.REFUSED


def test_the_panel_is_read_and_selling_goes_on(floor: Floor) -> None:
    store = break_disk(floor)
    store.fail(StoreUnavailable("disk full"))
    floor.scan(OIL)

    floor.press(Qt.Key.Key_Return)
    floor.scan(OIL)

    assert floor.panel is None
    assert [line[1] for line in floor.lines] == [OIL.name]


def test_scans_are_refused_while_the_trouble_is_on_the_screen(floor: Floor) -> None:
    store = break_disk(floor)
    store.fail(StoreUnavailable("disk full"))
    floor.scan(OIL)

    floor.scan(BLANKET)

    assert floor.lines == []
    assert isinstance(floor.panel, TroublePanel)


def test_a_line_that_was_recorded_after_all_is_shown(floor: Floor) -> None:
    floor.scan(OIL)
    store = break_disk(floor)

    store.fail(OutcomeOfCommitUnknown("no answer"), is_recorded=True)
    floor.scan(BLANKET)

    assert trouble_of(floor) is Trouble.LOOKED_UP
    assert [line[1] for line in floor.lines] == [OIL.name, BLANKET.name]


def test_a_sale_that_was_recorded_after_all_goes_to_its_change(floor: Floor) -> None:
    floor.scan(FREE)
    store = break_disk(floor)
    begun = floor.sale.ticket
    assert begun is not None
    transactions = iter((None, OutcomeOfCommitUnknown("no answer")))
    original = store.transaction

    @contextmanager
    def second_fails() -> Iterator[Records]:
        error = next(transactions, None)
        with original() as records:
            yield records
        if error is not None:
            raise error

    store.transaction = second_fails  # type: ignore[method-assign]
    floor.press(Qt.Key.Key_F10)

    assert trouble_of(floor) is Trouble.SALE_RECORDED
    assert floor.kit.counter.last_sale is not None
    floor.press(Qt.Key.Key_Return)
    assert floor.kit.navigator.current is Screen.CHANGE
