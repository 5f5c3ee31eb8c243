"""What the samples of the rigs stand on."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.faults.shop_floor import drop_template


@pytest.fixture(autouse=True, scope="session")
def _no_template_left() -> Iterator[None]:
    """Take the till to copy from away when all is done."""
    yield
    drop_template()
