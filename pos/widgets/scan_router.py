"""Catches scans on every screen, whatever has the focus, and lets typing through."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol, cast

import shiboken6
from PySide6.QtCore import QElapsedTimer, QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QGuiApplication, QKeyEvent, QKeySequence, QShortcut, QWindow
from PySide6.QtWidgets import QApplication, QWidget

from pos.domain.scan import ScannedCode, ScanSource

LATE_MS = 25  # a silence timer later than this was kept waiting, and so were keys


class WedgeScan(Protocol):
    """A scan that the keys made up."""

    @property
    def text(self) -> str: ...
    @property
    def aim_id(self) -> str | None: ...


class KeyDecision(Protocol):
    """What became of held keys: so many replayed, the others a scan when there is one."""

    @property
    def replayed(self) -> int: ...
    @property
    def scan(self) -> WedgeScan | None: ...
    @property
    def is_held(self) -> bool: ...


class KeyDecoder(Protocol):
    """`hardware.barcode_scanner.wedge.WedgeDecoder`, as far as this module knows it."""

    @property
    def silence_ms(self) -> int: ...
    @property
    def held(self) -> int: ...
    def goes_on(self, timestamp_ms: int) -> bool: ...
    def would_hold(self, text: str, timestamp_ms: int) -> bool: ...
    def feed(self, text: str, timestamp_ms: int) -> KeyDecision: ...
    def tick(self, timestamp_ms: int) -> KeyDecision: ...


@dataclass(slots=True)
class _HeldKey:
    """A key press kept from the window, with the releases that came after it."""

    target: QWidget | None
    events: list[QKeyEvent] = field(default_factory=list)

    @property
    def key(self) -> int:
        return self.events[0].key()


class ScanRouter(QObject):
    """The one place scans come from: wedge keys are caught here, other scanners call `offer`.

    Keys are filtered where they reach a window, before focus, shortcuts or PIN fields see
    them. Keys that turn out to be typing go to the widget that had the focus, in order,
    releases included. Input methods compose past it, as no scanner does.

    Args:
        decoder: Tells scans from typing.
        clock_ms: Time of key presses; None for the time the window system gives them, which
            stays true when the interface is busy.
    """

    scanned = Signal(ScannedCode)

    def __init__(
        self,
        decoder: KeyDecoder,
        *,
        clock_ms: Callable[[], int] | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._decoder = decoder
        self._clock_ms = clock_ms
        self._held: list[_HeldKey] = []
        self._keys_of_scans: set[int] = set()
        self._last_key_ms = 0
        self._armed = QElapsedTimer()
        self._silence = QTimer(self)
        self._silence.setSingleShot(True)
        self._silence.setTimerType(Qt.TimerType.PreciseTimer)
        self._silence.timeout.connect(self._on_silence)
        application = cast(QGuiApplication, QGuiApplication.instance())
        application.focusWindowChanged.connect(self._watch)
        self._watch(QGuiApplication.focusWindow())

    def offer(self, code: ScannedCode) -> None:
        """Announce the scan of another scanner; may be called from any thread."""
        self.scanned.emit(code)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind == QEvent.Type.KeyPress:
            return self._on_press(cast(QKeyEvent, event))
        if kind == QEvent.Type.KeyRelease:
            return self._on_release(cast(QKeyEvent, event))
        if kind == QEvent.Type.ShortcutOverride:
            return self._on_shortcut(cast(QKeyEvent, event))
        return False

    def _watch(self, window: QWindow | None) -> None:
        if window is not None:
            window.removeEventFilter(self)
            window.installEventFilter(self)

    def _on_shortcut(self, event: QKeyEvent) -> bool:
        """Keep a key of a scan from being taken for a shortcut; it comes back as a press."""
        if not self._decoder.would_hold(self._text_of(event), self._time_of(event)):
            return False
        event.accept()
        return True

    def _on_press(self, event: QKeyEvent) -> bool:
        if _is_modifier(event):
            return False
        text = self._text_of(event)
        self._last_key_ms = self._time_of(event)
        decision = self._decoder.feed(text, self._last_key_ms)
        if decision.is_held:
            self._held.append(_HeldKey(QApplication.focusWidget(), [event.clone()]))
        self._follow(decision)
        return decision.is_held

    def _on_release(self, event: QKeyEvent) -> bool:
        if any(held.key == event.key() for held in self._held):
            self._held[-1].events.append(event.clone())
            return True
        if event.key() in self._keys_of_scans:
            self._keys_of_scans.discard(event.key())
            return True
        return False

    def _follow(self, decision: KeyDecision) -> None:
        typed, self._held = self._held[: decision.replayed], self._held[decision.replayed :]
        self._drop(len(self._held) - self._decoder.held)
        self._arm()
        for held in typed:
            self._replay(held)
        if decision.scan is not None:
            scan = decision.scan
            self.scanned.emit(ScannedCode(scan.text, scan.aim_id, ScanSource.WEDGE))

    def _drop(self, count: int) -> None:
        """Forget the oldest held keys, which were a scan, and expect their releases."""
        for held in self._held[:count]:
            released = {event.key() for event in held.events[1:]}
            self._keys_of_scans |= {held.key} - released
        self._held = self._held[count:]

    def _arm(self) -> None:
        if self._held:
            self._armed.start()
            self._silence.start(self._decoder.silence_ms)
        else:
            self._silence.stop()

    def _on_silence(self) -> None:
        if self._armed.elapsed() > self._silence.interval() + LATE_MS:
            # The interface was busy: keys may wait behind this timer, or on their way here in
            # a thread that had no core either. They come first.
            self._arm()
            return
        self._follow(self._decoder.tick(self._last_key_ms + self._decoder.silence_ms))

    def _replay(self, held: _HeldKey) -> None:
        target = held.target or QApplication.activeWindow()
        if target is None or not shiboken6.isValid(target):
            return
        if _activates_shortcut(target, held.events[0]):
            return
        for event in held.events:
            if shiboken6.isValid(target):
                QApplication.sendEvent(target, event)

    def _text_of(self, event: QKeyEvent) -> str:
        """Return the character of a key, empty for one that only a person presses.

        A key held down repeats long after it was pressed. On X a scanner's second zero also
        counts as a repetition, when it comes within a millisecond of the first one's release.
        """
        repeats = event.isAutoRepeat() and not self._decoder.goes_on(self._time_of(event))
        return "" if repeats or _is_command(event) else _text_of(event)

    def _time_of(self, event: QKeyEvent) -> int:
        return self._clock_ms() if self._clock_ms else int(event.timestamp())


def _text_of(event: QKeyEvent) -> str:
    """Return the character of a key; with Ctrl the control character it stands for.

    Scanners type the separator of GS1 as Ctrl+]. Ctrl with Alt is AltGr on Windows.
    """
    text = event.text()
    if _modifiers(event) == Qt.KeyboardModifier.ControlModifier and len(text) == 1:
        return chr(ord(text.upper()) & 0x1F)
    return text


def _modifiers(event: QKeyEvent) -> Qt.KeyboardModifier:
    return event.modifiers() & (
        Qt.KeyboardModifier.ControlModifier
        | Qt.KeyboardModifier.AltModifier
        | Qt.KeyboardModifier.MetaModifier
    )


def _is_modifier(event: QKeyEvent) -> bool:
    return event.key() in (
        Qt.Key.Key_Shift,
        Qt.Key.Key_Control,
        Qt.Key.Key_Alt,
        Qt.Key.Key_AltGr,
        Qt.Key.Key_Meta,
        Qt.Key.Key_CapsLock,
    )


def _is_command(event: QKeyEvent) -> bool:
    """True for Alt or Super with a key: a person's, whatever character it makes."""
    return _modifiers(event) in (
        Qt.KeyboardModifier.AltModifier,
        Qt.KeyboardModifier.MetaModifier,
    )


def _activates_shortcut(target: QWidget, press: QKeyEvent) -> bool:
    """Do for a replayed key what Qt does before a press: offer it, then look for shortcuts."""
    override = QKeyEvent(
        QEvent.Type.ShortcutOverride, press.key(), press.modifiers(), press.text()
    )
    override.ignore()
    QApplication.sendEvent(target, override)
    if override.isAccepted():
        return False
    sequence = QKeySequence(press.keyCombination())
    for shortcut in target.window().findChildren(QShortcut):
        if shortcut.isEnabled() and shortcut.key() == sequence and _is_shown(shortcut.parent()):
            shortcut.activated.emit()
            return True
    for action in target.window().findChildren(QAction):
        if action.isEnabled() and action.shortcut() == sequence:
            action.trigger()
            return True
    return False


def _is_shown(owner: QObject | None) -> bool:
    return not isinstance(owner, QWidget) or (owner.isVisible() and owner.isEnabled())
