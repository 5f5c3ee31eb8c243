"""Composition root of the till: settings, database, drivers, services, window."""

from __future__ import annotations

import gc
import logging
import os
import signal
import sys
import time
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSize, QTimer
from PySide6.QtWidgets import QApplication

from hardware import registry
from hardware.errors import DeviceError
from pos.background import Background
from pos.devices.agent_link import AgentLink
from pos.devices.agent_process import AgentProcess
from pos.devices.hub_desk import HubDesk, line_to
from pos.devices.labels import label_desk
from pos.devices.printing import PrintDesk
from pos.devices.scanners import follow, serial_scanner, wedge_router
from pos.devices.sounds import TillSounds
from pos.devices.terminal import TerminalDesk
from pos.devices.vitals import TillVitals
from pos.domain.errors import StoreUnavailable
from pos.domain.readiness import Backup
from pos.domain.scan import ScanSource
from pos.garbage import GarbageCollector
from pos.open_till import OpenTill, open_till
from pos.pages import Pages
from pos.receipts.layouts import Layouts
from pos.receipts.stationery import Stationery
from pos.screens.counter import Counter, Devices
from pos.screens.language import Translations
from pos.screens.navigator import Navigator
from pos.screens.preferences import Preferences
from pos.screens.receipts.print_trouble import PrintWatch
from pos.screens.window import MainWindow
from pos.services import recover
from pos.settings import write_settings
from pos.store.backup import last_backup
from pos.store.data_folder import DataFolder
from pos.theme import theme
from pos.widgets.sounds import Sounds

if TYPE_CHECKING:
    from pos.devices.camera import CameraDesk

WINDOW = QSize(1366, 768)
LOG_BYTES, LOG_FILES = 2_000_000, 5
SIGNAL_POLL_MS = 200
WARM_UP_AFTER_MS = 2_000  # not while the window is on its way

_log = logging.getLogger("pos")


class Till(QObject):
    """A running till: everything that lives as long as its window."""

    def __init__(self, till: OpenTill, application: QApplication) -> None:
        super().__init__(application)
        self.till = till
        self.preferences = Preferences.of(till.settings)
        theme.apply(application, "dark" if till.settings.theme == "dark" else "light")
        self.translations = Translations(application, till.country.locales)
        self.translations.use(till.settings.language)
        self.printing = self._printing()
        self.terminal = self._terminal()
        self.link = AgentLink(till.folder.agent_socket, till.station.clock.now_ms, self)
        self.agent = AgentProcess(till.folder.root, self)
        self.hub_desk = HubDesk(line_to(till.folder, till.settings.hub), self)
        self.sounds = TillSounds(Sounds(parent=self), is_on=till.settings.sound)
        self.background = Background(self)
        self.navigator = Navigator(self)
        self.router = wedge_router(till.settings.scanner, application)
        self.camera = self._camera()
        self.vitals = self._vitals()
        self.counter = Counter(
            till.station,
            Devices(
                self.printing,
                self.terminal,
                self.sounds,
                self.link,
                self.camera,
                hub=self.hub_desk,
                vitals=self.vitals,
            ),
            till.settings,
            self.background,
            shop_name=till.shop.name,
            parent=self,
        )
        found = recover.look_around(till.station)
        self.counter.restore(found.ticket, found.last_sale)
        pages = Pages(self.counter, self.navigator, found, till.folder.receipts)
        self.window = MainWindow(
            self.counter,
            self.navigator,
            pages.factories(),
            preferences=self.preferences,
        )
        self.print_watch = PrintWatch(self.counter, self.navigator, self)
        self._bind(application)

    def start(self) -> None:
        """Show the window as it was left, then start what works beside it."""
        self.window.setWindowTitle(f"Mostrador – {self.till.station.till}")
        self._show_window()
        QTimer.singleShot(0, self._start_the_rest)

    def _show_window(self) -> None:
        room = self.window.screen().availableSize()
        fits = room.width() > WINDOW.width() and room.height() > WINDOW.height()
        if self.till.settings.full_screen or not fits:
            self.window.showFullScreen()
        else:
            self.window.resize(WINDOW)
            self.window.show()

    def stop(self) -> None:
        """End in order: what is being printed is finished, the agent closes its files."""
        if self._serial is not None:
            self._serial.stop()
        if self.camera is not None:
            self.camera.stop()
        self.terminal.finish()
        self.hub_desk.finish()
        self.vitals.finish()
        self.printing.finish()
        self.background.finish()
        self.agent.stop()
        self.till.close()

    def _start_the_rest(self) -> None:
        QTimer.singleShot(WARM_UP_AFTER_MS, self._warm_up)
        self._read_promotions()
        self.agent.start()
        self.link.start()
        self.vitals.start()
        self.counter.pickups.look()
        if self.camera is not None:
            self.camera.start()
        self._serial = serial_scanner(self.till.settings.scanner)
        if self._serial is not None:
            follow(self._serial, self.router, ScanSource.SERIAL)

    def _warm_up(self) -> None:
        """Load what prints before the first receipt needs it."""
        from hardware.receipt_printer.encoder import warm_up

        # What is there by then stays as long as the till. Python would look through its 160,000
        # objects for garbage every few minutes, and the window would stand still for 90 ms.
        self.background.run(warm_up, lambda _: gc.freeze(), _not_warmed_up)

    def _read_promotions(self) -> None:
        """Read what changed now, so that the next scan does not wait for it."""
        book = self.till.store.promotions.book
        self.background.run(book, lambda _: None, _promotions_not_read)

    def _bind(self, application: QApplication) -> None:
        self._serial = None
        self.router.scanned.connect(self.window.scanned)
        self.link.promotions_changed.connect(self._read_promotions)
        self.preferences.sound_changed.connect(self.sounds.switch)
        self.preferences.language_changed.connect(self.translations.use)
        self.preferences.theme_changed.connect(lambda name: theme.apply(application, name))
        for changed in (
            self.preferences.language_changed,
            self.preferences.theme_changed,
            self.preferences.sound_changed,
        ):
            changed.connect(self._keep_preferences)

    def _keep_preferences(self) -> None:
        from dataclasses import replace

        chosen = self.preferences
        settings = replace(
            self.till.settings,
            language=chosen.language,
            theme=chosen.theme,
            sound=chosen.sound,
        )
        try:
            write_settings(self.till.folder.settings, settings)
        except OSError as error:
            _log.warning("settings not kept: %s", error)

    def _printing(self) -> PrintDesk:
        till = self.till
        printer = self._printer = registry.build_printer(till.settings.printer)
        drawer = registry.build_drawer(till.settings.drawer, printer)
        paper = Stationery(
            till.shop,
            till.country,
            till.station.till_number,
            till.settings.language,
            printer.columns,
        )
        layouts = Layouts(paper)
        labels = label_desk(till.station, layouts, printer, till.settings.label_printer)
        return PrintDesk(till.station, layouts, printer, drawer, self, labels=labels)

    def _vitals(self) -> TillVitals:
        folder = self.till.folder
        return TillVitals(folder.root, self._printer, lambda: _last_backup(folder), self)

    def _camera(self) -> CameraDesk | None:
        if not self.till.settings.camera:
            return None
        from pos.devices.camera import CameraDesk, camera_of  # OpenCV takes its time

        camera = camera_of(self.till.settings.camera)
        return CameraDesk(camera, self.router, self) if camera else None

    def _terminal(self) -> TerminalDesk:
        settings = dict(self.till.settings.terminal)
        name = str(settings["kind"])
        return TerminalDesk(registry.build_terminal(settings), name=name, parent=self)


