"""Keys of the sale screen that lead away from the ticket and back to it as it was."""

from __future__ import annotations

from pos.screens.counter import Counter
from pos.screens.help.view_model import HelpViewModel
from pos.screens.locking import lock
from pos.screens.navigator import Navigator, Screen
from pos.screens.price_check.view_model import PriceCheckViewModel
from pos.screens.sale.drawer import ask_to_open_drawer


class Detours:
    """Returns, price check, drawer, help and lock: none of them changes the ticket."""

    def __init__(self, counter: Counter, navigator: Navigator) -> None:
        self._counter, self._navigator = counter, navigator

    def take_back(self) -> None:
        """Take something back that was bought before."""
        self._navigator.go(Screen.RETURN, back=Screen.SALE)

    def price_check(self) -> None:
        """Look a price up without selling."""
        self._navigator.close_all()
        self._navigator.open(PriceCheckViewModel(self._counter, self._navigator))

    def open_drawer(self) -> None:
        """Open the drawer without a sale, with a reason."""
        ask_to_open_drawer(self._counter, self._navigator)

    def help(self) -> None:
        """Show the keys."""
        self._navigator.close_all()
        self._navigator.open(HelpViewModel(self._navigator))

    def lock(self) -> None:
        """Lock the till; the ticket stays."""
        lock(self._counter, self._navigator)
