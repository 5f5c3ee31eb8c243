"""A product's price and stock, looked at without selling it."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from pos.domain.catalogue import Product, SearchHit
from pos.domain.promotion import Promotion
from pos.domain.scan import (
    CustomerScan,
    Gs1Scan,
    GtinScan,
    ScannedCode,
    UnknownScan,
    VariableMeasureScan,
    parse,
)
from pos.screens import wording
from pos.screens.counter import Counter
from pos.screens.navigator import Navigator
from pos.screens.ports import Sound
from pos.screens.scan_refusal import refuse_scan
from pos.screens.search.view_model import HitWords, SearchViewModel, hit_words
from pos.services import look_up

MOST_OFFERS = 3  # as many as the panel has room for beside what else is known


class PriceCheckViewModel(QObject):
    """Scan or type, and see; the ticket stays as it is."""

    changed = Signal()

    def __init__(
        self, counter: Counter, navigator: Navigator, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._counter, self._navigator = counter, navigator
        self.search = SearchViewModel(counter, navigator, self.show_product)
        self.search.setParent(self)
        self.search.changed.connect(self.changed)
        self.hit: SearchHit | None = None
        self._offers: tuple[Promotion, ...] = ()
        self.message = ""

    @property
    def words(self) -> HitWords | None:
        """The product that is looked at."""
        return hit_words(self._counter, self.hit) if self.hit else None

    @property
    def unit_price(self) -> str:
        if self.hit is None:
            return ""
        product = self.hit.product
        return wording.unit_price(product.price, product.unit)

    @property
    def facts(self) -> tuple[tuple[str, str], ...]:
        """What else is known: pairs of what and how much."""
        if self.hit is None:
            return ()
        product = self.hit.product
        pairs = [(self.tr("Promotion"), one.name) for one in self._offers[:MOST_OFFERS]]
        pairs += [
            (self.tr("Tax included"), wording.percent(product.tax_rate.basis_points)),
            (self.tr("Department"), product.department),
            (self.tr("Article number"), product.sku),
        ]
        if product.has_demonstration_price:
            pairs.append((self.tr("Price"), self.tr("for demonstration only")))
        return tuple((what, how) for what, how in pairs if how)

    def write(self, text: str) -> None:
        """Search for a product."""
        self.hit, self.message = None, ""
        self.search.write(text)

    def show_product(self, product: Product) -> None:
        """Look at a product."""
        sign_on = self._counter.sign_on
        self.hit, self.message = look_up.price_check(sign_on, product), ""
        self._offers = look_up.offers_on(sign_on, self.hit.product)
        self.changed.emit()

    def scanned(self, code: ScannedCode) -> None:
        """Look the scanned product up."""
        catalogue = self._counter.station.catalogues.current()
        read = parse(code, self._counter.station.scan_rules, is_in_catalogue=catalogue.contains)
        found: tuple[Product, ...] = ()
        match read:
            case GtinScan(gtin, _):
                found = catalogue.by_gtin(gtin)
            case Gs1Scan():
                found = catalogue.by_gtin(read.gtin)
            case VariableMeasureScan():
                found = _one(catalogue.by_sku(read.item_code))
            case UnknownScan(text) | CustomerScan(text):
                found = _one(catalogue.by_sku(text))
        if not found:
            self.hit = None
            refuse_scan(self._counter)
            self.message = self.tr("No product has the code {code}").format(code=code.text[:40])
            self.changed.emit()
            return
        self._counter.devices.sounds.play(Sound.ACCEPTED)
        self.show_product(found[0])
        if len(found) > 1:
            self.message = self.tr("%n products share this code", "", len(found))
            self.changed.emit()

    def close(self) -> None:
        """Go back to the ticket."""
        self._navigator.close(self)


def _one(product: Product | None) -> tuple[Product, ...]:
    return () if product is None else (product,)
