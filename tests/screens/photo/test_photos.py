"""Photos of what comes back: taken, thrown away, stored with the return, seen with its receipt."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from hardware.barcode_scanner.wedge import WedgeDecoder
from hardware.camera.simulator import SimulatedCamera
from pos.devices.camera import CameraDesk
from pos.domain.errors import StoreUnavailable
from pos.domain.returns import Return
from pos.domain.scan import ScanSource
from pos.screens.camera.view_model import CameraFeed, CameraState
from pos.screens.navigator import Screen
from pos.screens.photo.looking_view import LookingPanel
from pos.screens.photo.view import PhotoPanel
from pos.screens.ports import Sound
from pos.screens.receipts.view import ReceiptsPage
from pos.screens.receipts.view_model import ReceiptsViewModel
from pos.services import photos
from pos.services.hub_calls import ClaimState, PurchaseClaim
from pos.services.ports import Records
from pos.store.till_store import TillStore
from pos.store.verify import verify
from pos.widgets.scan_router import ScanRouter
from tests.builders import KEY
from tests.screens.exchange.conftest import open_till
from tests.screens.returns.conftest import Returns, open_returns, recorded
from tests.screens.shop_floor import CUP

CODE = "8436012340018"
ENTER, ESCAPE = Qt.Key.Key_Return, Qt.Key.Key_Escape


class FakeFeed(QObject):
    """A camera whose frames the test gives."""

    framed = Signal(object, object)
    state_changed = Signal(object, str)

    def __init__(self, state: CameraState = CameraState.READY) -> None:
        super().__init__()
        self.state = state
        self.is_watched = False

    def watch(self, *, on: bool) -> None:
        self.is_watched = on

    def show(self, colour: str) -> None:
        """Show goods of one colour."""
        image = QImage(640, 480, QImage.Format.Format_RGB32)
        image.fill(QColor(colour))
        self.framed.emit(image, ())


class Shop(Returns):
    """A till that takes things back, with a camera."""

    feed: FakeFeed

    @property
    def panel(self) -> PhotoPanel:
        panel = self.window.stage.host.panel
        assert isinstance(panel, PhotoPanel)
        return panel

    def use(self, camera: CameraFeed | None) -> None:
        counter = self.kit.counter
        counter.devices = replace(counter.devices, camera=camera)

    def bring_back(self) -> None:
        """Show a receipt and say all that is asked of its one line."""
        sale = self.sold(7_95)
        self.kit.clock.at_ms += 60_000
        self.open_sale(sale)
        self.press(Qt.Key.Key_Plus)
        self.type("11")

    def give_back(self) -> Return:
        self.press(Qt.Key.Key_F10)
        shown = self.model.shown
        assert shown is not None
        self.grant(shown.state.known.ledger)
        return recorded(self)

    def photograph(self, qtbot: QtBot, *colours: str) -> None:
        """Take a photo of goods of each colour."""
        for count, colour in enumerate(colours, self.model.photos_taken + 1):
            self.feed.show(colour)
            self.press(ENTER)
            qtbot.waitUntil(partial(self._has_photos, count))

    def _has_photos(self, count: int) -> bool:
        return self.model.photos_taken == count

    def kept(self, document: Return) -> list[tuple[int, bytes | None]]:
        station = self.kit.counter.station
        places = photos.of_return(station, document.return_id)
        return [(one.line, photos.picture(station, one.photo_id)) for one in places]


@pytest.fixture
def till(tmp_path: Path, qapp: QApplication) -> Iterator[Shop]:
    made = open_returns(tmp_path)
    shop = Shop(made.kit, made.model, made.page, made.window)
    shop.feed = FakeFeed()
    shop.use(shop.feed)
    yield shop
    made.kit.close()


def film() -> Iterator[Image.Image]:
    """Show goods with their code in sight."""
    symbol = zxingcpp.create_barcode(CODE, zxingcpp.BarcodeFormat.EAN13)
    bars = Image.fromarray(symbol.to_image(scale=3))
    picture = Image.new("RGB", (640, 480), "#b04020")
    picture.paste(bars, (120, 140))
    while True:
        yield picture


def receipts(till: Shop, tmp_path: Path) -> ReceiptsPage:
    """Show the receipts."""
    page = ReceiptsPage(ReceiptsViewModel(till.kit.counter, till.kit.navigator, tmp_path))
    till.kit.show(Screen.RECEIPTS, page)
    return page


def test_with_the_camera_of_the_till_goods_are_photographed_while_their_code_is_in_sight(
    till: Shop, qtbot: QtBot, qapp: QApplication
) -> None:
    router = ScanRouter(WedgeDecoder(), parent=qapp)
    router.scanned.connect(till.window.scanned)
    scans: list[ScanSource] = []
    router.scanned.connect(lambda code: scans.append(code.source))
    desk = CameraDesk(SimulatedCamera(film()), router)
    till.use(desk)
    till.bring_back()
    before = till.model.chosen
    sounds = len(till.kit.devices.sounds.played)

    till.type("f")
    panel = till.panel
    desk.start()
    try:
        qtbot.waitUntil(lambda: bool(scans) and panel.take.isEnabled(), timeout=20_000)
        QTest.mouseClick(panel.take, Qt.MouseButton.LeftButton)
        qtbot.waitUntil(lambda: not panel.pictures[0].is_empty, timeout=20_000)
    finally:
        desk.stop()
    till.press(ESCAPE)

    assert till.kit.devices.sounds.played[sounds:] == [Sound.ACCEPTED]  # of the photo alone
    assert (till.model.chosen, till.said) == (before, "")
    assert till.page.lines.unfolded.photo.word == "Photo · 1"


def test_photos_are_stored_with_the_return_and_seen_large_with_its_receipt(
    till: Shop, qtbot: QtBot, tmp_path: Path
) -> None:
    till.bring_back()
    till.type("f")
    till.photograph(qtbot, "red", "green", "blue")
    panel = till.panel
    most = panel.take.reason
    till.type("2")  # throws the green one away
    left = [not picture.is_empty for picture in panel.pictures]
    till.press(ESCAPE)
    document = till.give_back()
    page = till.page.done
    qtbot.waitUntil(lambda: bool(page.photos[1].text()))

    stored = till.kept(document)
    red, blue = (QColor(QImage.fromData(jpeg or b"").pixelColor(9, 9)) for _, jpeg in stored)
    assert most == "3 photos at most"
    assert left == [True, True, False]
    assert page.photos[1].text() == "2 photos stored"
    assert [line for line, _ in stored] == [document.lines[0].number] * 2
    assert (red.red() > 240, blue.blue() > 240) == (True, True)

    shown = receipts(till, tmp_path)
    assert shown.photos.isVisible()
    assert not shown.gift.isVisible()
    QTest.keyClick(shown, Qt.Key.Key_F)
    large = shown.window().stage.host.panel  # type: ignore[attr-defined]
    assert isinstance(large, LookingPanel)
    titles = [large.view_model.title]
    QTest.keyClick(large, Qt.Key.Key_Right)
    titles.append(large.view_model.title)
    assert titles == [f"Photo {at} of 2 · {document.number}" for at in (1, 2)]
    assert document.lines[0].name in large.about.text()
    till.kit.navigator.close()
    page_model = shown.view_model
    keys = [line.key for line in page_model.lines]
    page_model.choose(keys.index(document.originals[0].reference))
    assert page_model.sale is not None
    assert not shown.photos.isVisible()


def test_what_is_not_given_back_after_all_leaves_no_photo(till: Shop, qtbot: QtBot) -> None:
    till.open_sale(till.sold(7_95, 12_95))
    for _ in range(2):
        till.press(Qt.Key.Key_Down, Qt.Key.Key_Plus)
        till.type("11f")
        till.feed.show("red")
        till.press(ENTER, ESCAPE)  # whoever is fast loses no photo
        qtbot.waitUntil(lambda: till.kit.navigator.panel is None)
        assert till.model.photos_taken == 1
    till.press(Qt.Key.Key_Minus)
    document = till.give_back()
    till.kit.counter.background.finish()

    assert [line for line, _ in till.kept(document)] == [1]
    till.bring_back()
    assert till.page.lines.unfolded.photo.word == "Photo"


def test_photos_of_a_return_that_was_left_are_not_those_of_the_next(
    till: Shop, qtbot: QtBot
) -> None:
    till.bring_back()
    till.type("f")
    till.photograph(qtbot, "red")
    till.press(ESCAPE)

    till.bring_back()
    word = till.page.lines.unfolded.photo.word
    document = till.give_back()
    till.kit.counter.background.finish()

    assert word == "Photo"
    assert till.kept(document) == []


class FullDisk:
    """The store of the till, on a disk that takes nothing more."""

    def __init__(self, store: TillStore) -> None:
        self._store = store

    def transaction(self) -> AbstractContextManager[Records]:
        raise StoreUnavailable("the disk is full")

    def reading(self) -> AbstractContextManager[Records]:
        return self._store.reading()


def test_photos_that_cannot_be_stored_leave_the_return_as_it_is_and_it_is_said(
    till: Shop, qtbot: QtBot
) -> None:
    till.bring_back()
    till.type("f")
    till.photograph(qtbot, "red")
    till.press(ESCAPE)
    counter = till.kit.counter
    whole = counter.station
    counter.station = replace(whole, store=FullDisk(till.kit.store))
    document = till.give_back()
    page = till.page.done
    qtbot.waitUntil(lambda: bool(page.photos[1].text()))

    assert page.photos[1].text() == "The photos could not be stored: the return stands"
    counter.station = whole
    assert till.kept(document) == []
    assert document.total.minor == 7_95


def test_a_till_that_ends_between_the_return_and_its_photos_has_the_return(
    till: Shop, qtbot: QtBot, tmp_path: Path
) -> None:
    till.bring_back()
    till.type("f")
    till.photograph(qtbot, "red")
    till.press(ESCAPE)
    till.kit.counter.background.run = lambda *_job: None  # type: ignore[method-assign]
    document = till.give_back()

    till.kit.store.close()  # the process is gone, its memory with it
    again = TillStore(tmp_path / "till.db", key=KEY)
    with again.reading() as records:
        assert records.returns.get(document.return_id) == document
        assert records.photos.of_return(document.return_id) == ()
    again.close()
    assert verify(tmp_path / "till.db", key=KEY) == []


def test_photos_follow_the_goods_that_pay_for_a_ticket_into_their_return(
    tmp_path: Path, qtbot: QtBot, qapp: QApplication
) -> None:
    till = open_till(tmp_path)
    counter, feed = till.kit.counter, FakeFeed()
    counter.devices = replace(counter.devices, camera=feed)
    till.bring(till.sold(CUP))
    model = till.returns.view_model
    till.type("f")
    feed.show("red")
    till.press(ENTER)
    qtbot.waitUntil(lambda: model.photos_taken == 1)
    till.press(ESCAPE)
    shown = model.shown
    assert shown is not None

    till.press(Qt.Key.Key_F9)
    claim = PurchaseClaim(ClaimState.GRANTED, 3, ledger=shown.state.known.ledger)
    till.kit.devices.hub.answer(claim)
    counter.background.finish()
    (place,) = photos.of_return(counter.station, shown.state.return_id)
    till.scan(CUP)
    till.press(Qt.Key.Key_F10)
    _, document = till.recorded()

    assert document.return_id == shown.state.return_id
    assert place.line == document.lines[0].number
    till.kit.close()


def test_a_till_without_a_camera_says_why_there_is_no_photo(till: Shop) -> None:
    till.use(None)
    till.bring_back()
    key = till.page.lines.unfolded.photo

    till.type("f")

    assert (key.isEnabled(), key.reason) == (False, "no camera")
    assert till.kit.navigator.panel is None


def test_a_camera_that_is_away_is_said_and_frames_are_asked_for_only_while_they_are_seen(
    till: Shop,
) -> None:
    till.bring_back()
    before = till.feed.is_watched
    till.type("f")
    panel, watched = till.panel, till.feed.is_watched
    starting = panel.take.reason
    till.feed.state_changed.emit(CameraState.ABSENT, "gone")
    absent, is_taught = panel.take.reason, panel.teach.isVisible()
    till.press(ENTER)
    till.scan("4006381333931")
    refused = panel.view_model.said
    till.feed.show("red")
    is_on = panel.take.isEnabled()
    till.kit.navigator.go(Screen.SALE)

    assert (before, watched, till.feed.is_watched) == (False, True, False)
    assert (starting, absent, is_taught) == ("The camera is starting", "There is no camera", True)
    assert refused == "That code is of no use here"
    assert is_on
