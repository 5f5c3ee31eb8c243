"""Goods on the counter that there is no receipt of: scanned or searched for, one by one."""

from __future__ import annotations

from PySide6.QtCore import QObject

from pos.domain.catalogue import Product
from pos.screens.counter import Counter
from pos.screens.navigator import Navigator
from pos.screens.ports import Sound
from pos.screens.returns.choosing import Choosing
from pos.screens.search.view_model import SearchViewModel
from pos.services import without_receipt
from pos.services.find_purchase import GoodsRead
from pos.services.without_receipt import NotTaken


class Unproven(Choosing):
    """What is chosen, of a purchase or of what lies on the counter without a receipt."""

    def __init__(
        self, counter: Counter, navigator: Navigator, parent: QObject | None = None
    ) -> None:
        super().__init__(counter, parent)
        self._navigator = navigator

    @property
    def is_unproven(self) -> bool:
        """True while goods without a receipt are taken back."""
        return self._state is not None and not self._state.has_receipt

    def search_goods(self) -> None:
        """Search for goods that cannot be scanned."""
        self._search("")

    def _search(self, text: str) -> None:
        if self.is_unproven and not self.is_waiting:
            self._navigator.close_all()
            self._navigator.open(
                SearchViewModel(self._counter, self._navigator, self._take, text=text)
            )

    def _begin_unproven(self, *, is_isolated: bool) -> None:
        self._put(without_receipt.begin(self._counter.station, is_isolated=is_isolated))

    def _goods(self, goods: GoodsRead) -> None:
        if not self.is_unproven:
            super()._goods(goods)
        elif self._is_busy:
            self._counter.devices.sounds.play(Sound.REFUSED)
        elif not goods.products:
            why = without_receipt.why_unknown(self._counter.station, goods)
            self._refuse_goods(why, goods.text)
        elif len(goods.products) > 1:
            self._search(goods.text)
        else:
            self._take(goods.products[0])

    @property
    def _is_busy(self) -> bool:
        """True while something else is asked, a permission for what is chosen above all."""
        panel = self._navigator.panel
        return self.is_waiting or not (panel is None or isinstance(panel, SearchViewModel))

    def _take(self, product: Product) -> None:
        """Put a piece of it to what comes back, or say why it cannot be."""
        self._navigator.close_all()
        if self._state is None or self._state.has_receipt or self.is_waiting:
            return
        # The search may have looked into an older catalogue, that of the ticket that waits.
        station = self._counter.station
        today = station.catalogues.current().by_sku(product.sku)
        if today is None:
            self._refuse_goods(NotTaken.NO_LONGER_SOLD, product.name)
            return
        added = without_receipt.add(station, self._state, today)
        if isinstance(added, NotTaken):
            self._refuse_goods(added, product.name)
            return
        self._counter.devices.sounds.play(Sound.ACCEPTED)
        self._quiet()
        self.chosen = added.line
        self._put(added.state)

    def _refuse_goods(self, why: NotTaken, name: str) -> None:
        text = {
            NotTaken.UNKNOWN: self.tr(
                "{name} is no article of this shop: it is not taken back without its receipt"
            ),
            NotTaken.NO_LONGER_SOLD: self.tr(
                "{name} is not sold any more: it comes back with its receipt only"
            ),
            NotTaken.MEASURED: self.tr(
                "{name} is sold by measure: it comes back with its receipt only"
            ),
            NotTaken.NO_PRICE: self.tr(
                "{name} has no fixed price: it comes back with its receipt only"
            ),
            NotTaken.GIFT_CARD: self.tr("{name}: a gift card does not come back"),
            NotTaken.TOO_MANY: self.tr("{name}: no more of it goes on one return"),
        }[why]
        self._refuse(text.format(name=name))
