"""The language of the whole till, switched and updated while it runs."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QLocale
from PySide6.QtWidgets import QApplication

from pos.resources import resource_path
from pos.screens import language
from pos.screens.language import Translations

LOCALES = {"es": "es_ES", "en": "en_GB"}


def said() -> str:
    return QCoreApplication.translate("TotalsWords", "Charge")


@pytest.fixture(autouse=True)
def _keep_locale() -> Iterator[None]:
    before = QLocale()
    yield
    QLocale.setDefault(before)


@pytest.fixture
def translations(
    qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Translations]:
    """Translations whose compiled files lie in `tmp_path`."""
    for name in LOCALES:
        shutil.copy(resource_path("i18n", f"mostrador_{name}.qm"), tmp_path)
    monkeypatch.setattr(language, "resource_path", lambda _folder, name: tmp_path / name)
    spoken = Translations(qapp, LOCALES)
    yield spoken
    if spoken._installed is not None:
        qapp.removeTranslator(spoken._installed)


def test_the_till_speaks_the_language_that_is_chosen(translations: Translations) -> None:
    translations.use("es")
    spanish = said()
    translations.use("en")

    assert (spanish, said()) == ("Cobrar", "Charge")
    assert QLocale().name() == "en_GB"


def test_replacing_the_compiled_texts_changes_nothing_in_a_running_till(
    translations: Translations, tmp_path: Path
) -> None:
    translations.use("es")

    compiled = tmp_path / "mostrador_es.qm"
    compiled.write_bytes(bytes(compiled.stat().st_size))

    assert said() == "Cobrar"


def test_a_language_whose_texts_are_missing_leaves_the_one_in_force(
    translations: Translations, tmp_path: Path
) -> None:
    translations.use("es")
    (tmp_path / "mostrador_en.qm").unlink()

    with pytest.raises(FileNotFoundError):
        translations.use("en")

    assert said() == "Cobrar"
    assert QLocale().name() == "es_ES"
