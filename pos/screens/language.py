"""Switches the language of the whole till while it runs."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication, QLocale, QTranslator

from pos.resources import resource_path


class Translations:
    """Puts one language at a time on the application: its texts, and how numbers are written.

    Args:
        locales: Locale per language, such as ``{"es": "es_ES", "en": "en_GB"}``.
    """

    def __init__(self, application: QCoreApplication, locales: Mapping[str, str]) -> None:
        self._application, self._locales = application, locales
        self._installed: QTranslator | None = None
        self._compiled = b""  # a translator only points at what it was given

    def use(self, language: str) -> None:
        """Speak a language; every widget is told by a LanguageChange event.

        Raises:
            KeyError: There is no locale for it.
            FileNotFoundError: Its compiled texts are missing.
        """
        locale = QLocale(self._locales[language])
        # Given a file, Qt maps it and would read on in whatever replaces it.
        compiled = resource_path("i18n", f"mostrador_{language}.qm").read_bytes()
        QLocale.setDefault(locale)
        translator = QTranslator()
        translator.load(compiled)
        if self._installed is not None:
            self._application.removeTranslator(self._installed)
        self._installed, self._compiled = translator, compiled
        self._application.installTranslator(translator)
