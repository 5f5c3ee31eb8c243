"""The counter of the services' tests, with an open shift."""

from __future__ import annotations

from tests.services.conftest import at_work, shop

__all__ = ["at_work", "shop"]
