"""What a person at the till may change about how it looks and sounds, at any moment."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from pos.settings import TillSettings


class Preferences(QObject):
    """Language, theme and sound; whoever owns the application applies and keeps them."""

    language_changed = Signal(str)
    theme_changed = Signal(str)
    sound_changed = Signal(bool)

    def __init__(
        self,
        *,
        language: str = "es",
        theme: str = "light",
        sound: bool = True,
        left_handed: bool = False,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._language, self._theme, self._sound = language, theme, sound
        self.left_handed = left_handed

    @classmethod
    def of(cls, settings: TillSettings) -> Preferences:
        """Return what the settings file says."""
        return cls(
            language=settings.language,
            theme=settings.theme,
            sound=settings.sound,
            left_handed=settings.left_handed,
        )

    @property
    def language(self) -> str:
        return self._language

    @property
    def theme(self) -> str:
        return self._theme

    @property
    def sound(self) -> bool:
        return self._sound

    def speak(self, language: str) -> None:
        """Change the language, `es` or `en`."""
        if language != self._language:
            self._language = language
            self.language_changed.emit(language)

    def dress(self, theme: str) -> None:
        """Change the theme, `light` or `dark`."""
        if theme != self._theme:
            self._theme = theme
            self.theme_changed.emit(theme)

    def sound_on(self, on: bool) -> None:
        """Switch the sounds."""
        if on != self._sound:
            self._sound = on
            self.sound_changed.emit(on)
