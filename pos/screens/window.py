"""The one window: header, pages made when first shown, panels, and the keys that always work."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, cast

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pos.domain.scan import ScannedCode
from pos.screens.counter import Counter
from pos.screens.header import HeaderViewModel
from pos.screens.help.view_model import HelpViewModel
from pos.screens.link.view_model import LinkViewModel
from pos.screens.locking import lock, may_lock
from pos.screens.menu.view_model import MenuViewModel
from pos.screens.navigator import Navigator, Screen
from pos.screens.panels import PANELS, PanelFactory
from pos.screens.ports import LinkState
from pos.screens.preferences import Preferences
from pos.screens.scan_refusal import refuse_scan
from pos.screens.stage import Stage
from pos.widgets.grid import NARROW, grid_for
from pos.widgets.header import Header, State

_STATE = {
    LinkState.ONLINE: State.ONLINE,
    LinkState.DELAYED: State.DELAYED,
    LinkState.OFFLINE: State.OFFLINE,
}
_WITH_KEYPAD = (Screen.SALE, Screen.PAYMENT)
# A panel over the tabs leaves the page's own keys in sight, so they work from the keyboard too.
_PAGE_KEYS = frozenset(range(Qt.Key.Key_F2, Qt.Key.Key_F11))
_SIGNS_OF_LIFE = (
    QEvent.Type.KeyPress,
    QEvent.Type.MouseButtonPress,
    QEvent.Type.TouchBegin,
)


class MainWindow(QWidget):
    """Header and stage.

    Args:
        factories: How each page is made; called once, when it is first shown. A page's view
            model is found as its attribute `view_model`.
        panels: Widget per kind of panel view model. One with `refuses_scans` gets none; its
            widget, or the page, says so with `say(text)`.
    """

    def __init__(
        self,
        counter: Counter,
        navigator: Navigator,
        factories: Mapping[Screen, Callable[[], QWidget]],
        *,
        preferences: Preferences | None = None,
        panels: Mapping[type, PanelFactory] = PANELS,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("window")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._counter, self._navigator = counter, navigator
        self._factories, self._panels = factories, panels
        self._preferences = preferences or Preferences.of(counter.settings)
        self._pages: dict[Screen, QWidget] = {}
        self._header_model = HeaderViewModel(counter, self)
        self.idle = QTimer(self)
        self.idle.setSingleShot(True)
        self.idle.setInterval(counter.settings.lock_after_minutes * 60_000)
        self._build()
        self._bind()
        self._redraw_header()
        self._show_page(navigator.current)

    def page(self, screen: Screen) -> QWidget:
        """Return the page of a screen, made on first use."""
        if screen not in self._pages:
            self._pages[screen] = self._factories[screen]()
        return self._pages[screen]

    def scanned(self, code: ScannedCode) -> None:
        """Hand a scan to the panel that takes scans, else to the page, else refuse it."""
        self._stir()
        panel = self._navigator.panel
        if getattr(panel, "refuses_scans", False):
            self._refuse(refuse_scan(self._counter))
            return
        page = self.page(self._navigator.current)
        for taker in (panel, getattr(page, "view_model", None)):
            if taker is not None and hasattr(taker, "scanned"):
                taker.scanned(code)
                return
        self._refuse(refuse_scan(self._counter))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Do what the keys that work everywhere do."""
        key = event.key()
        if key == Qt.Key.Key_Escape:
            self._navigator.close()
        elif key == Qt.Key.Key_F1:
            self._toggle(HelpViewModel, lambda: HelpViewModel(self._navigator))
        elif key == Qt.Key.Key_F11:
            self._open_menu()
        elif key == Qt.Key.Key_F12:
            lock(self._counter, self._navigator)
        elif key in _PAGE_KEYS and self._panel_leaves_the_keys():
            self.page(self._navigator.current).keyPressEvent(event)
        else:
            event.ignore()

    def _panel_leaves_the_keys(self) -> bool:
        return self._navigator.panel is not None and not self.stage.covers_keypad()

    def showEvent(self, event: QShowEvent) -> None:
        """Watch the window for signs of life from the moment it has one."""
        super().showEvent(event)
        handle = self.windowHandle()
        if handle is not None:
            handle.installEventFilter(self)
        self._stir()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Put off the locking whenever somebody touches the till."""
        if event.type() in _SIGNS_OF_LIFE:
            self._navigator.touched = event.type() != QEvent.Type.KeyPress
            self._stir()
        return False

    def resizeEvent(self, _event: QResizeEvent) -> None:
        self._redraw_header()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._redraw_header()
        super().changeEvent(event)

    def _build(self) -> None:
        self.header = Header()
        self.stage = Stage(mirrored=self._preferences.left_handed)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(self.stage, 1)

    def _bind(self) -> None:
        self._header_model.changed.connect(self._redraw_header)
        self.header.cell_clicked.connect(self._on_cell)
        self._navigator.changed.connect(self._show_page)
        self._navigator.panel_changed.connect(self._show_panel)
        self.idle.timeout.connect(self._on_idle)

    def _redraw_header(self) -> None:
        model = self._header_model
        self.header.set_place(*model.place)
        self.header.set_cashier(*model.cashier)
        narrow = grid_for(self.width()) is NARROW
        message = model.short_message if narrow else model.message
        self.header.set_state(_STATE[model.link_state], *model.link, *message)
        self.header.set_alert(bool(model.alert[0]))
        self.header.set_desk(model.short_desk if narrow or self.header.loud else model.desk)
        self.header.set_pickups(*(model.short_pickups if narrow else model.pickups))
        self.header.set_clock(*model.clock)

    def _show_page(self, screen: Screen) -> None:
        page = self.page(screen)
        entered = getattr(getattr(page, "view_model", None), "entered", None)
        if entered is not None:
            entered()
        if self._navigator.current is not screen:
            return  # the page sent the cashier on at once
        self.stage.show_page(page, has_keypad=screen in _WITH_KEYPAD)
        if self._navigator.panel is None:
            page.setFocus()

    def _show_panel(self) -> None:
        panel = self._navigator.panel
        widget = self._panels[type(panel)](cast(Any, panel)) if panel is not None else None
        self.stage.show_panel(widget)
        region_changed = getattr(widget, "region_changed", None)
        if region_changed is not None:
            region_changed.connect(self.stage.place)
        if widget is None or not getattr(widget, "takes_focus", True):
            self.page(self._navigator.current).setFocus()
        else:
            widget.setFocus()

    def _on_cell(self, cell: str) -> None:
        if cell in ("shop", "cashier"):
            self._open_menu()
        elif cell in ("desk", "pickups"):
            self._open_page(Screen.DESK if cell == "desk" else Screen.PICKUPS)
        elif cell in ("link", "message"):
            make = LinkViewModel
            self._toggle(make, lambda: make(self._counter, self._navigator))

    def _open_page(self, screen: Screen) -> None:
        if self._navigator.current is not screen and may_lock(self._counter):
            self._navigator.go(screen, back=self._navigator.current)

    def _open_menu(self) -> None:
        if self._counter.signed_on is not None:
            self._toggle(
                MenuViewModel,
                lambda: MenuViewModel(self._counter, self._navigator, self._preferences),
            )

    def _toggle(self, kind: type[QObject], make: Callable[[], QObject]) -> None:
        """Open a panel, or close it when it is the one on top."""
        if isinstance(self._navigator.panel, kind):
            self._navigator.close()
        else:
            self._navigator.open(make())

    def _refuse(self, text: str) -> None:
        """Say in the panel, or on the page, why a scan did nothing."""
        for shown in (self.stage.host.panel, self.stage.page):
            say = getattr(shown, "say", None)
            if say is not None:
                say(text)
                return

    def _stir(self) -> None:
        if self.idle.interval() > 0:
            self.idle.start()

    def _on_idle(self) -> None:
        if may_lock(self._counter):
            lock(self._counter, self._navigator)
        else:
            self._stir()
