"""Every widget is tested dressed, as it is shown."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from tests.dressing import dress


@pytest.fixture(autouse=True)
def dressed(qapp: QApplication) -> None:
    dress(qapp)
