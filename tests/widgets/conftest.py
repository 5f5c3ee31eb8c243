"""Every widget is tested dressed, as it is shown."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from pos.theme import theme


@pytest.fixture(autouse=True)
def dressed(qapp: QApplication) -> None:
    theme.apply(qapp, "light")
