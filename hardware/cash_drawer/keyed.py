"""A drawer that no cable opens: the cashier has the key."""

from __future__ import annotations

from hardware.cash_drawer.port import DrawerState


class KeyedDrawer:
    """Stands in where a shop has no wired drawer, or none at all."""

    @property
    def opens_by_itself(self) -> bool:
        return False

    def open(self) -> None:
        """Leave it to the cashier's key."""

    def state(self) -> DrawerState:
        return DrawerState.UNKNOWN