def _not_warmed_up(error: Exception) -> None:
    """Go on selling: the first receipt will say itself why it cannot be printed."""
    _log.warning("printing not warmed up", extra={"reason": str(error)})


def _promotions_not_read(error: Exception) -> None:
    """Let the next scan say it."""
    _log.warning("promotions not read", extra={"reason": str(error)})


def run_till(data: Path) -> int:
    """Open the till of a data folder and run it until its window closes.

    Returns:
        The exit code of the application.

    Raises:
        StoreUnavailable: The folder is taken or is not to be opened; the text says what.
        DeviceError: The settings of a device cannot be.
    """
    application = QApplication(sys.argv[:1])
    folder = DataFolder(data)
    opened = open_till(folder)
    _live_in(opened.shop.time_zone)
    _log_to(folder)
    sys.excepthook = _report_crash
    till = Till(opened, application)
    _end_on_signals(application)
    garbage = GarbageCollector(application)
    try:
        till.start()
        return application.exec()
    finally:
        till.stop()
        garbage.stop()


def _last_backup(folder: DataFolder) -> Backup | None:
    """Return the last backup; every one that counts was read back when it was taken."""
    found = last_backup(folder)
    return None if found is None else Backup(found.taken_at_ms, is_verified=True)


def _live_in(time_zone: str) -> None:
    """Show the shop's time, whatever zone the machine was installed with."""
    os.environ["TZ"] = time_zone
    time.tzset()


def _log_to(folder: DataFolder) -> None:
    file = RotatingFileHandler(
        folder.logs / "till.log", maxBytes=LOG_BYTES, backupCount=LOG_FILES, encoding="utf-8"
    )
    file.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    logging.basicConfig(level=logging.INFO, handlers=[file], force=True)


def _report_crash(
    kind: type[BaseException], error: BaseException, trace: TracebackType | None
) -> None:
    """Write a bug to the log; the ticket is on disk and the till goes on."""
    _log.critical("unexpected", exc_info=(kind, error, trace))
    sys.__excepthook__(kind, error, trace)


def _end_on_signals(application: QApplication) -> None:
    """Close the window on SIGTERM and SIGINT; Python sees them only while it runs."""
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: application.quit())
    awake = QTimer(application)
    awake.timeout.connect(lambda: None)
    awake.start(SIGNAL_POLL_MS)


__all__ = ["DeviceError", "StoreUnavailable", "Till", "run_till"]
